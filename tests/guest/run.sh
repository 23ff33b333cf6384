#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - runs the programs of this folder on Portcullis, as TAP: one line
# for each, whose name is the claim. Judges the exit status and the serial log by
# NAME.expect (expect.sh says how).
#
#   O=DIR     where the build is (build); built first unless PORTCULLIS_BUILT is set
#   JOBS=N    how many at a time (as many as there are processors)
#
# With `budget=1000` the kernel panics when it had interrupts off for longer than a
# millisecond. The programs' clock counts instructions, so that what a program sees of time is
# the same however busy this machine is.

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
folder=tests/guest
export O=${O:-build}
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"

[[ ${PORTCULLIS_BUILT-} ]] || make -s O="$O" run guest >&2 || exit 1
export PORTCULLIS_BUILT=1

# judge NAME
judge() {
	local log status wanted options absent
	absent=$(missing "$1")
	if [[ $absent != '' ]]; then
		echo "needs ${absent//$'\n'/ }"
		return 77
	fi
	log=$(mktemp) || return 1
	read -ra options < <(wanted_options "$1")
	./qemu.sh run --icount --append budget=1000 --timeout $PATIENCE --log "$log" "${options[@]}" "$O/tests/guest/$1" </dev/null
	status=$?
	wanted=$(wanted_status "$1")
	if ((status != wanted)); then
		echo "status $status, wanted $wanted"
	elif log_fits "$1" "$log"; then
		rm -f "$log"
		return 0
	fi
	rm -f "$log"
	return 1
}

(($#)) || mapfile -t all < <(all_names)
run_all judge "${@:-${all[@]}}"
