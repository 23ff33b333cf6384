# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# refusals.sh - what is told of runs: refusals, calls, reports. The runs are written by hand, as
# docs/events.md has them. Sourced by policy.t.

told names.ev "$map"',"path":"/tmp/x+0x4\n0 calls\u001b[31m\u009b\u202e\udc80\"\\y"' "$eperm" "$(call 40 0x10008 "$refused"),\"pid\":2,\"tid\":2,\"comm\":\"a\\n\\u202eb\""
run refusals names.ev
shown='x+0x4\n0 calls\x1b[31m\xc2\x9b\xe2\x80\xae\x80\"\\y'
grep -qxF "      at $shown+0x4" "$tmp/out"
ok "a file's name is escaped as a call's strings are"
told comm.ev '"event":"exec","path":"/bin/app"' "$eperm" "$(call 40 0x10008 "$refused"),\"pid\":2,\"tid\":2,\"comm\":\"a\\n\\u202e\\\"b\""
run refusals comm.ev
grep -qxF '      at 0x10004, in "a\n\xe2\x80\xae\"b"' "$tmp/out"
ok "... and a task's name"
if command -v dot >/dev/null; then
	told page.ev '"event":"exec","path":"/tmp/p\n\u202e"' "$map"',"path":"/tmp/x\n\u009b\u202e"' "$eperm" \
		"$(call 40 0x10008 "$refused"),\"pid\":2,\"tid\":2,\"comm\":\"a\\n\\u202eb\""
	run report page.ev -o page.html
	[[ $status == 0 ]] && grep -qF 'x\n\xc2\x9b\xe2\x80\xae+0x4' "$tmp/page.html" && grep -qF '<h1>/tmp/p\n\xe2\x80\xae</h1>' "$tmp/page.html" &&
		[[ $(grep -cF 'a\n\xe2\x80\xaeb' "$tmp/page.html") -ge 3 ]] && ! grep -qP '\xc2[\x80-\x9f]|\xe2\x80\xae' "$tmp/page.html"
	ok "... in a report, too"
fi

file m.json <<'END2'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
  { "names": ["mount"], "action": "SCMP_ACT_ERRNO", "args": [{ "index": 3, "value": 1, "op": "SCMP_CMP_NE" }] } ] }
END2
by_m=$(installed m.json) answer_m='"answer":"ERRNO(1)","filter":1,"pc":'$(($(stat -c %s "$tmp/installed.bpf") / 8 - 2))',"constant":true'
calls=()
for i in 2 3 4 5 6 7 2; do calls+=("$(call 40 0x10008 "$answer_m" 0x0 0x0 0x0 "0x$i")"); done
told loop.ev "$map"',"path":"/bin/app"' "$by_m" "${calls[@]}"
run refusals -f m.json loop.ev
[[ $status == 1 && $(grep -c '^  mount' "$tmp/out") == 4 && $(grep -c '^      at ' "$tmp/out") == 1 ]] &&
	out '^  mount\(NULL, NULL, NULL, MS_NOSUID, NULL\)  ERRNO\(EPERM\)  7 times, with various arguments$' && out '^  and with 2 other arguments$' &&
	out '^    m\.json:2 names mount for ERRNO|^      ERRNO\(EPERM\) .*m\.json:2'
ok "calls of one place that differ in their arguments are told together"
calls=()
for i in 1 2 3; do calls+=("$(call 40 0x10008 "$answer_m" 0x0 0x0 0x0 0x2),\"pid\":2,\"tid\":2,\"comm\":\"w$i\""); done
told workers.ev '"event":"exec","path":"/bin/app"' "$by_m" "${calls[@]}"
run refusals -f m.json workers.ev
[[ $(grep -c '^  mount.*  3 times$' "$tmp/out") == 1 ]] && out '^      at 0x10004, in "w1"$'
ok "... and those of tasks that differ in their names"
calls=()
for ((i = 0; i < 4000; i++)); do calls+=("$(call 40 0x10008 "$answer_m" 0x0 0x0 0x0 "0x${i}0")"); done
told many.ev "$map"',"path":"/bin/app"' "$by_m" "${calls[@]}"
(ulimit -t 10 && run refusals -f m.json many.ev; exit "$status")
[[ $? == 1 ]] && out '^  and with 3996 other arguments$'
ok "... in no time that grows with them"
calls=()
for ((i = 0; i < 50; i++)); do calls+=("$(call 40 "0x10${i}8" "$answer_m" 0x0 0x0 0x0 0x2)"); done
told places.ev "$map"',"path":"/bin/app"' "$by_m" "${calls[@]}"
run refusals -f m.json places.ev
[[ $(grep -c '^  mount' "$tmp/out") == 40 ]] && out '^  and 10 more, which `portcullis refusals --all EVENTS` tells'
ok "there are so many of them and no more"
run refusals --all -f m.json places.ev
[[ $(grep -c '^  mount' "$tmp/out") == 50 ]] && ! out ' more, '
ok "... but with --all"

# Calls that options name.
for wrong in nosuch open MOUNT '' mount,nosuch 'mount(*)'; do
	run refusals --explain="$wrong" loop.ev
	[[ $status == 2 && ! -s $tmp/out ]] || echo "explain $wrong"
	run refusals --expect="$wrong" loop.ev
	[[ $status == 2 && ! -s $tmp/out ]] || echo "expect $wrong"
done >"$tmp/wrong"
[[ ! -s $tmp/wrong ]] && run refusals --expect=all loop.ev && [[ $status == 2 ]] && run refusals --expect=open loop.ev && err 'openat' &&
	run prepare --expect=nosuch && [[ $status == 2 ]] && err 'no such call' && run prepare --expect=mount && [[ $status == 0 ]]
ok "--explain and --expect name calls, and nothing else"
told numbers.ev "$eperm" "$(call 600 0x10008 "$refused")" "$(call 40 0x10008 "$refused")"
for name in 600 syscall_600 600,mount; do
	run refusals --expect="$name" numbers.ev
	echo "$status $(grep '^not expected' "$tmp/out")"
done | diff - <(printf '%s\n' '1 not expected: mount' '1 not expected: mount' '0 ') >&2
ok "--expect takes numbers, too; what is not expected is told"

# A run under another policy than the one that is given.
file other.json <<'END2'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["mount"], "action": "SCMP_ACT_ERRNO" } ] }
END2
run refusals -f other.json loop.ev
[[ $status == 1 ]] && err '^portcullis: warning: filter 1 of the run is not other\.json: its rules are not told$' && ! out 'other\.json' && out 'mount'
ok "a policy that is not the run's tells no rules"
run refusals --proved -f other.json loop.ev
[[ $status == 1 ]] && err 'its rules are not told$' && ! out 'other\.json'
ok "... also where filters were proved before"
run refusals -f m.json loop.ev
! err warning && cp "$tmp/out" "$tmp/own"
ok "... and the run's own no warning"
run refusals --proved -f m.json loop.ev
[[ $status == 1 ]] && cmp -s "$tmp/out" "$tmp/own"
ok "... and its rules are the same without a second proof"

# What no kernel writes.
wrong() {
	told wrong.ev "${@:2}"
	run events wrong.ev -o none.ev
	[[ $status != 0 ]] && err "$1"
	ok "not a kernel's record: $1"
}
wrong 'mode strict, and its task has filters' "$eperm" "$(call 40 0x10008 '"answer":"ALLOW","strict":true')"
wrong 'not what mode strict answers' "$(call 40 0x10008 '"answer":"ALLOW","strict":true')"
wrong 'no tracer asked for that' "$eperm" "$(call 40 0x10008 '"answer":"ALLOW","suspended":true')"
wrong 'a call is refused, and no filter was run' "$(call 40 0x10008 '"answer":"ERRNO(1)","unfiltered":true')"
wrong 'a filter answers, and none was run' "$(call 40 0x10008 '"answer":"ALLOW","unfiltered":true,"filter":1,"pc":1')"
wrong '"call" is missing, or not what it should be' "$(call 40 0x10008 '"call":"brk","answer":"ALLOW","unfiltered":true')"
wrong '"nr" is missing, or not what it should be' "$(call 18446744073709551657 0x10008 '"answer":"ALLOW","unfiltered":true')"
wrong '"nr" is missing, or not what it should be' "$(call 4294967336 0x10008 '"answer":"ALLOW","unfiltered":true')"
wrong '"child_pid" is missing, or not' '"event":"fork","child_pid":4294967298,"child_tid":3,"flags":"0x11"'
told late.ev "$map"',"path":"/bin/app"' "$(call 40 0x10008 '"answer":"ALLOW","unfiltered":true')"
sed -i 's/"time":2/"time":0/' "$tmp/late.ev"
run events late.ev -o none.ev
[[ $status != 0 ]] && err 'its time is before that of the last one'
ok "nor is a time that goes back"
told fine.ev "$(call 117 0x10008 '"call":"ptrace","answer":"ALLOW","unfiltered":true' 0x4200 0x3 0x0 0x200000)" "$eperm" "$(call 40 0x10008 '"call":"mount","answer":"ALLOW","suspended":true')" \
	"$(call -1 0x10008 "$refused")"
run events fine.ev -o none.ev
[[ $status == 0 ]]
ok "what a kernel may write is"

# Whose call it was.
told family.ev '"event":"exec","path":"/bin/app"' "$eperm" '"event":"fork","child_pid":3,"child_tid":3,"flags":"0x11"' '"event":"fork","child_pid":2,"child_tid":4,"flags":"0x10000"' \
	"$(call 40 0x10008 "$refused"),\"pid\":3,\"tid\":3,\"comm\":\"app\"" "$(call 39 0x10008 "$refused"),\"pid\":2,\"tid\":4,\"comm\":\"app\"" \
	"$(call 39 0x10008 "$refused")" "$(call 9999 0x10008 "$refused")" "$(call -1 0x10008 "$refused")" "$(call 9999 0x10008 "$refused")"
run refusals family.ev
out '^      at 0x10004, by process 3$' && out '^      at 0x10004, by thread 4 of process 2 and others$'
ok "of several tasks, the one that called is told"
run refusals loop.ev
! out 'by process'
ok "... of one alone it is not"
if command -v dot >/dev/null; then
	run report family.ev -o page.html
	grep -q '>by process 3<' "$tmp/page.html" && grep -q '<b>4</b><span>different ones' "$tmp/page.html" && grep -q 'syscall_9999 <span class="quiet">2×' "$tmp/page.html"
	ok "... in a report, too; which has the numbers without a name"
fi
told one.ev "$(call 40 0x10008 '"answer":"ALLOW","unfiltered":true')"
run refusals one.ev
out '^1 call, 0 not allowed$'
ok "one call is one"
told launch.ev "$eperm,\"pid\":2,\"tid\":2,\"comm\":\"launcher\"" "$(call 221 0x10000 "$refused"),\"pid\":2,\"tid\":2,\"comm\":\"launcher\""
run refusals launch.ev
out '^      at the launcher$'
ok "the execve that starts the program is the launcher's"

# Structures of which only a part was given.
memory() { printf '%s,"memory":[{"arg":%s,"size":%s,"bytes":"%s"}]' '"answer":"ALLOW","unfiltered":true' "$1" "$2" "$3"; }
told structures.ev "$(call 435 0x8 "$(memory 0 4 00000010)" 0x100 0x4)" "$(call 437 0x8 "$(memory 2 8 4200000000000000)" -0x64 0x0 0x100 0x8 | sed 's/"-0x64"/"0xffffffffffffff9c"/')" \
	"$(call 203 0x8 "$(memory 1 0 '')" 0x3 0x100 0x0)" "$(call 92 0x8 '"answer":"ALLOW","unfiltered":true' 0x20008)" \
	"$(call 435 0x8 "$(memory 0 8 0000001000000000)" 0x100 0x8)"
run calls structures.ev
sed 's/^2 *//; s/ = .*//' "$tmp/out" | diff - <(cat <<'END2'
clone3({00 00 00 10}, 4)
openat2(AT_FDCWD, NULL, {flags=O_RDWR|O_CREAT}, 8)
connect(3, {}, 0)
personality(PER_LINUX32|UNAME26)
clone3({flags=CLONE_NEWUSER}, 8)
END2
) >&2
ok "nothing is told of a structure that was not given"
