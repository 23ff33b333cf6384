#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# cases.t - what people had and could not explain, each after a public report: a policy and the
# calls of tests/guest/people-make-these-calls.c, or a file that is no filter; and whether what is
# told would have helped them.
#
# needs: run portcullis tests/guest/people-make-these-calls

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
evidence=("$tmp/out")
portcullis=$PWD/${O:-build}/portcullis
export NO_COLOR=1

file() { cat >"$tmp/$1"; }
asm() { printf '%s\n' "${@:2}" | file "$1"; }

# run STATUS POLICY PART: under the policy (''; none), the program makes those calls.
run() {
	local policy=()
	[[ -z $2 ]] || policy=(-f "$tmp/$2")
	./qemu.sh run --icount --explain --events "$tmp/events" "${policy[@]}" people-make-these-calls "$3" >"$tmp/out" 2>&1 </dev/null
	status=$?
	[[ $status == "$1" ]]
	ok "$3 under ${2:-no policy}: status $1"
}
# ask STATUS ARG...: portcullis is asked.
ask() {
	(cd "$tmp" && "$portcullis" "${@:2}") >"$tmp/out" 2>&1 </dev/null
	status=$?
	[[ $status == "$1" ]]
	ok "portcullis ${*:2}"
}
# says PATTERN: what was told matches, or a line of it.
says() {
	tr '\n' ' ' <"$tmp/out" | tr -s ' ' | grep -qE -- "$1" || grep -qE -- "$1" "$tmp/out"
	ok "... it says: $1"
}

# What most small programs need; the program's own first lines among it.
allowed='execve, exit_group, rt_sigreturn, brk, read, write, openat, close, fstat, newfstatat, ioctl, mmap, munmap, mprotect, chdir, mkdirat,
	unlinkat, fchmodat, clone, wait4, set_tid_address, getpid, getcwd'
kafel() { printf 'POLICY p {\n%s\n}\nUSE p DEFAULT %s\n' "$2" "$3" | file "$1"; }
kafel most.kafel "ALLOW { $allowed }" 'ERRNO(1)'
kafel most-or-die.kafel "ALLOW { $allowed }" KILL_PROCESS

# ---- threads do not start under an old profile of a container engine:
# clone3 is refused with EPERM ----
file old.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1 } ] }
END
run 1 old.json clones
says 'clone3\(\{flags=0, exit_signal=SIGCHLD.* ERRNO\(EPERM\)'
says 'old\.json:3'
says 'C libraries do without clone3 when it fails with ENOSYS, and only then'
ask 1 check old.json
says 'old\.json:3:17: warning: clone3: .*\[fallback-errno\]'
says 'write \{ "names": \["clone3"\], "action": "SCMP_ACT_ERRNO", "errnoRet": 38 \}'
sed 's/"errnoRet": 1/"errnoRet": 38/' "$tmp/old.json" | file new.json
run 0 new.json clones

# ---- `test -w` says no: faccessat2 ----
run 1 most.kafel may-write
says 'faccessat2\(AT_FDCWD, "/tmp", W_OK, AT_EACCESS\) ERRNO\(EPERM\)'
says 'C libraries do without faccessat2 when it fails with ENOSYS'

# ---- opens relative to the working directory: AT_FDCWD as 32 bits ----
file at.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["openat"], "action": "SCMP_ACT_ERRNO", "args": [ { "index": 0, "value": 4294967196, "op": "SCMP_CMP_NE" } ] } ] }
END
run 1 at.json opens
says 'openat\(AT_FDCWD, "/proc/self/comm", O_RDONLY\|O_LARGEFILE\) ERRNO\(EPERM\)'
ask 1 check at.json
says 'at\.json:3:[0-9]+: warning: openat: dfd is an int.* 0xffffff9c is answered ALLOW, and 0xffffffffffffff9c, which is how programs pass it, ERRNO\(EPERM\)'
says '"op": "SCMP_CMP_MASKED_EQ"'
ask 0 convert at.json -o at.bpf
run 1 at.bpf opens
says 'pc=[0-9]+: the upper half of dfd is 0xffffffff, and == 0x0 does not hold'
says 'dfd is an int, which programs pass sign-extended'
sed 's/SCMP_ACT_ALLOW",$/SCMP_ACT_KILL",/; s/SCMP_ACT_ERRNO/SCMP_ACT_ALLOW/; s/SCMP_CMP_NE/SCMP_CMP_EQ/' "$tmp/at.json" | file at-allow.json
ask 1 show at-allow.json 'openat(AT_FDCWD, *, O_RDONLY)'
says 'at-allow\.json:3 names openat for ALLOW: wanted dfd == 0xffffff9c, and it is AT_FDCWD \(0xffffffffffffff9c\); dfd is an int'

# ---- a list made where a vDSO tells the time ----
run 0 most-or-die.kafel time
says '^time: done'
ask 1 check most-or-die.kafel
says 'clock_gettime gettimeofday clock_getres getcpu: KILL_PROCESS \[vdso-hides\]'
# A clock that the vDSO has not: the call is made, and strace on another machine never showed it.
run 159 most-or-die.kafel cpu-time
says 'clock_gettime\(CLOCK_PROCESS_CPUTIME_ID, .*KILL_PROCESS'
says 'at __vdso_clock_gettime\+0x[0-9a-f]+ \(\[vdso\]\) called by tells_cpu_time\+0x[0-9a-f]+ people-make-these-calls\.c'
says 'no rule names it; default at .*most-or-die\.kafel:5'
says 'C libraries ask the vDSO, which answers without a call; this comes of a clock that it does not have'
# minijail's list, with the name that a 32-bit board's strace showed.
printf '%s: 1\n' execve read write brk mmap exit_group nanosleep clock_gettime64 | file clock.policy
ask 1 check clock.policy
says 'clock\.policy:8:1: warning: .*clock_gettime64 \(clock_gettime\)'
says 'nanosleep\(\) of C libraries calls clock_nanosleep'
# A unit whose author names what the C library has: systemd allows the clocks by itself.
printf '[Service]\nSystemCallFilter=read write time\n' | file time.service
ask 0 show time.service 'clock_gettime(CLOCK_PROCESS_CPUTIME_ID)'
ask 1 check time.service
says 'time\.service:2:29: note: .*time \(clock_gettime\)'

# ---- a compiler at run time: calls that only riscv64 has ----
run 1 most.kafel compiles
says 'riscv_hwprobe\(.* ERRNO\(EPERM\)'
says 'riscv_flush_icache\(.* ERRNO\(EPERM\)'
says 'riscv_hwprobe exists since Linux 6\.4'
ask 1 check most.kafel
says 'riscv_flush_icache riscv_hwprobe: ERRNO\(EPERM\) \[riscv-own\]'
# The same in another form: a signal rather than an errno, and no handler of it.
file jit.json <<'END'
{ "vm": { "mismatch_action": "trap", "match_action": "allow",
  "filter": [ { "syscall": "execve" }, { "syscall": "read" }, { "syscall": "write" }, { "syscall": "mmap" }, { "syscall": "brk" },
    { "syscall": "fstat" }, { "syscall": "ioctl" }, { "syscall": "exit_group" }, { "syscall": "rt_sigreturn" }, { "syscall": "riscv_hwprobe" },
    { "syscall": "mprotect", "args": [ { "index": 2, "type": "dword", "op": { "masked_eq": 4 }, "val": 0 } ] } ] } }
END
run 159 jit.json compiles
says 'riscv_flush_icache\(.* TRAP'
says 'SIGSYS, which kills a program without a handler of it'
ask 1 check jit.json
says 'riscv_flush_icache: TRAP \[riscv-own\]'
sed 's/{ "syscall": "riscv_hwprobe" }/&, { "syscall": "riscv_flush_icache" }/' "$tmp/jit.json" | file jit-next.json
run 159 jit-next.json compiles
says 'mprotect\(0x[0-9a-f]+, 4096, PROT_READ\|PROT_EXEC\) TRAP'
says 'jit-next\.json:4 names mprotect for ALLOW: wanted .*prot & 4 == 0, and it is 4 \(PROT_EXEC\)'

# ---- a policy without execve, in kafel's words ----
kafel noexec.kafel "ALLOW { ${allowed/execve, /} }" KILL_PROCESS
run 159 noexec.kafel opens
says 'execve\("/bin/people-make-these-calls".*KILL_PROCESS'
says 'default at .*noexec\.kafel:5'
says 'note: filters are installed before the execve that starts the program'
ask 1 check noexec.kafel
says 'noexec\.kafel:5:15: warning: execve is answered KILL_PROCESS \[no-execve\]'

# ---- what is no filter: said what it is, or read ----
asm mount.s '	ld [nr]' '	jeq #mount, next, allow' '	ret errno(EPERM)' 'allow:	ret ALLOW'
ask 0 convert mount.s -o mount.bpf
ask 1 show mount.bpf mount
base64 "$tmp/mount.bpf" | file mount.b64
ask 1 show mount.b64 mount
says '-> ERRNO\(EPERM\)'
ask 0 disasm mount.bpf
cp "$tmp/out" "$tmp/listing.txt"
ask 1 show listing.txt mount
printf '{ 0x20, 0, 0, 0 },\n{ 0x15, 0, 1, 40 },\n{ 0x06, 0, 0, 0x00050001 },\n{ 0x06, 0, 0, 0x7fff0000 },\n' | file array.txt
ask 1 show array.txt mount
perl -0777 -pe 's/(..)(.)(.)(....)/reverse($1) . $2 . $3 . reverse($4)/gse' "$tmp/mount.bpf" | file big.bpf
ask 1 show big.bpf mount
says 'big-endian: made for or on another machine'
head -c 20 "$tmp/mount.bpf" | file short.bpf
ask 2 show short.bpf mount
says 'was cut short'
printf 'read\nwrite\n' | file names.txt
ask 2 show names.txt
says '--from allow-list.*--from deny-list'
ask 2 show "$portcullis"
says 'ELF'
ask 0 convert --to pfc old.json -o mount.pfc
ask 2 show mount.pfc
says 'pseudo filter code, .*seccomp_export_bpf'

# ---- filters of another machine ----
asm allow-x86.s '	ld [arch]' '	jeq #AUDIT_ARCH_X86_64, next, kill' '	ld [nr]' '	jge #60, kill, allow' \
	'kill:	ret KILL_PROCESS' 'allow:	ret ALLOW'
asm deny-x86.s '	ld [arch]' '	jeq #AUDIT_ARCH_X86_64, next, allow' '	ld [nr]' '	jeq #59, kill, allow' \
	'kill:	ret KILL_PROCESS' 'allow:	ret ALLOW'
asm numbers.s '	ld [nr]' '	jeq #59, kill' '	jeq #57, kill, allow' 'kill:	ret KILL_PROCESS' 'allow:	ret ALLOW'
run 159 allow-x86.s opens
says 'warning: made for x86_64, not for riscv64'
says 'warning: allows no riscv64 call'
ask 1 check allow-x86.s
says 'error: allows no call of riscv64'
run 0 deny-x86.s opens
says 'warning: refuses no riscv64 call'
ask 1 check deny-x86.s
says 'error: made for x86_64: every call of riscv64 is answered ALLOW'
ask 1 check numbers.s
says '59 is pipe2 \(x86_64: execve\), 57 is close \(x86_64: fork\)'
run 0 numbers.s opens
says 'warning: never looks at arch'

# ---- a unit with MemoryDenyWriteExecute ----
printf '[Service]\nExecStart=/usr/bin/prog\nMemoryDenyWriteExecute=yes\n' | file wx.service
run 1 wx.service compiles
says 'mprotect\(0x[0-9a-f]+, 4096, PROT_READ\|PROT_EXEC\) ERRNO\(EPERM\)'
says 'wx\.service:3'

# ---- a second filter was meant to add a file ----
run 1 '' adds-a-file
ask 1 refusals events
says 'openat\(AT_FDCWD, "/proc/self/comm", O_RDONLY\|O_LARGEFILE\) ERRNO\(EIO\)'
says 'openat\(AT_FDCWD, "/proc/self/status", O_RDONLY\|O_LARGEFILE\) ERRNO\(EACCES\)'
says 'the lower half of filename is 0x'
says 'note: the other filters of the stack allow it: the strictest answer counts'
kafel first.kafel 'ALLOW { read, write, exit_group }' 'ERRNO(13)'
kafel second.kafel 'ALLOW { read, write, exit_group, openat }' 'ERRNO(5)'
ask 1 check first.kafel second.kafel
says 'second\.kafel:2:34: warning: openat is allowed here, and first\.kafel answers ERRNO\(EACCES\)'

# ---- a C library that is newer than the profile: fchmodat2 ----
run 1 most.kafel changes-mode
says 'fchmodat2\(AT_FDCWD, .*0755, AT_SYMLINK_NOFOLLOW\) ERRNO\(EPERM\)'
says 'fchmodat2 exists since Linux 6\.6'
says 'C libraries do without fchmodat2 when it fails with ENOSYS'
ask 1 check --target linux-6.1..6.12,glibc-2.36..2.41 most.kafel
says 'from glibc 2\.39 on, fchmodat2 is called'

# ---- rules of seccompiler's JSON that are never reached ----
file vmm.json <<'END'
{ "vmm": { "mismatch_action": "trap", "match_action": "allow", "filter": [
    { "syscall": "ioctl", "args": [ { "index": 1, "type": "dword", "op": "eq", "val": 44547 } ] },
    { "syscall": "ioctl" }, { "syscall": "read" },
    { "syscall": "write", "args": [ { "index": 0, "type": "dword", "op": "eq", "val": 1 },
      { "index": 0, "type": "dword", "op": "eq", "val": 2 } ] } ] },
  "vcpu": { "mismatch_action": "trap", "match_action": "allow", "filter": [ { "syscall": "exit" } ] } }
END
ask 1 check vmm.json
says 'vmm\.json:3:[0-9]+: warning: seccompiler looks at no rule without conditions once ioctl has one with them'
says 'vmm\.json:4:[0-9]+: warning: write: .*fd == .* and .*fd == .* never holds'

# ---- a second listener ----
run 1 '' listens-twice
ask 1 refusals events
says '^  seccomp\(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, 0x[0-9a-f]+\)  EBUSY$'
says '^      no filter was installed: a filter of the stack has a listener already$'
says 'filter 2 has no listener: the call fails with ENOSYS'
# With threads, Linux wants a third flag.
run 0 '' listens-for-threads
ask 0 refusals events
says '^  seccomp\(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC\|SECCOMP_FILTER_FLAG_NEW_LISTENER, 0x[0-9a-f]+\)  EINVAL$'
says '^      no filter was installed: a flag is unknown, or contradicts another$'
# Two policies that each want a supervisor: seen before anything runs.
for call in mount ptrace; do
	printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["%s"], "action": "SCMP_ACT_NOTIFY" } ] }\n' $call | file asks-$call.json
done
ask 1 check asks-mount.json asks-ptrace.json
says 'asks-ptrace\.json:1:[0-9]+: .*needs a listener, as asks-mount\.json below it does: installing it with one fails with EBUSY'

# ---- copy_file_range with something above its flags ----
file copy.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [ { "names": ["copy_file_range"], "action": "SCMP_ACT_ERRNO", "args": [ { "index": 5, "value": 0, "op": "SCMP_CMP_NE" } ] } ] }
END
ask 0 convert copy.json -o copy.bpf
run 1 copy.bpf copies
says 'copy_file_range\(.*0x7f00000000\) ERRNO\(EPERM\)'
says 'the upper half of flags is 0x7f, and == 0x0 does not hold'
says 'flags is an int: Linux looks at its lower half alone'
ask 0 check copy.json
says 'copy\.json:2:[0-9]+: note: copy_file_range: Linux looks at the lower 32 bits of flags, the policy at all 64'

# ---- a call that a library makes behind the scenes ----
run 159 most-or-die.kafel looks
says 'semtimedop\(.* KILL_PROCESS'
says 'called by looks\+0x[0-9a-f]+ people-make-these-calls\.c:[0-9]+'

# Who a user is, C libraries ask a daemon, then a file.
run 159 most-or-die.kafel asks-who
says 'socket\(AF_UNIX, SOCK_STREAM\|SOCK_CLOEXEC\|SOCK_NONBLOCK, (0|IPPROTO_IP)\) KILL_PROCESS'
says 'called by asks_who\+0x[0-9a-f]+ people-make-these-calls\.c:[0-9]+'
kafel who.kafel "ALLOW { $allowed }, ERRNO(13) { socket { family == 1 } }" KILL_PROCESS
run 0 who.kafel asks-who
says 'socket\(AF_UNIX, .*ERRNO\(EACCES\)'

# The same in a library of a dynamic program: who called what, across libraries.
if command -v riscv64-linux-gnu-gcc >/dev/null && [[ -e /usr/riscv64-linux-gnu/lib/libc.so.6 ]]; then
	file lib.c <<'END'
#define _GNU_SOURCE
#include <sys/sem.h>
#include <time.h>
__attribute__((noinline)) static int ask(void)
{
	struct sembuf b = { 0, 0, IPC_NOWAIT };
	struct timespec t = { 0 };
	return semtimedop(7, &b, 1, &t);
}
int uses_daemon(void) { return ask() + 1; }
END
	file app.c <<'END'
int uses_daemon(void);
__attribute__((noinline)) static int look(void) { return uses_daemon() + 1; }
int main(void) { return look() != 1; }
END
	root=$tmp/root
	mkdir -p "$root/lib" "$root/bin" &&
		cp /usr/riscv64-linux-gnu/lib/{ld-linux-riscv64-lp64d.so.1,libc.so.6} "$root/lib" &&
		riscv64-linux-gnu-gcc -shared -fPIC -O1 -g "$tmp/lib.c" -o "$root/lib/libdaemon.so" &&
		riscv64-linux-gnu-gcc -O1 -g "$tmp/app.c" -L"$root/lib" -ldaemon -o "$root/bin/app"
	ok "a dynamic program with a library of its own"
	file sem.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["semtimedop"], "action": "SCMP_ACT_ERRNO" } ] }
END
	./qemu.sh run --root "$root" -f "$tmp/sem.json" app >"$tmp/out" 2>&1 </dev/null
	status=$?
	[[ $status == 0 ]]
	ok "... runs, and its library is refused a call"
	says 'semtimedop\(7, 0x[0-9a-f]+, 1, 0x[0-9a-f]+\) ERRNO\(EPERM\) at semtimedop\+0x[0-9a-f]+ \(libc\.so\.6\)'
	says 'called by ask\+0x[0-9a-f]+ lib\.c:8 < uses_daemon\+0x[0-9a-f]+ lib\.c:10 < look\+0x[0-9a-f]+ app\.c:2 < main\+0x[0-9a-f]+ app\.c:3'
	says 'sem\.json:3'
else
	skip "a dynamic program with a library of its own" "no cross-compiler with glibc"
fi

# ---- which calls does my program make? ----
./qemu.sh policy record -o "$tmp/files.run" -- people-make-these-calls changes-files >"$tmp/out" 2>&1 </dev/null
ok "a run is recorded"
ask 0 policy files.run -o learnt.json
grep -qE '"names": \["openat"\].*"comment": "[0-9]+ calls?; flags: no bits but O_' "$tmp/learnt.json"
ok "... whose masks are told by names, too"
run 0 learnt.json changes-files
says 'unlink: done'
# A server: in whatever form, the policy allows what was seen, and nothing else.
./qemu.sh policy record -o "$tmp/serve.run" -- people-make-these-calls serves >"$tmp/out" 2>&1 </dev/null
ok "a server's run is recorded"
for form in json c asm; do
	ask 0 policy serve.run --default=kill-process --to=$form -o serve.$form
	says 'calls of [0-9]+ kinds in 1 run; the policy allows each of them'
	run 0 serve.$form serves
	says 'serves: done'
done
ask 0 show serve.json 'ppoll(*)' 'socketpair(AF_UNIX, SOCK_STREAM, 0)' 'shutdown(3, SHUT_RDWR)'
ask 1 show serve.json 'socket(AF_INET, SOCK_STREAM, 0)'
says 'KILL_PROCESS +no rule names it; default at serve\.json:2'
run 159 serve.json networks
says 'socket\(AF_INET, .*KILL_PROCESS'
ask 0 replay serve.json serve.run
says ', of which 0 would be answered otherwise'

# ---- chmod was denied, and works ----
file chmod.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [ { "names": [ "chmod", "mkdir", "unlink" ], "action": "SCMP_ACT_ERRNO" } ] }
END
run 0 chmod.json changes-files
says 'riscv64 has no such calls.*chmod \(fchmodat\), mkdir \(mkdirat\), unlink \(unlinkat\)'
ask 1 check chmod.json
says 'chmod\.json:2:30: error: refuses no call: none of the calls that it names is one of riscv64'
says 'name what C libraries call on riscv64: fchmodat, mkdirat, unlinkat'
# The same list in the other forms, and without the call that Linux 6.6 has added.
printf 'seccomp.drop chmod,rename,symlink\n' | file drop.profile
printf '[Service]\nSystemCallFilter=~chmod rename symlink\nSystemCallErrorNumber=EPERM\n' | file drop.service
printf 'POLICY d { ERRNO(1) { chmod, rename, symlink } } USE d DEFAULT ALLOW\n' | file drop.kafel
for f in drop.profile drop.service drop.kafel; do
	ask 1 check "$f"
	says "^$f:[0-9]+:[0-9]+: (warning|error): .*(chmod \\(fchmodat\\), rename \\(renameat2\\), symlink \\(symlinkat\\)|refuses no call)"
	ask 0 show "$f" 'fchmodat(AT_FDCWD, *, 0777)'
done
file half.json <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [ { "names": [ "fchmod", "fchmodat" ], "action": "SCMP_ACT_ERRNO" } ] }
END
run 0 half.json changes-mode
says 'fchmodat2: done'
ask 1 check half.json
says 'fchmodat2'

# ---- dies at its first output, and only here ----
kafel silent.kafel "ALLOW { ${allowed/ioctl, /} }" KILL_PROCESS
run 159 silent.kafel prints
says 'ioctl\(1, TCGETS, .*KILL_PROCESS'
ask 1 check silent.kafel
says 'silent\.kafel:5:15: note: programs may write, and are killed when they ask whether it is to a terminal'
# Two stages: the first refuses what installs the second, and the program does not look.
run 0 '' locks-twice
says '^openat: done'
ask 1 refusals events
says 'prctl\(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0\) ERRNO\(EPERM\)'
says 'seccomp\(SECCOMP_SET_MODE_FILTER, 0, 0x[0-9a-f]+\) ERRNO\(EPERM\)'
# As two policies: the second may allow what the first refuses, which adds nothing.
kafel stage1.kafel "ALLOW { $allowed }" 'ERRNO(1)'
kafel stage2.kafel 'ALLOW { execve, read, write, exit_group, prctl, seccomp }' 'ERRNO(1)'
ask 1 check stage1.kafel stage2.kafel
says 'stage2\.kafel:2:[0-9]+: warning: prctl seccomp are allowed here, and stage1\.kafel answers ERRNO\(EPERM\)'
ask 1 show stage1.kafel stage2.kafel 'openat(AT_FDCWD, *, O_RDONLY)'
says 'stage2\.kafel: ERRNO\(EPERM\) no rule names it; default at stage2\.kafel:4'

# ---- a daemon: which networks are there, and what nanosleep() calls ----
run 0 '' networks
says '^family 2: there'
says '^family 10: there'
says '^family 16: there'
says 'family AF_PACKET .*does not exist here'
kafel sleeps.kafel "ALLOW { $allowed, nanosleep }" KILL_PROCESS
ask 1 check sleeps.kafel
says 'nanosleep\(\) of C libraries calls clock_nanosleep: KILL_PROCESS \[libc-instead\]'
# A daemon's list with the names of functions, and of calls that riscv64 has not.
kafel functions.kafel "ALLOW { $allowed, usleep }" KILL_PROCESS
ask 2 check functions.kafel
says 'functions\.kafel:3:[0-9]+: error: there is no call of that name: usleep'
says 'usleep\(\) of C libraries makes other calls: write clock_nanosleep'
kafel daemon.kafel "ALLOW { $allowed, fork, dup2, poll, epoll_wait, socket, bind, listen, accept }" KILL_PROCESS
ask 1 check daemon.kafel
says 'of what is called instead the policy says nothing: dup2 \(dup3\), poll \(ppoll\), epoll_wait \(epoll_pwait\)'
run 0 daemon.kafel networks
says '^family 2: there'
tap_end
