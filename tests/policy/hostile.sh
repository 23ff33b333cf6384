# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# hostile.sh - odd policies of each form: what would change the meaning is told at its place, never
# passed over. Sourced by policy.t.

# odd_told NAME STATUS PATTERN <<<TEXT: what `show` says of the text, and with which status.
odd_told() {
	cat >"$tmp/$1"
	answers "$1: odd text is looked at" "$2" show "$1"
	err "$3"
	ok "... and it is told: $3"
}
oci() { printf '{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "names": ["mount"], "action": "SCMP_ACT_ALLOW", %s } ] }\n' "$1"; }
odd_told arch.json 2 '^arch.json:1:22: error: no such architecture' <<<'{ "architectures": [ "SCMP_ARCH_RISCV46" ], "defaultAction": "SCMP_ACT_ALLOW" }'
odd_told cap.json 0 'warning: no such key: cap; runtimes' < <(oci '"includes": { "cap": ["CAP_SYS_ADMIN"] }')
odd_told goarch.json 0 'warning: no such architecture: RISCV64' < <(oci '"includes": { "arches": ["RISCV64"] }')
odd_told index.json 0 'warning: without an index, argument 0' < <(oci '"args": [ { "value": 1, "op": "SCMP_CMP_EQ" } ]')
odd_told case.service 2 '^case.service:2:1: warning: systemd ignores systemcallfilter' <<<$'[Service]\nsystemcallfilter=read'
odd_told install.service 2 'ignores SystemCallFilter under \[Install\]' <<<$'[Install]\nSystemCallFilter=read'
odd_told comma.service 0 'no call has a comma' <<<$'[Service]\nSystemCallFilter=read,write'
odd_told on.kafel 2 '^on.kafel:1:17: error: kafel knows no architecture' <<<'ALLOW { read ON riscv46 } DEFAULT KILL'
odd_told loop.kafel 2 'is being read already' <<<$'#include "loop.kafel"\nALLOW { read } DEFAULT KILL'
odd_told blank.profile 2 '^blank.profile:1:19: error: firejail takes no such character' <<<'seccomp.drop read, write'
odd_told two.profile 0 '^two.profile:1:1: warning: a later line of that kind' <<<$'seccomp.drop read\nseccomp.drop write'
odd_told kinds.profile 0 '^kinds.profile:2:1: warning: seccomp.keep takes the place' <<<$'seccomp.keep read\nseccomp.drop write'
odd_told secondary.profile 0 'warning: denies calls of other architectures; that it denies personality' <<<$'seccomp.drop mount\nseccomp.block-secondary'
odd_told if.c 2 '^if.c:2:1: error: whether this part counts' <<<$'struct sock_filter f[] = {\n#ifdef X\n{ 6, 0, 0, 0 },\n#endif\n{ 6, 0, 0, 0 } };'
odd_told comments.policy 2 'has nothing but comments' <<<$'# one\n# two'
odd_told lib.c 2 'makes its filter with libseccomp' <<<'int main(void) { seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(read), 0); }'
odd_told pod.yaml 2 'Kubernetes object that names a profile; give the file' <<<$'kind: Pod\nspec:\n  securityContext:\n    seccompProfile:\n      type: RuntimeDefault'
odd_told compose.yaml 2 'names a profile for a container; give the file' <<<$'services:\n  web:\n    security_opt:\n      - seccomp:./profile.json'
odd_told inspect.json 2 'what docker inspect prints, and the profile is a text in it' <<<'[ { "HostConfig": { "SecurityOpt": [ "seccomp={}" ] } } ]'
odd_told snap.src 2 "snap's list, before snap-seccomp" <<<$'access\nsocket AF_UNIX\nchown - u:root g:root'
odd_told list.lxc 2 "list of LXC's.*--from deny-list" <<<$'2\nblacklist\n[all]\nkexec_load errno 1'
odd_told jail.cfg 2 "nsjail's configuration; give the policy in it" <<<$'mode: ONCE\nseccomp_string: "ALLOW { read } DEFAULT KILL"'
odd_told list.go 2 'makes its filter with libseccomp' <<<$'package main\nimport seccomp "github.com/seccomp/libseccomp-golang"'
odd_told policy.cc 2 "policy in Chromium's C\+\+" <<<'ResultExpr P::EvaluateSyscall(int nr) const { return Allow(); }'
odd_told status.txt 2 'state of a process' <<<$'Name:\tapp\nSeccomp:\t2\nSeccomp_filters:\t1'
odd_told audit.log 2 'is a log, not a policy; .portcullis explain' <<<'type=1326 audit(1.2:3): arch=c00000f3 syscall=198 code=0x0'
odd_told app.run 2 'is what a run recorded, not a policy; .portcullis policy FILE. makes' <<<$'{"seq":0,"event":"start","version":1}\n{"seq":1,"event":"exec"}'
odd_told strace-calls.log 2 'is a log, not a policy; .portcullis explain' <<<'mkdirat(AT_FDCWD, "x", 0777) = -1 EPERM (Operation not permitted)'
odd_told policy.pt 2 "is a policy's test; .portcullis test" <<<$'policy a.json\nallow read(*)'
odd_told systemd-run.sh 2 'settings of systemd among other words' <<<'systemd-run -p SystemCallFilter=@system-service /bin/ls'
odd_told jail.nspawn 2 'changes the list of systemd-nspawn' <<<$'[Exec]\nSystemCallFilter=@clock'
odd_told arch.c 2 "no such constant: SECCOMP_AUDIT_ARCH" <<<'struct sock_filter f[] = { BPF_JUMP(0x15, SECCOMP_AUDIT_ARCH, 1, 0) };'
printf '\357\273\277read: 1\nwrite: 1\n' >"$tmp/mark.policy"
answers "a mark of UTF-8 may stand before any text" 0 show -q mark.policy 'read()'
file rv.kafel <<<'/* a */ ALLOW /* b */ { read ON rv64 } DEFAULT KILL'
answers "kafel's rv64 is riscv64, and comments stand anywhere" 0 show -q rv.kafel 'read()'
file comments.s <<<$'/* a\n b */ ld [nr] /* c */\nret ALLOW ; d'
answers "comments of C stand in assembler text" 0 show -q comments.s 'read()'
