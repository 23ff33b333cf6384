# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154,SC2034
#
# events.sh - runs written by hand, as docs/events.md has them, in $tmp. Sourced by tests.

# told NAME LINE...: a run of these records, each without its number, or its task (but for a pid).
told() {
	local name=$1 seq=0 line
	shift
	for line in '"event":"start","version":1,"all":true,"results":true' "$@" '"event":"end","status":0'; do
		[[ $line == *'"pid":'* ]] || line+=',"pid":2,"tid":2,"comm":"app"'
		printf '{"seq":%d,"time":%d,%s}\n' "$seq" "$seq" "$line"
		((seq++))
	done >"$tmp/$name"
}
# call NR IP MORE [ARG...]: a call's record.
call() {
	printf '"event":"call","nr":%s,"args":["%s","%s","%s","%s","%s","%s"],"ip":"%s",%s' "$1" "${4-0x0}" "${5-0x0}" "${6-0x0}" "${7-0x0}" "${8-0x0}" "${9-0x0}" "$2" "$3"
}
# By a filter whose only instruction returns ERRNO(EPERM).
eperm='"event":"install","filter":1,"below":0,"flags":0,"program":[[6,0,0,327681]]'
refused='"answer":"ERRNO(1)","filter":1,"pc":0,"constant":true'
map='"event":"map","start":"0x10000","size":"0x1000","offset":"0x0"'

# installed FILE: the install's record of the first -f, which is FILE.
installed() {
	run convert -q --to raw -o installed.bpf "$1"
	printf '"event":"install","filter":1,"below":0,"flags":0,"option":1,"program":[%s]' \
		"$(od -An -v -w8 -tu2 "$tmp/installed.bpf" | awk '{ printf "%s[%d,%d,%d,%.0f]", (NR > 1 ? "," : ""), $1, $2 % 256, int($2 / 256), $3 + 65536 * $4 }')"
}
