# shellcheck shell=bash
# SPDX-License-Identifier: BSD-2-Clause
#
# progress.sh - "setup: 2 of 5, 40 %, about 30 s left": on a terminal a line that changes, else one
# each quarter. On stderr. Sourced by qemu.sh and setup.sh.

# progress_begin WHAT
progress_begin() {
	progress_what=$1 progress_from=$EPOCHSECONDS progress_quarter=0 progress_open=''
}

# progress_show READY ALL PERCENT: so many of ALL are ready, and PERCENT of the work is done.
progress_show() {
	local line left=''
	(($3 < 5)) || left=", about $(((EPOCHSECONDS - progress_from) * (100 - $3) / $3)) s left"
	line="$progress_what: $1 of $2, $3 %$left"
	if [[ -t 2 ]]; then
		printf '\r%-78s' "${line:0:78}" >&2
		progress_open=1
	elif (($3 / 25 > progress_quarter && $3 < 100)); then
		progress_quarter=$(($3 / 25))
		printf '%s\n' "$line" >&2
	fi
}

# Takes the line away.
progress_end() {
	[[ -z $progress_open ]] || printf '\r%-78s\r' '' >&2
	progress_open=''
}
