# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# explain.sh - sim, explain, names: verdict lines, lines of logs. Sourced by policy.t.

file log.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": 13, "syscalls": [
  { "names": ["read", "openat"], "action": "SCMP_ACT_ALLOW" },
  { "names": ["socket"], "action": "SCMP_ACT_KILL_PROCESS", "args": [ { "index": 0, "value": 40, "op": "SCMP_CMP_EQ" } ] } ] }
END
bytes kill.bpf 2000000000000000 150000013f000000 0600000000000080 060000000000ff7f

# The line is the kernel's: seccomp/explain.c writes both.
answers "sim runs a stack" 1 sim log.json kill.bpf 'read(3, 0, 9)'
out '^read\(0x3, 0x0, 0x9\) nr=63 ip=0x0 -> KILL_PROCESS by filter 2 pc=2 \[stack 2:KILL_PROCESS 1:ALLOW\]$'
ok "... to the kernel's verdict line"
answers "an allowed call is status 0" 0 sim log.json 'openat(AT_FDCWD, "x", O_RDONLY)'
out '-> ALLOW by all \[stack 1:ALLOW\]$' && ! out depends
ok "... by all"
answers "a verdict that depends on what is not given" 1 sim log.json 'socket(*)'
out 'ERRNO\(13\)' && out 'depends on arguments that were not given'
ok "... is told to be one"
answers "sim wants a call" 2 sim log.json

record='audit: type=1326 audit(1722000000.123:85): auid=4294967295 uid=0 gid=0 ses=4294967295 pid=85 comm=6D7920617070 exe="/usr/bin/app" sig=31 arch=c00000f3 syscall=198 compat=0 ip=0x2f002 code=0x80000000'
answers "an audit record is explained" 0 explain "$record"
out '^my app \(pid 85\): socket \(198\) -> KILL_PROCESS: the process was killed' && out 'in /usr/bin/app, at 0x2f002' &&
	out 'not in the record: the arguments'
ok "... the name out of its hexadecimal digits, and what is not known"
answers "a name with a control character" 0 explain $'seccomp: pid=2 tid=2 comm="a\033b" write(0x1, 0x2, 0x3) nr=64 ip=0x4 -> ERRNO(13) by filter 1 pc=4 [stack 1:ERRNO(13)]'
out '^a\?b \(pid 2\): write'
ok "... is shown without it"
answers "a log that is not there" 2 explain nofile.log
err '^nofile\.log: error: No such file'
ok "... is said not to be"
answers "what auditd adds behind a record" 0 explain "${record/0x80000000/0x50001}AUID=\"unset\" UID=\"root\""
out '-> ERRNO: the call failed'
ok "... is not taken for digits of it"
answers "what strace tells of SIGSYS may be the operand itself" 0 explain '--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7f, si_syscall=__NR_mount, si_arch=AUDIT_ARCH_RISCV64} ---'
out '^mount\(.*\) -> TRAP'
ok "... and is no option"
answers "what is left of a record" 0 explain 'arch=c00000f3 syscall=198'
out '^socket \(198\)$'
ok "... is one"
answers "the record of a call, with its arguments" 0 explain -f log.json 'type=SYSCALL msg=audit(1.2:3): arch=c00000f3 syscall=198 success=no exit=-13 a0=28 a1=1 a2=0 a3=7ffd items=0 ppid=1 pid=7 comm="x" exe="/bin/x" key=(null)'
out '^x \(pid 7\): socket\(AF_VSOCK, SOCK_STREAM, 0\) failed with EACCES$' && out '-> KILL_PROCESS$' && ! out 'not in the record'
ok "... is taken for what it is"
answers "what /proc tells of a process" 0 explain -f log.json '198 0x2 0x1 0x0 0x0 0x0 0x0 0x3fc0 0x10340'
out '^socket\(AF_INET, SOCK_STREAM, IPPROTO_IP\)$' && out '^    at 0x10340$' && out 'on x86_64, 198 is lremovexattr$' && out 'log\.json:3 names socket .*it is AF_INET'
ok "... is a call"
answers "with the policy, the rule" 0 explain -f log.json "Jul 26 12:00:00 board kernel: $record"
out 'log\.json:3: KILL_PROCESS when family == AF_VSOCK'
ok "... is told with its condition"
answers "a newer call has its version" 0 explain "${record/syscall=198/syscall=452}"
out 'fchmodat2 \(452, since Linux 6\.6\)'
ok "... of Linux"
answers "another architecture is told" 0 explain "${record/c00000f3/c000003e}"
out '^my app \(pid 85\): lremovexattr \(number 198 of x86_64\)'
ok "... by its name, and the call by its own name there"
answers "... and the rules for the call of that name, where a policy in words has some" 0 explain -f log.json "${record/c00000f3 syscall=198/c000003e syscall=41}" \
	"${record/c00000f3 syscall=198/c000003e syscall=2}"
out 'compiled for riscv64, as it is here; to socket of riscv64:$' && out 'log\.json:3: KILL_PROCESS when family == AF_VSOCK' &&
	[[ $(grep -c 'compiled for' "$tmp/out") == 1 ]]
ok "... are told as riscv64's"
answers "... but not of a program" 0 explain -f kill.bpf "${record/c00000f3 syscall=198/c000003e syscall=41}"
! out 'compiled for'
ok "... which has none"
answers "of an architecture that is not known otherwise" 0 explain "${record/c00000f3/80000016}" "${record/c00000f3 syscall=198/80000016 syscall=439}" \
	"${record/c00000f3 syscall=198/40000028 syscall=403}" "${record/c00000f3 syscall=198/s390x syscall=clone3}" "${record/c00000f3 syscall=198/s390x syscall=open}"
out '^my app \(pid 85\): number 198 of s390x' && out ': faccessat2 \(number 439 of s390x\)' && out ': clock_gettime64 \(number 403 of arm\)' &&
	out ': clone3 \(number 435 of s390x\)' && out '^of s390x, no call open is known here$'
ok "... the newer calls have their names, which are alike everywhere"

# strace -y tells descriptors' files, which may hold anything, and -yy sockets.
file y.log <<'END'
12 10:11:12.345678 mkdirat(AT_FDCWD</root/a,b (c)>, "x", 0777) = -1 EPERM (Operation not permitted) <0.000012>
12 write(4<TCP:[127.0.0.1:4->127.0.0.1:80]>, "x", 1) = -1 EPERM (Operation not permitted)
12 fchmod(3</tmp/x>(deleted), 0644) = -1 EPERM (Operation not permitted)
12 syscall_0x1c4(0x3, 0x7f, 0x1ff, 0x4, 0x5, 0x6) = -1 EPERM (Operation not permitted)
END
answers "strace -y is read" 0 explain y.log
out '^mkdirat\(AT_FDCWD, \*, 0777\) failed with EPERM$' && out '^write\(4, \*, 1\) failed' && out '^fchmod\(3, 0644\) failed' &&
	out '^fchmodat2\(3, .*0777, .*\) failed'
ok "... without what it tells of descriptors; and a call that it had no name for"

# What programs say in their handlers of SIGSYS, and what others say when one has ended.
answers "Android's words" 0 explain 'Cause: seccomp prevented call to disallowed arm64 system call 439'
out '^faccessat2 \(number 439 of aarch64\) -> TRAP'
ok "... are read"
answers "Chromium's words" 0 explain -f log.json 'sigsys_handlers.cc:**CRASHING**:seccomp-bpf failure in syscall 0040'
out '^mount\(.*\) -> TRAP' && out 'default at log\.json:1'
ok "... are read, and compared with the policy"
answers "... with the arguments, as it has them today" 0 explain '**CRASHING**:seccomp-bpf failure in syscall nr=0x28 arg1=0x5 arg2=0x7ffc7f578230 arg3=0x0 arg4=0x8'
out '^mount\(0x5, 0x7ffc7f578230, NULL, MS_NOEXEC, \*\) -> TRAP' && out 'which the line does not tell: on x86_64, 40 is sendfile$'
ok "... by a number to sixteen; and the machine is asked for"
answers "Firefox's words" 0 explain -f log.json 'app[7]: Sandbox: seccomp sandbox violation: pid 7, tid 8, syscall 198, args 40 1 -1 4095 0 140634401555112.  Killing process.'
out '^socket\(AF_VSOCK, SOCK_STREAM, -1\) -> TRAP' && out 'log\.json:3'
ok "... are read, with the arguments"
answers "OpenSSH's words" 0 explain 'ssh_sandbox_violation: unexpected system call (arch:0xc000003e,syscall:257 @ 0x7f3b2e) [preauth]' \
	'fatal: ssh_sandbox_violation: unexpected system call (arch:0xc00000f3,syscall:40 @ 0x7f3b2e)'
out '^openat \(number 257 of x86_64\) -> TRAP' && out '^mount\(.*\) -> TRAP' && out '^    at 0x7f3b2e$' && ! out 'does not tell'
ok "... are read, with the machine"
answers "Firecracker's words" 0 explain '[anonymous-instance:ERROR:src/vmm/src/signal_handler.rs:37] Shutting down VM after intercepting a bad syscall (54).'
out '^fchownat\(.*\) -> TRAP' && out 'on x86_64, 54 is setsockopt$'
ok "... are read"
answers "Tor's words" 0 explain '(Sandbox) Caught a bad syscall attempt (syscall openat)' '(Sandbox) Caught a bad syscall attempt (syscall 0x28)'
out '^openat\(.*\) -> TRAP' && out '^mount\(.*\) -> TRAP'
ok "... are read"
answers "what gdb shows of the signal" 0 explain '$1 = {si_signo = 31, si_errno = 0, si_code = 1, _sifields = {_sigsys = {_call_addr = 0x3fb0, _syscall = 40, _arch = 3221225715}}}'
out '^mount\(.*\) -> TRAP' && out '^    at 0x3fb0$'
ok "... is read"
answers "what snappy-debug leaves of a record" 0 explain -f log.json 'Log: auid=1000 uid=1000 gid=1000 ses=2 pid=12 comm="foo" exe="/snap/foo/x1/bin/foo" sig=0 arch=c00000f3 40(mount) compat=0 ip=0x7f code=0x50000'
out '^foo \(pid 12\): mount \(40\) -> ERRNO: ' && out 'default at log\.json:1: ERRNO\(EACCES\)'
ok "... is read"
answers "minijail's words" 0 explain 'libminijail[12]: blocked syscall: getrandom'
out '^getrandom\('
ok "... are read"
for line in 'fatal: privsep_preauth: preauth child terminated by signal 31' 'app.service: Main process exited, code=dumped, status=31/SYS' 'SIGSYS: bad system call' 'Bad system call (core dumped)'; do
	answers "$line" 2 explain "$line"
	err 'SIGSYS is what a filter ends a program with' && err 'journalctl -k --grep=type=1326'
	ok "... tells of no call, and it is said what does"
done
# Every number of this machine's own headers, if it is an x86-64.
unistd=/usr/include/x86_64-linux-gnu/asm/unistd_64.h
if [[ -r $unistd ]]; then
	wrong=''
	while read -r name nr; do
		((nr < 424)) && ! grep -qx "X86_64($nr, $name)" policy/x86_64.def && wrong+=" $name"
	done < <(sed -n 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/\1 \2/p' "$unistd")
	[[ -z $wrong ]]
	ok "the names of x86-64 are Linux's${wrong:+, but for$wrong}"
fi
# As ausearch -i writes it.
named='type=SECCOMP msg=audit(03/03/2024 10:11:12.123:85) : auid=unset uid=root pid=85 comm=app exe=/usr/bin/app sig=SIGSYS arch=riscv64 syscall=socket compat=0 ip=0x2f002 code=kill-process'
answers "a record with names in place of numbers" 0 explain -f log.json "$named"
out '^app \(pid 85\): socket \(198\) -> KILL_PROCESS: ' && out 'log\.json:3: KILL_PROCESS when family == AF_VSOCK'
ok "... is explained, too"
answers "... of another architecture" 0 explain "${named/arch=riscv64 syscall=socket/arch=x86_64 syscall=clone3}"
out 'clone3 \(number 435 of x86_64\) -> KILL_PROCESS: '
ok "... by its number"
answers "... of a call that there is not" 0 explain "${named/syscall=socket/syscall=open}"
out '^riscv64 has no call open$'
ok "... which is said"
answers "strace's line is explained" 0 explain -f log.json '[pid   7] openat(AT_FDCWD, "a) = b", O_RDONLY) = -1 EACCES (Permission denied)'
out 'failed with EACCES' && out 'log\.json:2' && out 'so it was not the policy'
ok "... also when the call was allowed"
answers "... as strace aligns it" 0 explain -f log.json 'getpid()                                = -1 EPERM (Operation not permitted)'
out '^getpid\(\) failed with EPERM$' && out 'so it was not this policy, or not as it is now: the call failed with EPERM'
ok "... also when the policy answers otherwise"
answers "a call without which C libraries could do" 0 explain 'clone3({flags=CLONE_VM, exit_signal=SIGCHLD}, 88) = -1 EPERM (Operation not permitted)' \
	'faccessat2(AT_FDCWD, "/x", W_OK, AT_EACCESS) = -1 ENOSYS (Function not implemented)'
[[ $(grep -c 'hint: C libraries do without clone3 when it fails with ENOSYS' "$tmp/out") == 1 ]] && ! out 'without faccessat2'
ok "... has the hint without a policy, too"
while IFS='|' read -r call error why; do
	answers "why no filter was installed: $error" 0 explain "$call) = -1 $error (why)"
	out "^    no filter was installed: $why"
	ok "... $why"
done <<'END'
prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=3, filter=0x7ffd1d0}|EACCES|neither no_new_privs nor CAP_SYS_ADMIN
seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=3, filter=0x7ffd1d0}|EINVAL|a flag is unknown .*or an instruction is not allowed
seccomp(SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, 0x7ffd1d0|EBUSY|a filter of the stack has a listener
END
answers "what else prctl() and seccomp() do" 0 explain 'prctl(PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0) = -1 EINVAL (Invalid argument)' \
	'seccomp(SECCOMP_GET_ACTION_AVAIL, 0, [0]) = -1 EACCES (why)' 'prctl(PR_SET_NAME, "x") = -1 EACCES (why)'
out '^    the other arguments have to be 1, 0, 0, 0' && ! out 'no filter was installed'
ok "... is no install"
answers "... with an errno that strace has no name of" 0 explain -f log.json 'syscall_0x1c4(0x3, 0x2) = -1 (errno 38)'
out '^fchmodat2\(3, 0x2, \*, \*\) failed with ENOSYS$'
ok "... nor of the call"
answers "... of a call that riscv64 has not" 0 explain 'chmod("/tmp/x", 0755)                  = 0'
out '^chmod: riscv64 has no chmod; C libraries call this in its place: fchmodat$'
ok "... is not passed over"
cat >"$tmp/halves.log" <<'END'
[pid  1234] mount("none", "/tmp", "tmpfs", 0, NULL <unfinished ...>
[pid  1235] getpid() = 1235
[pid  1234] <... mount resumed>) = -1 EPERM (Operation not permitted)
1236 openat(AT_FDCWD, "/x" <unfinished ...>
1237 openat(AT_FDCWD, "/y" <unfinished ...>
1236 <... openat resumed>, O_RDONLY) = 3
[pid    77] getppid( <unfinished ...>
END
answers "calls that strace tells in two lines" 0 explain halves.log
out '^pid 1234: mount\(.*, 0, NULL\) failed with EPERM$' && out '^pid 1235: getpid\(\)$' && out '^openat\(AT_FDCWD, \*, O_RDONLY, \*\)$'
ok "... are put together, by the thread"
out '^pid 77: getppid\(\)$' && out '^openat\(AT_FDCWD, \*, \*, \*\)$' && ! grep -q resumed "$tmp/out"
ok "... and those without an end are told, too"
answers "the journal's own line of audit" 0 explain 'Nov 29 12:00:00 host audit[321]: SECCOMP auid=1000 uid=0 gid=0 ses=1 pid=321 comm="app" exe="/usr/bin/app" sig=31 arch=c00000f3 syscall=40 compat=0 ip=0x3f8 code=0x80000000'
out '^app \(pid 321\): mount \(40\) -> KILL_PROCESS'
ok "... is read"
answers "as JSON" 0 explain '{"PRIORITY":"5","MESSAGE":"audit: type=1326 audit(17.1:4): auid=1 uid=0 gid=0 ses=1 pid=5 comm=\"x\" exe=\"/bin/x\" sig=31 arch=c00000f3 syscall=142 compat=0 ip=0x7f code=0x80000000"}'
out '^x \(pid 5\): reboot' && out 'in /bin/x, at 0x7f$'
ok "... without its backslashes"
answers "strace's line of a SIGSYS" 0 explain -f log.json -- '--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x3fb0, si_syscall=__NR_mount, si_arch=AUDIT_ARCH_RISCV64} ---'
out '^mount\(.*\) -> TRAP: ' && out '^    at 0x3fb0$' && out 'ERRNO\(EACCES\)   no rule names it; default at log\.json:1'
ok "... is explained, too"
answers "a record of what the policy does not answer" 0 explain -f log.json -f kill.bpf "${record/syscall=198/syscall=56}"
[[ $(grep -c 'not by this policy, which answers ALLOW: by another filter' "$tmp/out") == 1 ]] && ! out 'never'
ok "... is said to be another's, once"
"$portcullis" sim "$tmp/log.json" 'socket(AF_INET, 1, 0)' | sed 's/^/seccomp: pid=2 tid=2 comm="app" /' >"$tmp/log"
printf 'hello (world)\n%s\n' "$(cat "$tmp/log" "$tmp/log")" >"$tmp/log.txt"
answers "the kernel's own lines are explained, a repeated one once" 0 explain -f log.json log.txt
[[ $(grep -c '^app (pid 2): socket(AF_INET, SOCK_STREAM, IPPROTO_IP) -> ERRNO(EACCES)' "$tmp/out") == 1 ]] && out 'log\.json:3 names socket for KILL_PROCESS: wanted family == AF_VSOCK, and it is AF_INET'
ok "... with the rule that nearly matched"
answers "a file that tells of no call is bad input" 2 explain log.json

answers "names tells a number" 0 names openat
out '^ 56 openat\(dfd, filename, flags, mode\)$'
ok "... and arguments"
answers "... of a number the name" 0 names 452
out 'fchmodat2.*since Linux 6\.6'
ok "... and since when"
answers "... of a constant the value" 0 names 'O_WRONLY|O_CREAT'
out '= 0x41 '
ok "... of several together"
answers "... of a call that riscv64 has not" 1 names dup2
out 'C libraries call in its place: dup3'
ok "... what is called instead"

answers "... of a group of systemd's its calls" 0 names @clock
out '^112 clock_settime\(which_clock, tp\)$' && [[ $(wc -l <"$tmp/out") == 5 ]]
ok "... each on a line"
answers "... of C's names of calls the numbers" 0 names __NR_openat SYS_read
out '^ 56 openat' && out '^ 63 read'
ok "... without what C has before them"
answers "... of a C library's function what it calls" 1 names usleep
out 'usleep\(\) of C libraries makes other calls: write clock_nanosleep'
ok "... in its place"
answers "... of a family of protocols the family of addresses" 0 names PF_INET6
out '^PF_INET6 = 0xa '
ok "... which is the same"

# What qemu.sh run takes its filters from.
answers "prepare makes files of a stack" 0 prepare --summary --into="$tmp/p" log.json kill.bpf
[[ $(<"$tmp/out") == "$tmp/p.0"$'\n'"$tmp/p.1" ]] && cmp -s "$tmp/p.1" "$tmp/kill.bpf"
ok "... in order"
err '^filter 1 \(log\.json\): [0-9]+ instructions; allows openat read; else ERRNO\(EACCES\), ' &&
	err '^filter 2 \(kill\.bpf\): 4 instructions; .*refuses read: KILL_PROCESS$' && err 'never looks at arch'
ok "... with two lines on each, and a warning"
bytes x86.bpf 2000000004000000 150000013e0000c0 060000000000ff7f 0600000000000000
answers "a filter for x86-64 is prepared" 0 prepare --summary --into="$tmp/p" x86.bpf
err 'made for x86_64, not for riscv64' && err 'allows no riscv64 call' && err 'KILL_THREAD for execve'
ok "... with warnings"
