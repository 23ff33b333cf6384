#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# events.t - what the kernel reports of a run: complete, in order, equal to what the filters give on this machine, and out of a
# program's reach. The programs are those of the tour and of tests/guest.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tool=${O:-build}/portcullis

# record PROGRAM [ARG...]: its events in $tmp/e, its console in $tmp/out; the status is its own.
record() { ./qemu.sh run --icount --events "$tmp/e" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
# events TYPE [WORDS]: how many records of that type have those words.
events() { grep "\"event\":\"$1\"" "$tmp/e" | grep -cF -- "${2-}"; }

echo 1..9
record deny
[[ $? == 0 && $(events call '"call":"write","args":["0x1",') == 1 && $(events start) == 1 && $(events 'end' '"status":0') == 1 ]]
ok "a run has a start, its calls, and an end"
grep -q '"call":"write".*"answer":"ERRNO(13)","filter":1,"pc":4,"stack":\[{"filter":1,"answer":"ERRNO(13)","pc":4}\]' "$tmp/e"
ok "a refused call names its filter, the instruction, and what the stack said"
head -n 5 "$tmp/e" | grep -q '"call":"prctl".*"unfiltered":true'
ok "calls before the first filter are there, too"
cp "$tmp/e" "$tmp/first" && record deny && cmp -s "$tmp/first" "$tmp/e"
ok "the same run gives the same events"

record family
[[ $? == 0 && $(events fork) == 3 && $(events install) -ge 4 && $(events exit '"process":true') == 4 ]]
ok "forks, filters and ends of a family of four generations"

record tour
[[ $? == 0 && $(events exec) -ge 20 ]]
ok "every verdict of the tour is what the filters give"

record filter-malformed-programs-are-einval
[[ $? == 0 && $(events refused '"errno":22') -ge 5 && $(events install) == 0 ]]
ok "a filter that is refused is there with the reason"

record execve-refusals
[[ $(events call '"call":"execve"') -ge 3 && $(events call '"memory":[{"arg":0,"string":"/nonexistent"}]') == 1 ]] &&
	record kernel-pointers-are-efault-everywhere && [[ $(events call '"fault":true') -ge 2 ]]
ok "paths are read when the verdict is given; a pointer that leads nowhere is said to"

# One bit of a verdict, one lost record, and a stream that ends early.
spoil() { perl -0777 -pe "$1" "$tmp/r" >"$tmp/s" && "$tool" events -o /dev/null "$tmp/s" 2>"$tmp/err"; }
command=$(./qemu.sh run --icount --dry-run --events "$tmp/d" deny 2>/dev/null)
eval "timeout 30 ${command//$tmp\/d.records/$tmp/r}" >/dev/null 2>&1 </dev/null
"$tool" events -o /dev/null "$tmp/r" && {
	spoil 's/\x0d\x00\x05\x00\x04\x00\x00\x00/\x0c\x00\x05\x00\x04\x00\x00\x00/'
	[[ $? == 3 ]]
} && grep -q 'the filters give' "$tmp/err" && {
	spoil 'substr($_, 64, unpack("V", substr($_, 64, 4))) = ""'
	[[ $? == 3 ]]
} && {
	spoil '$_ = substr($_, 0, -8)'
	[[ $? == 1 ]]
}
ok "a verdict that is not the filters', a lost record and an early end are noticed"
