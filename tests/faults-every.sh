#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults-every.sh [NAME...] - runs programs of tests/guest again and again: in the k-th run of each
# the k-th allocation of the kernel fails, for every k that the program gets to; as TAP, a line for
# each program. What must hold is in faults.sh. A program may wait for ever for what did not happen:
# after a second of its own time (60, if the program needs more when nothing fails) all are killed,
# must end, and leave nothing behind. No run of the kernel's own may be longer than 1 ms.
#
# A program has many allocations: first some 32 of them fail, as far from each other as can be; then
# those in the middle between these, and so on, until each has failed.
#
#   O=DIR      where the build is (build)
#   MOST=N     no k larger than this (65000)
#   STEP=N     no finer than each Nth k (1)
#   PART=S     stops with a program when its next pass would end after more than S seconds
#   DONE=FILE  gets a line for each pass: NAME STEP RUNS FAILED WAITED WRONG; and FILE.wrong what
#              was wrong. What stands there is not done again: a sweep that was stopped goes on

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
folder=tests/guest
export O=${O:-build} PORTCULLIS_BUILT=1
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"
# shellcheck source=tests/faults-judge.sh
. tests/faults-judge.sh
rows=4000 # of one boot
coarse=32 # runs of the first pass
counts=$(mktemp) || exit 1

# row NAME K: a line of --each.
row() {
	printf "%s --append 'leakcheck budget=1000 deadline=%u faults=at:%u' %s/tests/guest/%s => status %u\n" \
		"${options[*]}" "$deadline" "$2" "$O" "$1" "$wanted"
}

# count_allocations NAME: sets `last` to how many there are in a run in which none fails, and
# `deadline`.
count_allocations() {
	for deadline in 1 60; do
		row "$1" 65529 >"$work/list"
		./qemu.sh run --icount --tty --timeout 300 --each "$work/list" --log "$work/log" </dev/null >"$work/tap" || continue
		last=$(awk '/^faults: / { print 65529 - $2 }' "$work/log/1.log" | tr -d '\r')
		return
	done
	return 1
}

# sweep_part NAME K...: the runs of one boot.
sweep_part() {
	local name=$1 k n=0 at
	local -A statuses=() failed=()
	shift
	for k; do row "$name" "$k"; done >"$work/list"
	rm -rf "$work/log"
	./qemu.sh run --icount --tty --timeout 60 --each "$work/list" --log "$work/log" </dev/null >"$work/tap" 2>&1
	while read -r n at; do statuses[$n]=$at; done < <(awk '/^(not )?ok / { n = $1 == "ok" ? $2 : $3 }
		/^# the status is / { print n, $5 + 0 }' "$work/tap")
	while read -r n; do failed[${n%.log}]=1; done < <(cd "$work/log" && find . -name '*.log' -printf '%P\0' |
		xargs -0 -r grep -a -l '^faults: 0 ')
	n=0
	for k; do
		n=$((n + 1))
		at=${statuses[$n]-$wanted}
		((at != 124)) || echo waits
		if [[ ! -s $work/log/$n.log ]] || ! is_fine "$at" "$wanted"; then
			echo "faults=at:$k: status $at, without faults $wanted" >>"$work/wrong"
			grep -a -E 'panic|leakcheck|budget' "$work/log/$n.log" >>"$work/wrong"
			echo wrong
		fi
		[[ -z ${failed[$n]-} ]] || echo failed
	done >>"$work/counts"
}

# pass NAME STEP LAST: the allocations that are multiples of STEP, but for those that were done
# before.
pass() {
	local i ks=() k=$2 by=$2
	((before == 0)) || by=$((2 * $2))
	for (( ; k <= $3; k += by)); do ks+=("$k"); done
	: >"$work/counts"
	for ((i = 0; i < ${#ks[@]}; i += rows)); do sweep_part "$1" "${ks[@]:i:rows}"; done
	cat "$work/counts" >>"$counts"
	[[ -z ${DONE-} ]] || awk -v line="$1 $2 ${#ks[@]}" '{ n[$1]++ }
		END { print line, n["failed"] + 0, n["waits"] + 0, n["wrong"] + 0 }' "$work/counts" >>"$DONE"
}

# sweep_all NAME: pass after pass.
sweep_all() {
	local last step deadline before=0 began took=0
	[[ ! -s ${DONE-} ]] || before=$(awk -v name="$1" '$1 == name { s = $2 } END { print s + 0 }' "$DONE")
	((before != ${STEP:-1})) || return 0
	if ! count_allocations "$1"; then
		cat "$work/tap"
		return 1
	fi
	((last <= ${MOST:-65000})) || last=${MOST:-65000}
	step=$((before / 2))
	if ((before == 0)); then
		for ((step = 1; last / step >= 2 * coarse; step *= 2)); do :; done
	fi
	for (( ; step >= ${STEP:-1}; step /= 2)); do
		((SECONDS - start + 2 * took <= ${PART:-1000000})) || break
		began=$SECONDS
		pass "$1" "$step" "$last"
		took=$((SECONDS - began)) before=$step
	done
	[[ -s $work/wrong ]] || return 0
	[[ -z ${DONE-} ]] || sed "s/^/$1: /" "$work/wrong" >>"$DONE.wrong"
	cat "$work/wrong"
	return 1
}

# sweep NAME
sweep() {
	local work wanted options absent start=$SECONDS rc
	read_expectation "$1"
	if [[ " $options " == *' fail-nth '* ]]; then
		echo 'it fails allocations itself'
		return 77
	fi
	read -ra options <<<"$options"
	work=$(mktemp -d) || return 1
	sweep_all "$1"
	rc=$?
	rm -rf "$work"
	return "$rc"
}

(($#)) || mapfile -t all < <(all_names)
run_all sweep "${@:-${all[@]}}"
status=$?
awk '{ n[$1]++ } END { printf "# %d allocations failed, %d programs waited until their time was up\n", n["failed"], n["waits"] }' "$counts"
rm -f "$counts"
exit "$status"
