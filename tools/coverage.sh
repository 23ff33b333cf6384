#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# coverage.sh - lines and branches of seccomp/ that the unit rows reach, by gcov. Called by
# `make coverage`. Prints one line per file, then the lines and branches that no row reaches. Status
# 1 when there are any in the files that decide. What makes and validates code has some: it gives up
# where there is no more room, and where a validation fails that never does.

set -eu
cd "${BASH_SOURCE[0]%/*}/.."
tools/setup.sh coverage || exit 2
dir=${O:-build}/coverage
rm -rf "$dir"
mkdir -p "$dir"
top=$PWD
export DECIDING='answers check decide gate run stack'

for f in seccomp/*.c; do
	name=${f##*/}
	gcc -std=c11 -O0 -g -ffreestanding --coverage -Iinclude -c "$top/$f" -o "$dir/${name%.c}.o"
done
for f in tests/unit/*.c; do
	name=${f##*/}
	! grep -qE "kernel/.*\.h|\"socket\.h\"" "$f" || continue # no rows of seccomp/
	gcc -std=gnu11 -O0 -g -Iinclude -Iseccomp -c "$f" -o "$dir/rows" # not covered itself: it may have the same name
	gcc "$dir/rows" "$dir"/*.o --coverage -lcmocka -o "$dir/${name%.c}.test"
	"$dir/${name%.c}.test" >"$dir/${name%.c}.log" 2>&1 || { cat "$dir/${name%.c}.log"; exit 1; }
done

cd "$dir"
gcov -b -c ./*.gcda >gcov.log 2>&1
awk '
/^File/ { file = $2; gsub(/\047/, "", file); sub(/.*\/seccomp\//, "seccomp/", file) }
/^Lines executed/ { lines = $0; sub(/.*:/, "", lines) }
/^Branches executed/ { branches = "" }
/^Taken at least once/ { branches = $0; sub(/.*:/, "", branches) }
/^Creating|^Removing/ {
	if (file ~ /^seccomp\/.*\.c$/)
		printf "%-24s lines %-18s branches %s\n", file, lines, branches
	branches = "none"
}' gcov.log | sort

# A line that never ran, or the line above a branch that was never taken.
missed=$(for f in ./*.c.gcov; do
	[[ -e $f ]] || continue
	awk -v file="${f#./}" '
	/^ *[^:]*: *[0-9]+:/ { split($0, part, ":"); number = part[2] + 0; text = $0; sub(/^[^:]*:[^:]*:/, "", text) }
	/^ *#####:/ { print file ":" number ": never run: " text }
	/^branch .*(taken 0|never executed)/ { print file ":" number ": a branch never taken: " text }' "$f"
done | sed 's/\.gcov:/:/' | sort -u)
printf '%s\n' "$missed"
cd "$top" && tools/mcdc.sh
! grep -qE "^(${DECIDING// /|})\.c:" <<<"$missed"
