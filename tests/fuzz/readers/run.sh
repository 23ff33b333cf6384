#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [newc|fdt|elf...] - libFuzzer on the kernel's readers of what comes from outside, under ASan and UBSan:
# T seconds (60) on each. Starts from corpus/, well-formed inputs, whose offspring stays in the build folder.
# Prints a line for each; status 1 when something was found.

set -eu
cd "${BASH_SOURCE[0]%/*}/../../.."
out=${O:-build}/fuzz/readers
clang=$(command -v clang-14 || command -v clang) || { echo 'fuzz: needs clang-14 and libclang-rt-14-dev' >&2; exit 2; }
here=tests/fuzz/readers
status=0

(($#)) || set -- newc fdt elf
for name; do
	mkdir -p "$out/$name" "$here/corpus/$name"
	"$clang" -std=gnu11 -O1 -g -Wall -Wextra -Werror -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
		-Iinclude -Iseccomp -Ikernel "$here/$name.c" "kernel/$name.c" -o "$out/fuzz-$name"
	if ! "$out/fuzz-$name" "$out/$name" "$here/corpus/$name" -max_total_time="${T:-60}" -max_len=16384 \
		-artifact_prefix="$out/$name-" -print_final_stats=1 >"$out/$name.log" 2>&1; then
		tail -n 40 "$out/$name.log" >&2
		echo "fuzz: $name: found something: see $out/$name.log" >&2
		status=1
		continue
	fi
	units=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$name.log")
	edges=$(sed -n 's/.*cov: \([0-9]*\) .*/\1/p' "$out/$name.log" | tail -n 1)
	echo "fuzz: $name: ${T:-60} s, $units inputs, $edges edges, nothing found"
done
exit $status
