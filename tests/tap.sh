# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# tap.sh - TAP, for tests that are bash scripts: ok after each check, tap_end at the end. A failed
# check shows the ends of the files in `evidence`, and $status, if there is one.

tap_count=0
tap_failed=0
evidence=()

# ok NAME: judges the status of the command before it.
# shellcheck disable=SC2319
ok() {
	local good=$?
	tap_count=$((tap_count + 1))
	if ((good == 0)); then
		echo "ok $tap_count - $1"
		return
	fi
	tap_failed=1
	echo "not ok $tap_count - $1"
	[[ -z ${status-} ]] || echo "# status $status"
	((${#evidence[@]} == 0)) || tail -q -n 20 "${evidence[@]}" | cat -v | sed 's/^/# /'
}

# skip NAME REASON: a check that cannot be made here.
skip() {
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

# wait_until COMMAND...: until it succeeds; fails where it does not in five minutes.
wait_until() {
	local i
	for ((i = 0; i < 3000; i++)); do
		"$@" && return
		sleep 0.1
	done
	return 1
}

# tap_end: the plan; fails if a check failed.
tap_end() {
	echo "1..$tap_count"
	return "$tap_failed"
}
