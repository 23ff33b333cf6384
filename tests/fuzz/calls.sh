#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# calls.sh - fuzzes the kernel's system calls, on QEMU: see calls/main.c. A seed is a boot, and the
# same each time; its number chooses memory, and whether allocations fail, too.
#
#   O=DIR      where the build is (build)
#   T=SECONDS  begins no more seeds after that (60); or
#   SEEDS=N    so many seeds
#   SEED=N     the first (1)
#   DONE=FILE  gets a line for each seed: SEED STATUS CALLS. The first seed is then the one behind
#              the last of them: a campaign that was stopped goes on
#   CALLS=N, ROUNDS=N  calls of a round, rounds of a seed (2000, 10)
#
# Prints TAP: a line for each seed that failed, one for all; the logs of those that failed stay in
# O/fuzz-calls.

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
export O=${O:-build} PORTCULLIS_BUILT=1
logs=$O/fuzz-calls
mkdir -p "$logs" || exit 1
seed=${SEED:-1} end=0
[[ -n ${SEEDS-} ]] || end=$((SECONDS + ${T:-60}))
[[ ! -s ${DONE-} ]] || seed=$(($(tail -n 1 "$DONE" | cut -d ' ' -f 1) + 1))
last=$((seed + ${SEEDS:-1000000000}))
memories=(128M 128M 64M 128M 48M 128M)
looks=("--events $logs/events" --explain --count --explain=all)
rates=(0 0 0 300 0 0 60 0 0 1000)
calls=0 seeds=0 failed=0 early=0

# options SEED TRY: for qemu.sh. With more than a millisecond between two looks at interrupts, the
# kernel panics.
options() {
	local rate=${rates[$1 % ${#rates[@]}]}
	echo -m "${memories[$1 % ${#memories[@]}]}" --append budget=1000 --append leakcheck
	((rate > 0 || $1 % 5 != 2)) || echo "${looks[$1 / 5 % ${#looks[@]}]}"
	((rate == 0)) || echo --append "faults=$rate:$((($1 + 7919 * $2) % 65536))"
}

# is_fine STATUS OPTIONS: whether a run may end so. Where allocations fail, it may die of it.
is_fine() {
	case $1 in
	0) ;;
	1 | 99 | 135 | 137 | 139 | 141) [[ $2 == *faults=* ]] ;;
	*) false ;;
	esac
}

while ((seed < last)) && { [[ -n ${SEEDS-} ]] || ((SECONDS < end)); }; do
	log=$logs/$seed.log
	# What has no memory for its start is tried again, with other allocations that fail.
	for try in {0..7}; do
		words=$(options "$seed" "$try")
		# shellcheck disable=SC2086
		./qemu.sh run --icount --timeout 300 --log "$log" $words "$O/tests/fuzz-calls" "$seed" "${CALLS:-2000}" 1 \
			"${ROUNDS:-10}" </dev/null >/dev/null 2>&1
		status=$?
		n=$(sed -n 's/^calls: \([0-9]*\).*/\1/p' "$log")
		is_fine "$status" "$words" && ((status != 0 && ${n:-0} == 0)) || break
		early=$((early + 1))
	done
	rm -f "$logs/events"
	calls=$((calls + ${n:-0})) seeds=$((seeds + 1))
	[[ -z ${DONE-} ]] || echo "$seed $status ${n:-0}" >>"$DONE"
	if is_fine "$status" "$words"; then
		rm -f "$log"
	else
		failed=$((failed + 1))
		echo "# SEED=$seed: status $status; ./qemu.sh run --icount ${words//$'\n'/ } $O/tests/fuzz-calls $seed ${CALLS:-2000} 1 ${ROUNDS:-10}"
		grep -a -E '^(wrong|round|panic|leakcheck):' "$log" | head -n 12 | sed 's/^/#   /'
	fi
	seed=$((seed + 1))
done
echo "# $seeds seeds, $calls calls, $early ended early for lack of memory"
((failed == 0)) || printf 'not '
echo "ok 1 - $seeds seeds of system calls: no panic, no hang, no leak, no call that was refused"
echo 1..1
((failed == 0))
