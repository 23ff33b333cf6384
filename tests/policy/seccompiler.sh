# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# seccompiler.sh - filters of threads in seccompiler's JSON. Sourced by policy.t.

builds compare "$top/tests/policy/readers/compare.c"
ok "the comparison is built"

file vmm.json <<'END'
{
  "vmm": { "mismatch_action": "trap", "match_action": "allow", "filter": [
    { "syscall": "read" },
    { "syscall": "ioctl", "comment": "KVM", "args": [
      { "index": 1, "type": "dword", "op": "eq", "val": 44547, "comment": "KVM_CHECK_EXTENSION" } ] },
    { "syscall": "ioctl", "args": [
      { "index": 1, "type": "dword", "op": { "masked_eq": 4294901760 }, "val": 2147549183 },
      { "index": 0, "type": "qword", "op": "gt", "val": 4294967296 } ] },
    { "syscall": "futex", "args": [ { "index": 1, "type": "dword", "op": "le", "val": 9 } ] },
    { "syscall": "close", "args": [ { "index": 0, "type": "dword", "op": "eq", "val": 4294967299 } ] },
    { "syscall": "mmap", "args": [ { "index": 1, "type": "qword", "op": "ne", "val": 0 } ] } ] },
  "vcpu": { "default_action": { "errno": 1 }, "filter_action": "kill_process", "filter": [ { "syscall": "mount" } ] }
}
END
cat >"$tmp/vmm.s" <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #read, allow, next
	jeq #ioctl, ioctl, next
	jeq #futex, futex, next
	jeq #close, close, next
	jeq #mmap, mmap, trap
ioctl:	ld [args[1].lo]
	jeq #44547, allow, next
	and #0xffff0000
	jeq #0x80000000, next, trap
	ld [args[0].hi]
	jgt #1, allow, next
	jeq #1, next, trap
	ld [args[0].lo]
	jgt #0, allow, trap
close:	ld [args[0].lo]
	jeq #3, allow, trap
futex:	ld [args[1].lo]
	jle #9, allow, trap
mmap:	ld [args[1].hi]
	jeq #0, next, allow
	ld [args[1].lo]
	jeq #0, trap, allow
allow:	ret ALLOW
trap:	ret TRAP
kill:	ret KILL_PROCESS
END
"$portcullis" disasm --text "$tmp/vmm.s" >/dev/null && "$tmp/compare" "$tmp/vmm.json" "$tmp/vmm.s" select=vmm >"$tmp/out" 2>"$tmp/err"
ok "a thread's filter means what it says"
cat >"$tmp/vcpu.s" <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #mount, kill, next
	ret ERRNO(EPERM)
kill:	ret KILL_PROCESS
END
"$tmp/compare" "$tmp/vmm.json" "$tmp/vcpu.s" select=vcpu >"$tmp/out" 2>"$tmp/err"
ok "the older names of the actions are read, too"
run disasm --select vmm vmm.json
err 'vmm.json:.*: warning: of a dword, only the lower 32 bits'
ok "... and a number that is too long for it is warned of"
answers "several threads are an error" 2 disasm vmm.json
err 'has the filters of 2 threads' && err 'select NAME.* vmm, vcpu'
ok "... that says which there are"
answers "so is a thread that is not there" 2 disasm --select api vmm.json
err 'no filter for a thread api' && err 'there are: vmm, vcpu'
ok "... and which there are"

# rejects_thread NAME PLACE MESSAGE HINT: standard input is the filter of
# a thread; it is refused there.
rejects_thread() {
	printf '{"t":\n%s}\n' "$(cat)" >"$tmp/$1"
	answers "$1 is refused" 2 disasm --from seccompiler "$1"
	err "^$1:$2: error: .*$3" && err "$4"
	ok "... at $2: $3"
}
allow='"mismatch_action":"trap","match_action":"allow"'
rejects_thread name.json 2:72 'no call of that name: raed' 'did you mean read' <<<"{$allow,\"filter\":[{\"syscall\":\"raed\"}]}"
rejects_thread action.json 2:20 'no action of seccompiler' 'kill_thread' <<<'{"mismatch_action":"deny","match_action":"allow","filter":[]}'
rejects_thread number.json 2:29 'no number for an action' '65535|4294967295' <<<'{"mismatch_action":{"errno":"EPERM"},"match_action":"allow","filter":[]}'
rejects_thread same.json 2:43 'match_action is mismatch_action' '' <<<'{"mismatch_action":"allow","match_action":"allow","filter":[]}'
rejects_thread missing.json 2:1 'filter is missing' '' <<<"{$allow}"
rejects_thread key.json 2:78 'knows no arg here' 'syscall, args' <<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"arg\":[]}]}"
rejects_thread empty.json 2:85 'args is an array of 1' 'leave args out' <<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"args\":[]}]}"
rejects_thread index.json 2:95 'no argument of a call' '0 to 5' \
	<<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"args\":[{\"index\":6,\"type\":\"dword\",\"op\":\"eq\",\"val\":1}]}]}"
rejects_thread op.json 2:117 'no operator' 'masked_eq' \
	<<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"args\":[{\"index\":0,\"type\":\"dword\",\"op\":\"=\",\"val\":1}]}]}"
rejects_thread type.json 2:104 'no size' 'qword' \
	<<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"args\":[{\"index\":0,\"type\":\"word\",\"op\":\"eq\",\"val\":1}]}]}"
rejects_thread negative.json 2:128 'no value' '2\^64' \
	<<<"{$allow,\"filter\":[{\"syscall\":\"read\",\"args\":[{\"index\":0,\"type\":\"qword\",\"op\":\"eq\",\"val\":-1}]}]}"
file both.json <<<"{\"t\":{$allow,\"filter\":[{\"syscall\":\"read\"},{\"syscall\":\"read\",\"args\":[{\"index\":0,\"type\":\"dword\",\"op\":\"eq\",\"val\":1}]}]}}"
answers "a call with and without conditions is read" 0 disasm both.json
err 'warning: seccompiler looks at no rule without conditions once read has one'
ok "... as seccompiler does, and it is said"
