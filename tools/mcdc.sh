#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# mcdc.sh - modified condition/decision coverage of seccomp/ by the unit rows, by clang-19. Called
# by coverage.sh. Prints one line per file, then the decisions that lack a pair. Status 1 when a
# file of DECIDING has one.

set -eu
cd "${BASH_SOURCE[0]%/*}/.."
tools/setup.sh coverage || exit 2
dir=${O:-build}/mcdc
rm -rf "$dir"
mkdir -p "$dir"
flags='-O0 -g -Iinclude -Iseccomp -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc'

objects=()
for f in seccomp/*.c; do
	objects+=("$dir/$(basename "$f" .c).o")
	# shellcheck disable=SC2086 # a list
	clang-19 -std=c11 -ffreestanding $flags -c "$f" -o "${objects[-1]}"
done
for f in tests/unit/*.c; do
	! grep -qE "kernel/.*\.h|\"socket\.h\"" "$f" || continue # no rows of seccomp/
	test=$dir/$(basename "$f" .c).test
	# shellcheck disable=SC2086
	clang-19 -std=gnu11 $flags -c "$f" -o "$dir/rows" # too: what is inline in seccomp.h is called from there
	clang-19 "$dir/rows" "${objects[@]}" -fprofile-instr-generate -lcmocka -o "$test"
	LLVM_PROFILE_FILE=$test.profraw "$test" >"$test.log" 2>&1 || { cat "$test.log"; exit 1; }
done

llvm-profdata-19 merge -o "$dir/all.profdata" "$dir"/*.profraw
show=("$dir"/*.test)
llvm-cov-19 export -instr-profile "$dir/all.profdata" "${show[0]}" "${show[@]/#/-object=}" >"$dir/all.json" 2>/dev/null
/usr/bin/python3 - "$dir/all.json" <<'END'
import json, os, sys
bad = 0
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    name = os.path.relpath(file["filename"])
    counts = file["summary"]["mcdc"]
    if not name.startswith("seccomp/"):
        continue
    print("%-24s MC/DC %d of %d conditions" % (name, counts["covered"], counts["count"]))
    if name[8:-2] in os.environ["DECIDING"].split():
        bad += counts["count"] - counts["covered"]
    for record in file["mcdc_records"] if counts["covered"] < counts["count"] else []:
        if not all(record[-1]):
            print("%s:%d: a condition without a pair" % (name, record[0]))
sys.exit(bad != 0)
END
