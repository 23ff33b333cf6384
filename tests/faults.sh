#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults.sh [NAME...] - runs programs of tests/guest while allocations of the kernel fail, one of
# RATE on average, as a seed chooses; as TAP, a line for each program. A program may notice and end
# otherwise than it should. But the kernel does not panic or leak; who was to be killed by a filter
# does not end well; and nobody else is killed by one.
#
#   O=DIR      where the build is (build)
#   SEEDS=N    so many runs of each program (2), each with its own seed and rate
#   FIRST=N    the first seed (1)

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
folder=tests/guest
export O=${O:-build} PORTCULLIS_BUILT=1
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"
# shellcheck source=tests/faults-judge.sh
. tests/faults-judge.sh
rates=(150 40 15 400 80 25 250 60)
counts=$(mktemp) || exit 1

# sweep NAME
sweep() {
	local log seed status wanted rate options own
	read -ra options < <(wanted_options "$1")
	if [[ " ${options[*]} " == *' fail-nth '* ]]; then
		echo 'it fails allocations itself'
		return 77
	fi
	wanted=$(wanted_status "$1")
	own=$(cksum <<<"$1") # or the same early allocation would fail in all of them
	own=${own%% *}
	log=$(mktemp) || return 1
	for ((seed = ${FIRST:-1}; seed < ${FIRST:-1} + ${SEEDS:-2}; seed++)); do
		rate=${rates[seed % ${#rates[@]}]}:$(((own + seed) % 65536))
		./qemu.sh run --tty --icount --timeout 120 --log "$log" "${options[@]}" --append leakcheck --append "faults=$rate" \
			"$O/tests/guest/$1" </dev/null
		status=$?
		# A program may wait for ever for a process of its own that is gone.
		((status != 124)) || echo waits >>"$counts"
		# What is written into a file of the archive stays in memory, and is no leak.
		((status != 252)) || ! grep -q '^faults: 0 alloc' "$log" || status=$wanted
		sed -n 's/^faults: \([0-9]*\) allocations failed.*/\1/p' "$log" >>"$counts"
		if ! is_fine "$status" "$wanted"; then
			echo "faults=$rate: status $status, without faults $wanted"
			grep -a -E 'panic|leakcheck' "$log"
			rm -f "$log"
			return 1
		fi
	done
	rm -f "$log"
}

(($#)) || mapfile -t all < <(all_names)
run_all sweep "${@:-${all[@]}}"
status=$?
awk '/waits/ { w++; next } { n += $1 } END { printf "# %d runs, %d without end, %d allocations failed\n", NR, w, n }' "$counts"
rm -f "$counts"
exit "$status"
