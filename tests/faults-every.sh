#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults-every.sh [NAME...] - runs programs of tests/guest again and again: in the k-th run of each
# the k-th allocation of the kernel fails, for every k that the program gets to; as TAP, a line for
# each program. What must hold is in faults.sh. A program may wait for ever for what did not happen:
# after 60 s of its own time all are killed, must end, and leave nothing behind. No run of the
# kernel's own may be longer than 1 ms.
#
#   O=DIR      where the build is (build)
#   MOST=N     no k larger than this (65000)
#   STEP=N     only each Nth k (1), from the FIRSTth (1) on

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
folder=tests/guest
export O=${O:-build} PORTCULLIS_BUILT=1
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"
# shellcheck source=tests/faults-judge.sh
. tests/faults-judge.sh
rows=4000 # of one boot
counts=$(mktemp) || exit 1

# row NAME K: a line of --each.
row() {
	printf "%s --append 'leakcheck budget=1000 deadline=60 faults=at:%u' %s/tests/guest/%s => status %u\n" \
		"${options[*]}" "$2" "$O" "$1" "$wanted"
}

# allocations NAME: how many there are in a run in which none fails.
allocations() {
	row "$1" 65529 >"$work/list"
	./qemu.sh run --icount --timeout 60 --each "$work/list" --log "$work/log" </dev/null >"$work/tap" || return
	awk '/^faults: / { print 65529 - $2 }' "$work/log/1.log" | tr -d '\r'
}

# sweep_part NAME FIRST LAST
sweep_part() {
	local k n=0 status line rc=0
	for ((k = $2; k <= $3; k += ${STEP:-1})); do row "$1" "$k"; done >"$work/list"
	rm -rf "$work/log"
	./qemu.sh run --icount --timeout 60 --each "$work/list" --log "$work/log" </dev/null >"$work/tap" 2>&1
	for ((k = $2; k <= $3; k += ${STEP:-1})); do
		n=$((n + 1))
		status=$(sed -n "/^\(not \)\?ok $n - /,/^\(not \)\?ok $((n + 1)) /{s/^# the status is \([0-9]*\),.*/\1/p}" "$work/tap")
		: "${status:=$wanted}"
		line=$(grep -a '^faults: ' "$work/log/$n.log")
		((status != 124)) || echo waits >>"$counts"
		if [[ ! -s $work/log/$n.log ]] || ! is_fine "$status" "$wanted"; then
			echo "faults=at:$k: status $status, without faults $wanted"
			grep -a -E 'panic|leakcheck|budget' "$work/log/$n.log"
			rc=1
		fi
		[[ $line != 'faults: 0 '* ]] || echo 1 >>"$counts"
	done
	return "$rc"
}

# sweep NAME
sweep() {
	local work wanted options absent last k rc=0
	read_expectation "$1"
	if [[ " $options " == *' fail-nth '* ]]; then
		echo 'it fails allocations itself'
		return 77
	fi
	read -ra options <<<"$options"
	work=$(mktemp -d) || return 1
	last=$(allocations "$1")
	if [[ -z $last ]]; then
		cat "$work/tap"
		rm -rf "$work"
		return 1
	fi
	((last <= ${MOST:-65000})) || last=${MOST:-65000}
	for ((k = ${FIRST:-1}; k <= last; k += rows * ${STEP:-1})); do
		sweep_part "$1" "$k" $((k + rows * ${STEP:-1} - 1 < last ? k + rows * ${STEP:-1} - 1 : last)) || rc=1
	done
	rm -rf "$work"
	return "$rc"
}

(($#)) || mapfile -t all < <(all_names)
run_all sweep "${@:-${all[@]}}"
status=$?
awk '/waits/ { w++; next } { n += $1 } END { printf "# %d allocations failed, %d programs waited until their time was up\n", n, w }' "$counts"
rm -f "$counts"
exit "$status"
