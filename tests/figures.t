#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# figures.t - what calls cost is what the table of docs/performance.md says. That is of `make
# bench`: the kernel without its checks of invariants, programs on glibc. Here they are on the C
# library of user/, and the kernel is the one that all tests run on: where no check of an invariant
# is on a call's way, it costs the same; elsewhere up to an eighth more.
#
# needs: run tests/figures/bench tests/figures/large tests/figures/asked tests/figures/counted

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
export O=${O:-build} PORTCULLIS_BUILT=1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/said")

if [[ $(riscv64-unknown-elf-gcc -dumpversion) != 12.* ]]; then
	echo "1..0 # SKIP the figures are of the code that gcc 12 makes"
	exit 0
fi

# run_counted [OPTION]
run_counted() { ./qemu.sh run --timeout 300 --icount "$@" "$O/tests/figures/counted" </dev/null; }
# measure PROGRAM [CASE]
measure() { ./qemu.sh run --timeout 300 -m 512M --icount "$O/tests/figures/$1" "${@:2}" </dev/null >>"$tmp/got" 2>&1; }

# fit NAME ROWS EIGHTHS PATTERN: of what was measured and is in the table, the cases that match are
# so many, and cost what it says; or up to so many eighths more, where that is not 0.
fit() {
	awk -F'\t' -v rows="$2" -v eighths="$3" -v pattern="$4" '
		FILENAME ~ /performance/ {
			if (match($0, /^    [^ ].*[^ ]  +[0-9]+ +[0-9]+  (pass|MISSED)/)) {
				name = substr($0, 5); sub(/  +[0-9]+ +[0-9]+  (pass|MISSED).*/, "", name)
				count = substr($0, 5 + length(name)); want[name] = count + 0
			}
			next
		}
		$1 ~ pattern && $1 in want {
			n++
			if ($2 < want[$1] || $2 > want[$1] * (1 + eighths / 8)) { print $1 ": " $2 ", where the table has " want[$1]; bad = 1 }
		}
		END { if (n != rows) print n + 0 " of " rows " rows"; exit bad || n != rows }' docs/performance.md "$tmp/got" >"$tmp/said"
	ok "$1"
}

for case in 'getppid, no filter' 'getppid, allow-all' ERRNO '64-bit compare' 'write of 0 bytes, no filter' 'pipe round trip'; do
	measure bench "$case" || cat "$tmp/got"
done
measure large || cat "$tmp/got"
measure asked || cat "$tmp/got"

fit "a call costs the same under any number of filters with a constant answer" 7 0 '^(getppid|ERRNO|write)'
fit "arguments that are compared" 5 0 '^64-bit compare'
fit "lists of values, pairs and masks, computed answers, 64 filters" 16 0 \
	'^([0-9]+ (values|masked|numbers|pairs)|two words|three op|RET A|64 filters)'
fit "a pipe's round trip" 1 1 '^pipe'
fit "eight filters in rotation" 1 1 '^eight'
fit "listeners, tracers and handlers of SIGSYS" 12 1 '^(USER_NOTIF|TRACE|TRAP|allowed call, traced|number)'

# Calls whose answer is constant, or depends on up to six arguments and the instruction pointer.
run_counted >"$tmp/off" 2>&1
run_counted --count >"$tmp/on" 2>"$tmp/err"
evidence=("$tmp/said" "$tmp/on" "$tmp/err")
awk -F'\t' 'FNR == NR { off[$1] = $2; next } !($1 in off) || $1 ~ /each time/ { next }
	{ n++; adds = $2 - off[$1]; if (adds < 10 || adds > 60) print $1 ": " adds " more" }
	END { if (n != 14) print n + 0 " of 14 cases" }' "$tmp/off" "$tmp/on" >"$tmp/said"
[[ ! -s $tmp/said ]]
ok "counting a call adds at most 60 instructions, whichever of its words decide"
tap_end
