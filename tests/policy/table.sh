# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# table.sh - what authors of policies want of a tool, each in one command: the same small policy,
# written, read, asked about, tried and shown. Sourced by policy.t.

file oci.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    { "names": ["read", "exit_group", "execve", "brk", "mmap", "ioctl", "fstat", "set_tid_address"], "action": "SCMP_ACT_ALLOW" },
    { "names": ["write"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 2, "op": "SCMP_CMP_LE" } ] } ] }
END
file same.policy <<'END'
read: 1
write: arg0 == 0 || arg0 == 1 || arg0 == 2
END
file same.kafel <<<'ALLOW { read, write { fd <= 2 } } DEFAULT ERRNO(1)'
file same.firecracker <<'END'
{ "main": { "default_action": { "errno": 1 }, "filter_action": "allow", "filter": [
  { "syscall": "read" },
  { "syscall": "write", "args": [ { "index": 0, "type": "dword", "op": "le", "val": 2 } ] } ] } }
END
file same.service <<<$'[Service]\nSystemCallErrorNumber=EPERM\nSystemCallFilter=@basic-io'

# Read: the forms of containers, ChromeOS, nsjail, Firecracker, systemd.
for form in oci.json same.policy same.kafel same.firecracker same.service; do
	answers "$form is read: a call that it allows" 0 show "$form" 'write(1, *, *)'
	answers "... and one that it does not" 1 show "$form" 'mount(*)'
done
answers "an error" 2 show - <<<''
printf '{ "defaultAction": "SCMP_ACT_ERRNO",\n  "syscalls": [ { "names": ["read"], "action": "SCMP_ACT_DENY" } ] }\n' >"$tmp/bad.json"
answers "... has a place" 2 show bad.json
err '^bad\.json:2:48: error: no such action' && err '^    2 \|   "syscalls"' && err '^      \| +\^~+$'
ok "... its line, and a caret"

# Written: with a proof, in every form; text of a filter is that filter.
for form in raw c h asm json pfc; do
	answers "it is written as $form" 0 convert oci.json --to="$form" -o "written.$form"
	err 'proved equal to the policy for every call' && [[ -s $tmp/written.$form ]]
	ok "... with a proof"
done
answers "assembler text" 0 disasm --text written.raw -o text.s
answers "... makes the same filter" 0 asm text.s -o text.raw
cmp "$tmp/text.raw" "$tmp/written.raw"
ok "... bit for bit"

# Asked.
answers "what it allows" 0 show oci.json --runtime=crun
out '^ALLOW: 8 calls' && out '^ERRNO\(EPERM\): 319 calls' && out 'ALLOW when fd <= 2   :4$'
ok "... by action, with conditions and their lines"
answers "what becomes of a call" 0 sim oci.json 'write(1, 0, 5)'
answers "... under two filters" 1 sim oci.json same.service 'mount(0, 0, 0, 0, 0)'
out 'by filter 2 pc=[0-9]+ \[stack 2:ERRNO\(1\) 1:ERRNO\(1\)\]$'
ok "... as the kernel says it"
answers "which rule decides" 1 show oci.json 'write(3, *, *)'
out 'oci\.json:4 names write for ALLOW: wanted fd <= 2, and it is 3'
ok "... and why another does not"
cp "$top/docs/policies/old.json" "$tmp"
answers "what is wrong with one" 1 check old.json
out '^old\.json:7:17: error: ioctl: Linux looks at the lower 32 bits' && out '^ +\| e\.g\. ioctl\(' && out '^ +\| Linux takes the lower' && out '^ +=  *compare'
ok "... has a place, a call that shows it, why, and what to do"
sed 's/"value": 2/"value": 3/' "$tmp/oci.json" >"$tmp/next.json"
answers "whether another one is weaker" 1 diff oci.json next.json
out 'WEAKER than OLD for 1 call' && out 'e\.g\. write\(0x3|e\.g\. write\(3' && out '^proved: nothing else differs'
ok "... by a call that shows it, and a proof for all others"
file oci.pt <<<$'policy oci.json\nallow write(1, *, *)\nnever mount(*)\nerrno EPERM write(3, *, *)'
answers "its own tests" 0 test oci.pt --junit=oci.xml
out '^ok 3 - errno EPERM' && grep -q '<testsuite name="portcullis" tests="3" failures="0"' "$tmp/oci.xml"
ok "... in TAP and JUnit"
answers "for programs" 1 check --json old.json
/usr/bin/python3 -m json.tool <"$tmp/out" >"$tmp/again" 2>"$tmp/err"
ok "... JSON"
answers "a line of a log" 0 explain -f oci.json 'type=1326 audit(1.2:3): pid=7 comm="app" exe="/app" sig=0 arch=c00000f3 syscall=40 compat=0 ip=0x2 code=0x50001'
out '^app \(pid 7\): mount \(40\) -> ERRNO' && out 'oci\.json:1'
ok "... by the rule"

# Shown.
answers "as a map" 0 show --map oci.json
[[ $(wc -l <"$tmp/out") == 11 ]]
ok "... of eight lines"
answers "as a graph" 0 draw oci.json --to=dot
out 'fd <= 2'
ok "... with conditions"
for what in man 'completion bash' 'completion zsh' 'help show'; do
	# shellcheck disable=SC2086 # it is words
	answers "$what" 0 $what
done

# Tried: a program of the tour, on the kernel.
export PORTCULLIS_RUN=$top/qemu.sh
builds_tool
answers "a program runs under it" 0 run -f oci.json hello
out '^hello: hello, world'
ok "... without a board"
answers "what is refused is told at the end" 1 run -f oci.json sandbox
{ out 'prctl\(PR_SET_NO_NEW_PRIVS, 1,' || err 'prctl\(PR_SET_NO_NEW_PRIVS, 1,'; } &&
	{ out 'default at .*oci\.json:1$' || err 'default at .*oci\.json:1$'; }
ok "... with its arguments and the rule, ERRNO too"
run record -o sandbox.run -- sandbox # which locks itself in before it misses its input
answers "what a program calls is recorded, and makes a policy" 0 policy -o made.json sandbox.run
answers "... with what was seen of arguments" 0 show made.json 'prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)'
answers "... and no more" 1 show made.json 'prctl(PR_SET_DUMPABLE, *, *, *, *)'
answers "what of a policy a run used" 0 cover oci.json sandbox.run
out '^ +#####: oci\.json:3 +brk  ALLOW$' && out '^ +1: oci\.json:3 +read  ALLOW$'
ok "... by rules"
unset PORTCULLIS_RUN
