# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# tighten.sh - policies made of runs: --tighten and --base. The runs are written by hand, as
# docs/events.md has them. Sourced by policy.t.

# events NAME CALL...: a run of these calls, each `name number arg0 arg1`.
events() {
	local name=$1 seq=1 call nr a b rest='"time":0,"pid":2,"tid":2,"comm":"app"'
	shift
	{
		echo '{"seq":0,"event":"start","version":1,"all":true,"results":true,'"$rest}"
		for call; do
			read -r call nr a b <<<"$call"
			printf '{"seq":%d,"event":"call",%s,"nr":%d,"call":"%s","args":["%s","%s","0x0","0x0","0x0","0x0"],"ip":"0x1","answer":"ALLOW","unfiltered":true}\n' \
				$((seq++)) "$rest" "$nr" "$call" "$a" "$b"
		done
		echo '{"seq":'"$seq"',"event":"end","status":0,'"$rest}"
	} >"$tmp/$name"
}

file t.json <<'END'
{
  "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 1,
  "syscalls": [
    { "names": ["read", "write", "mprotect", "kill", "execve"], "action": "SCMP_ACT_ALLOW", "comment": "ours" },
    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_EQ" }] },
    { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 0, "value": 2, "op": "SCMP_CMP_EQ" }] },
    { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 },
    { "names": ["exit_group"], "action": "SCMP_ACT_LOG" }
  ]
}
END
events 1.ev 'write 64 0x1 0x10' 'write 64 0x2 0x10' 'socket 198 0x2 0x1' 'exit_group 94 0x0 0x0'
events 2.ev 'write 64 0x1 0x10' 'openat 56 0xffffffffffffff9c 0x10' 'exit_group 94 0x1 0x0'

run policy --tighten t.json --to json -o out.json 1.ev 2.ev
[[ $status == 0 && $(grep -c '"names"' "$tmp/out.json") == 5 ]] &&
	grep -q '\["write"\].*"comment": "3 calls in 2 of 2 runs; t.json:4: ours"' "$tmp/out.json" &&
	grep -q '\["socket"\].*"value": 2, .*"comment": "1 call in 1 of 2 runs; t.json:6"' "$tmp/out.json" && grep -q '"exit_group".*SCMP_ACT_LOG' "$tmp/out.json"
ok "--tighten leaves the rules that were used, with places, comments and how often"
grep -q '"clone3".*"errnoRet": 38, .*it refuses; t.json:7' "$tmp/out.json"
ok "a rule that refuses stays, used or not"
[[ $(grep -c '^not used: t.json:[0-9]*  ' "$tmp/err") == 4 ]] && grep -q '^not used: t.json:5  socket when family == AF_UNIX' "$tmp/err" && ! grep -q openat "$tmp/out.json"
ok "it tells what goes; a call that the policy refused stays refused"
grep -q '"execve".*may need it' "$tmp/out.json"
ok "the execve that starts the program stays"
run policy -q --no-exec --tighten t.json 1.ev
[[ $status == 0 ]] && ! grep -q '"execve"' "$tmp/out"
ok "but for --no-exec"
run diff --only-weaker t.json out.json
[[ $status == 0 ]]
ok "the policy is nowhere weaker"
run policy --tighten t.json --base glibc-static --args exact 1.ev
[[ $status == 0 ]] && grep -q '\["mprotect"\].*may need it; t.json:4' "$tmp/out" && ! grep -q '"read"\|"kill"' "$tmp/out" &&
	grep -q '\["socket"\].*"value": 2, "op".*"index": 1, "value": 4294967295, "valueTwo": 1, ' "$tmp/out"
ok "--base keeps what the library may call; --args narrows what was used"
run policy -q --base glibc-static 1.ev
[[ $status == 0 ]] && grep -q '"exit_group".*"comment": "1 call; with any arguments, because the base has it"' "$tmp/out"
ok "a call that was seen and is of the base says why its arguments are free"
file d.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["kill"], "action": "SCMP_ACT_ERRNO" },
  { "names": ["kill"], "action": "SCMP_ACT_ALLOW", "args": [{ "index": 1, "value": 0, "op": "SCMP_CMP_EQ" }] } ] }
END
run policy --tighten d.json 1.ev
[[ $status == 0 && $(grep -c '"kill"' "$tmp/out") == 1 ]] && grep -q '"kill".*SCMP_ACT_ERRNO' "$tmp/out"
ok "nor is a policy that lists what it refuses"
run convert -q --to raw -o t.bpf t.json
run policy --tighten t.bpf 1.ev
[[ $status == 2 ]] && grep -q 'no filter' "$tmp/err"
ok "a filter has no rules to take away"

# What lets calls run, but not as freely as what comes after it, is no rule to take away.
file log.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["read"], "action": "SCMP_ACT_ALLOW" }, { "names": ["getpid"], "action": "SCMP_ACT_LOG" },
  { "names": ["write"], "action": "SCMP_ACT_LOG" } ] }
END
run policy --tighten log.json --args exact 1.ev
[[ $status == 0 && $(grep -c SCMP_ACT_LOG "$tmp/out") == 2 ]] && grep -q '"getpid".*not used, but stricter' "$tmp/out" && ! grep -q '"read"' "$tmp/out" &&
	grep -q '"write".*SCMP_ACT_LOG", "comment": "used' "$tmp/out"
ok "what logs stays where the default allows"
file caps.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "names": ["write", "exit_group", "kill"], "action": "SCMP_ACT_ALLOW" },
  { "names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": { "caps": ["CAP_SYS_ADMIN"] } } ] }
END
run policy --tighten caps.json 1.ev
[[ $status == 0 ]] && grep -q '^2 of 3 rules are left' "$tmp/err"
ok "rules that do not stand are not counted"

# What newer libraries call in the place of what was seen.
events old.ev 'newfstatat 79 0x3 0x10' 'exit_group 94 0x0 0x0'
run policy --to json -o old.json old.ev
[[ $status == 0 ]] && grep -q '\["fstat"\].*"comment": "not seen; newer C libraries call it in the place of newfstatat"' "$tmp/old.json"
ok "a policy allows fstat where newfstatat was seen"
printf '{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "names": ["newfstatat", "fstat", "read"], "action": "SCMP_ACT_ALLOW" } ] }' >"$tmp/both.json"
run policy --tighten both.json old.ev
[[ $status == 0 ]] && grep -q '"fstat"' "$tmp/out" && ! grep -q '"read"' "$tmp/out"
ok "... nor does --tighten take it away"

# What a run need not show, and another one makes.
events long.ev 'rt_sigaction 134 0xf 0x10' 'nanosleep 101 0x10 0x0' 'clone 220 0x10f00 0x0'
run policy -o long.json long.ev
[[ $status == 0 && $(grep -c '"comment": "not seen; ' "$tmp/long.json") == 6 ]] &&
	grep -qx 'not seen, and allowed (each rule says why): exit exit_group clock_nanosleep restart_syscall rt_sigreturn' "$tmp/err" &&
	grep -q '"rt_sigreturn".*"not seen; a signal.s handler returns by it"' "$tmp/long.json" &&
	{ run check long.json; [[ $status == 0 ]]; } && grep -q '^0 errors, 0 warnings' "$tmp/out"
ok "a policy lets a program end, wait, and come back from handlers, though no run showed it"
run policy --tighten long.json old.ev
[[ $status == 0 ]] && grep -q '"exit_group"' "$tmp/out" && ! grep -qE 'rt_sigreturn|restart_syscall|"exit"' "$tmp/out"
ok "... and --tighten leaves of that what the runs need"

# C libraries try newer calls first, and take the older one after ENOSYS alone.
events new.ev 'rseq 293 0x0 0x0' 'newfstatat 79 0x3 0x10' 'clone 220 0x10f00 0x0' 'exit_group 94 0x0 0x0'
for form in json asm; do
	run policy -q --to "$form" -o "new.$form" new.ev
	run check "new.$form"
	[[ $status == 0 ]] && grep -q '^0 errors, 0 warnings' "$tmp/out" || echo "$form"
done >"$tmp/bad"
[[ ! -s $tmp/bad && $(grep -c '"errnoRet": 38' "$tmp/new.json") == 2 && $(grep -cE '(execveat|statx|clone3)' "$tmp/new.asm") == 3 ]] &&
	grep -q '"execveat".*"C libraries go on with execve after ENOSYS, and only then"' "$tmp/new.json" && ! grep -q clone3 "$tmp/new.json" &&
	{ run policy --default=log new.ev; ! grep -q ERRNO "$tmp/out"; }
ok "a policy answers ENOSYS to what C libraries try before a call that it allows"

# Calls of which a policy cannot speak, and those that were refused.
events odd.ev 'x 600 0x1 0x1' 'x 9999 0x1 0x1' 'x -1 0x1 0x1' 'write 64 0x1 0x10'
sed -i 's/"call":"x",//' "$tmp/odd.ev"
run policy odd.ev
[[ $status == 0 ]] && grep -q '^portcullis: warning: 3 calls of numbers that have no name: the policy refuses them$' "$tmp/err" && grep -q '"write"' "$tmp/out" &&
	! grep -q 'syscall_' "$tmp/out"
ok "calls without a name are no reason for no policy, but for a warning"
told refused.ev "$eperm" "$(call 40 0x10008 "$refused")" "$(call 39 0x10008 "$refused")" "$(call 40 0x10008 "$refused")"
run policy refused.ev
[[ $status == 0 ]] && grep -q '^portcullis: warning: the runs were refused what the policy allows: umount2 mount$' "$tmp/err"
ok "what a run was refused and the policy allows is told"
events masks.ev 'rt_sigprocmask 135 0x0 0x1' 'rt_sigprocmask 135 0x0 0x2' 'rt_sigprocmask 135 0x2 0x1' 'rt_sigprocmask 135 0x0 0x3'
run policy masks.ev
[[ $(grep -c '"rt_sigprocmask"' "$tmp/out") == 2 ]] && grep -q '"comment": "3 calls; how: SIG_BLOCK"' "$tmp/out" && grep -q '"comment": "1 call; how: SIG_SETMASK"' "$tmp/out"
ok "each rule tells how often the calls were seen that it allows"

for base in glibc-static glibc musl-static musl go; do
	run policy -q --base "$base" --to asm 1.ev
	[[ $status == 0 ]] && cp "$tmp/out" "$tmp/$base"
	run policy -q --base "$base" 1.ev
	echo "$base: $(grep -c '"not seen; ' "$tmp/out")"
done >"$tmp/bases"
! cmp -s "$tmp/glibc" "$tmp/glibc-static" && ! cmp -s "$tmp/musl" "$tmp/musl-static" && ! cmp -s "$tmp/musl" "$tmp/go" && [[ $(grep -c ': [1-9]' "$tmp/bases") == 5 ]]
ok "every base adds calls, each others"
run policy -q --base go 1.ev
grep -q '"tgkill"' "$tmp/out" && grep -q '"clone"' "$tmp/out" && ! grep -q '"set_robust_list"' "$tmp/out"
ok "Go's has what its scheduler calls"
run policy --base newlib 1.ev
[[ $status == 2 ]] && grep -q 'glibc-static, glibc, musl-static, musl, go' "$tmp/err"
ok "another one is refused with the names that there are"
