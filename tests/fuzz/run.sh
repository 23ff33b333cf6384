#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - `make fuzz T=seconds`: under ASan and UBSan, T seconds (60) each, libFuzzer on the verdict library (verdict.c)
# and AFL++ on the kernel's readers of ELF files, archives and device trees (readers.c; libFuzzer where AFL++ is missing).
#
# Starts from NAME.corpus, one input a line in base64; what is found stays in the build folder. Prints one line of
# figures each; status 1 and the log's path when something was found. KEEP=1 writes minimised corpora. ONLY=NAME.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
out=${O:-build}/fuzz
seconds=${T:-60}
mkdir -p "$out"
out=$(cd "$out" && pwd)
clang=$(command -v clang-14 || command -v clang) || { echo 'fuzz: needs clang-14 and libclang-rt-14-dev' >&2; exit 2; }
flags='-std=gnu11 -O1 -g -Wall -Wextra -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all
	-Iinclude -Iseccomp -Ikernel'

sources() {
	case $1 in
	verdict) echo tests/fuzz/verdict.c seccomp/*.c ;;
	readers) echo tests/fuzz/readers.c kernel/elf.c kernel/newc.c kernel/fdt.c ;;
	esac
}

found() {
	tail -n 40 "$2" >&2
	echo "fuzz: $1: found something: see $2" >&2
	exit 1
}

# prepare NAME: the fuzzer, and its corpus unpacked.
prepare() {
	local line n=0
	mkdir -p "$out/$1.d"
	# shellcheck disable=SC2046,SC2086 # lists
	"$clang" $flags $(sources "$1") -o "$out/$1"
	while IFS= read -r line; do
		n=$((n + 1))
		[[ $line == '#'* ]] || base64 -d <<<"$line" >"$out/$1.d/given$n"
	done <"tests/fuzz/$1.corpus"
}

with_libfuzzer() {
	local log=$out/$1.log
	"$out/$1" "$out/$1.d" -max_total_time="$seconds" -max_len=16384 -len_control=20 \
		-artifact_prefix="$out/" -print_final_stats=1 >"$log" 2>&1 || found "$1" "$log"
	echo "fuzz: $1: libFuzzer, $seconds s," \
		"$(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs," \
		"$(sed -n 's/.*cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1) edges, nothing found"
}

with_afl() {
	local log=$out/$1.log state=$out/$1.afl
	# shellcheck disable=SC2046,SC2086
	AFL_CC=$clang AFL_QUIET=1 afl-clang-fast $flags $(sources "$1") -o "$out/$1.target" >"$log" 2>&1 || found "$1" "$log"
	rm -rf "$state"
	AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 \
		afl-fuzz -i "$out/$1.d" -o "$state" -V "$seconds" -m none -t 5000 -- "$out/$1.target" >>"$log" 2>&1 || found "$1" "$log"
	[[ -z $(find "$state/default/crashes" "$state/default/hangs" -name 'id*') ]] || found "$1" "$log"
	echo "fuzz: $1: AFL++, $seconds s," \
		"$(sed -n 's/^execs_done *: //p' "$state/default/fuzzer_stats") inputs," \
		"$(sed -n 's/^edges_found *: //p' "$state/default/fuzzer_stats") edges, nothing found"
	cp -n "$state/default/queue"/id* "$out/$1.d" # hard links of its own it has already
}

keep() {
	local f corpus=tests/fuzz/$1.corpus
	rm -rf "$out/kept" && mkdir "$out/kept"
	"$out/$1" -set_cover_merge=1 -max_len=1100 "$out/kept" "$out/$1.d" >>"$out/$1.log" 2>&1
	head -n 1 "$corpus" >"$out/new"
	for f in "$out/kept"/*; do
		base64 -w 0 "$f" && echo
	done >>"$out/new"
	mv "$out/new" "$corpus"
}

for name in ${ONLY:-verdict readers}; do
	prepare "$name"
	if [[ $name == readers ]] && command -v afl-fuzz >/dev/null; then
		with_afl "$name"
	else
		with_libfuzzer "$name"
	fi
	[[ -z ${KEEP:-} ]] || keep "$name"
done
