# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# check.sh - portcullis check: each check fires, and does not where there is no reason. Sourced by
# policy.t.

# kafel NAME RULES DEFAULT: a policy in kafel's words, in which the first rule that matches answers.
kafel() { printf 'POLICY p {\n%s\n}\nUSE p DEFAULT %s\n' "$2" "$3" | file "$1"; }

# oci NAME DEFAULT ENTRY...: a profile; each ENTRY is NAMES=ACTION or NAMES=ACTION INDEX OP VALUE
# [VALUETWO][,...].
oci() {
	local name=$1 default=$2 entry rule args arg words names comma sep=
	shift 2
	{
		printf '{ "defaultAction": "SCMP_ACT_%s",\n  "syscalls": [\n' "$default"
		for entry; do
			names=${entry%%=*}
			read -r rule args <<<"${entry#*=}"
			printf '%s    { "names": ["%s"], "action": "SCMP_ACT_%s"' "$sep" "${names// /\", \"}" "$rule"
			sep=$',\n' comma=
			[[ -z $args ]] || {
				printf ', "args": ['
				while IFS= read -r -d, arg; do
					read -ra words <<<"$arg"
					printf '%s{ "index": %s, "op": "SCMP_CMP_%s", "value": %s%s }' "$comma" "${words[0]}" "${words[1]}" "${words[2]}" \
						"${words[3]:+, \"valueTwo\": ${words[3]}}"
					comma=', '
				done <<<"$args,"
				printf ']'
			}
			printf ' }'
		done
		printf '\n  ] }\n'
	} | file "$name"
}

# asm NAME LINE...: a program.
asm() {
	local name=$1
	shift
	printf '%s\n' "$@" | file "$name"
}

# fires ID FILES WORDS: the check finds something there, and says WORDS (an extended regular
# expression). quiet ID FILES: it finds nothing.
fired=' ' silent=' '
fires() {
	# shellcheck disable=SC2086
	run check --only "$1" $2
	fired+="$1 "
	tr '\n' ' ' <"$tmp/out" | sed 's/  */ /g' >"$tmp/line"
	[[ $status == [01] ]] && ! grep -q 'Sanitizer\|runtime error' "$tmp/err" && grep -qE -- "$3" "$tmp/line" && grep -qF "[$1]" "$tmp/line"
	ok "$1 fires: $3"
}
quiet() {
	# shellcheck disable=SC2086
	run check --only "$1" $2
	silent+="$1 "
	[[ $status == 0 ]] && [[ $(<"$tmp/out") =~ ^'0 errors, 0 warnings, 0 notes' ]] && ! grep -q 'Sanitizer\|runtime error' "$tmp/err"
	ok "$1 is silent where there is no reason"
}

riscv64='	ld [arch]
	jne #AUDIT_ARCH_RISCV64, kill
	ld [nr]'
ends='allow:	ret ALLOW
no:	ret errno(EPERM)
kill:	ret KILL_PROCESS'
asm deny.s "$riscv64" '	jeq #mount, no, allow' "$ends"
asm x86.s '	ld [arch]' '	jeq #AUDIT_ARCH_X86_64, next, kill' '	ld [nr]' '	jeq #59, no, allow' "$ends"
asm anywhere.s '	ld [nr]' '	jeq #59, no, allow' "$ends"
asm passes.s '	ld [arch]' '	jne #AUDIT_ARCH_RISCV64, allow' '	ld [nr]' '	jeq #mount, no, allow' "$ends"
asm two.s '	ld [arch]' '	jeq #AUDIT_ARCH_X86_64, kill' '	jne #AUDIT_ARCH_RISCV64, kill' '	ld [nr]' '	jeq #mount, no, allow' "$ends"
fires arch-other x86.s 'made for x86_64: every call of riscv64 is answered KILL_PROCESS'
quiet arch-other two.s
fires arch-unchecked anywhere.s '59 is pipe2 \(x86_64: execve\)'
quiet arch-unchecked deny.s
fires arch-passes passes.s 'calls of other architectures'
quiet arch-passes deny.s
file passes.profile <<<'seccomp.drop mount,ptrace'
fires arch-passes passes.profile '= add seccomp\.block-secondary'
printf 'seccomp.drop mount,ptrace\nseccomp.block-secondary\n' | file blocks.profile
quiet arch-passes blocks.profile
fires arch-never two.s 'two\.s:2:.*x86_64, which never comes'
quiet arch-never deny.s

needed='read, write, openat, close, fstat, newfstatat, brk, mmap, munmap, mprotect, exit, exit_group, rt_sigreturn, rt_sigaction, restart_syscall, execve'
kafel none.kafel '' KILL_PROCESS
kafel all.kafel 'ALLOW { read }' ALLOW
kafel some.kafel "ALLOW { $needed, clock_gettime, gettimeofday, clock_getres, getcpu, riscv_flush_icache, riscv_hwprobe }" 'ERRNO(1)'
kafel log.kafel "ALLOW { $needed }" LOG
kafel deny.kafel 'ERRNO(1) { mount }' ALLOW
kafel stuck.kafel 'ALLOW { read, execve }' KILL_PROCESS
kafel ends.kafel 'ALLOW { read, execve, exit, clone, rt_sigaction, nanosleep, mmap }' 'ERRNO(1)'
kafel thread.kafel 'ALLOW { exit_group, clone }' KILL
oci names.json ALLOW 'chmod mkdir=ERRNO'
fires allows-nothing none.kafel 'allows no call'
quiet allows-nothing some.kafel
fires refuses-nothing all.kafel 'refuses no call of riscv64'
fires refuses-nothing names.json 'names\.json:3:17: error: .*name what C libraries call on riscv64: fchmodat, mkdirat'
asm empty.s '	ld [arch]' '	jne #AUDIT_ARCH_RISCV64, kill' '	ret ALLOW' 'kill:	ret KILL_PROCESS'
fires refuses-nothing empty.s 'libseccomp leaves out names that riscv64 has not'
quiet refuses-nothing deny.kafel
# What one file makes several filters of is judged as one.
printf '[Service]\nSystemCallFilter=@system-service\nSystemCallFilter=~@resources @aio openat2\nSystemCallArchitectures=native\nRestrictRealtime=yes\nRestrictNamespaces=yes\n' |
	file several.service
fires refuses-nothing several.service 'several\.service:4:[0-9]+: note: refuses no call of riscv64'
quiet sibling-limit several.service # a line takes sched_setattr away
quiet io-uring several.service
quiet stack-adds-nothing several.service
printf '[Service]\nRestrictRealtime=yes\n' | file alone.service
fires sibling-limit alone.service 'sched_setscheduler is refused by its arguments; .*allowed: sched_setattr sched_setparam'
fires only-logs log.kafel 'log\.kafel:4:15: .*only logs'
quiet only-logs some.kafel
fires default-allows deny.kafel 'deny\.kafel:4:15: .*kernels to come'
quiet default-allows some.kafel
fires no-way-out stuck.kafel 'exit_group and exit are answered KILL_PROCESS'
quiet no-way-out some.kafel
fires no-exit-group ends.kafel 'exit_group, .* is answered ERRNO\(EPERM\)'
quiet no-exit-group some.kafel
fires no-thread-exit thread.kafel 'exit is answered KILL_THREAD'
quiet no-thread-exit ends.kafel
oci forks.json ERRNO 'exit_group execve=ALLOW' 'clone=ALLOW 0 MASKED_EQ 65536 0'
quiet no-thread-exit forks.json # its clone makes processes
oci threads.json ERRNO 'exit_group execve=ALLOW' 'clone=ALLOW 0 MASKED_EQ 65536 65536'
fires no-thread-exit threads.json 'exit is answered ERRNO'
fires no-sigreturn ends.kafel 'rt_sigreturn is answered'
quiet no-sigreturn some.kafel
fires no-restart ends.kafel 'nanosleep is allowed, and restart_syscall is answered'
quiet no-restart some.kafel
fires no-execve thread.kafel 'execve is answered KILL_THREAD'
quiet no-execve some.kafel
fires vdso-hides ends.kafel 'clock_gettime gettimeofday clock_getres getcpu: ERRNO'
quiet vdso-hides some.kafel
fires riscv-own ends.kafel 'riscv_hwprobe.*riscv_flush_icache|riscv_flush_icache.*riscv_hwprobe'
quiet riscv-own some.kafel

# answer NAME ANSWER: mount is answered so, all else runs.
answer() { asm "$1" "$riscv64" '	jeq #mount, odd, allow' "$ends" "odd:	ret $2"; }
answer unknown.s '#0x12340000'
answer zero.s 'errno(0)'
answer above.s '#0x00052000'
answer trap.s TRAP
answer trace.s TRACE
answer notify.s USER_NOTIF
answer thread.s KILL_THREAD
answer data.s '#0x7fff0001'
kafel single.kafel "ALLOW { $needed }" KILL
for row in 'unknown-action unknown.s no.action' 'errno-zero zero.s returns.0' 'errno-above-4095 above.s delivered.as.4095' \
	'trap-unhandled trap.s handler' 'trace-alone trace.s tracer' 'notify-alone notify.s no.listener' 'kills-thread thread.s the.others.go.on' \
	'allow-data data.s means.nothing'; do
	read -r id name words <<<"$row"
	fires "$id" "$name" "mount: .*$words|: .*$words"
	quiet "$id" deny.s
done
quiet kills-thread single.kafel

kafel order.kafel 'ALLOW { read },
ERRNO(1) { read { fd == 3 } },
ALLOW { write, write { fd == 1 } },
ALLOW { ioctl { cmd == 1 && cmd == 2 } },
ALLOW { fcntl { cmd >= 0 } },
ALLOW { dup3 { oldfd != 1 || oldfd != 2 } },
KILL_PROCESS { mount }' KILL_PROCESS
kafel clean.kafel 'ALLOW { read { fd == 3 } },
ERRNO(1) { read },
ALLOW { write { fd == 1 }, ioctl { cmd == 1 || cmd == 2 } },
ALLOW { fcntl { cmd >= 1 } },
ALLOW { dup3 { oldfd != 1 && oldfd != 2 } }' KILL_PROCESS
asm dead.s "$riscv64" '	jeq #mount, next, allow' '	jeq #read, next, no' '	ret TRAP' "$ends"
asm idle.s "$riscv64" '	jeq #socket, next, no' '	ld [args[0].lo]' '	jeq #AF_VSOCK, next, allow' '	jeq #AF_ALG, no, allow' "$ends"
asm idle-not.s "$riscv64" '	jeq #socket, next, no' '	ld [args[0].lo]' '	jeq #AF_VSOCK, no' '	jeq #AF_ALG, no, allow' "$ends"
fires idle-comparison idle.s 'arguments are compared and make no difference: socket, always ALLOW'
quiet idle-comparison idle-not.s
fires unreachable-rule order.kafel 'order\.kafel:3:.*answers ERRNO\(EPERM\) to read when .*fd == 3.*put it before order\.kafel:2'
fires duplicate-rule order.kafel 'order\.kafel:4:.*: write'
fires never-true order.kafel 'order\.kafel:5:.*ioctl: .*cmd == .* and .*cmd == .* never holds'
fires always-true order.kafel 'order\.kafel:6:.*fcntl: .*cmd >= .* always holds'
fires either-always order.kafel 'order\.kafel:7:.*dup3 is answered ALLOW whatever its arguments'
fires like-default order.kafel '1 rule answers what the default answers: mount'
fires like-default order.kafel 'order\.kafel:8:.*: mount'
fires dead-return dead.s 'pc 5 \(TRAP\)'
for id in unreachable-rule duplicate-rule never-true always-true either-always like-default; do quiet "$id" clean.kafel; done
quiet dead-return deny.s
oci left.json ERRNO 'clone read=ALLOW' 'clone=ERRNO 0 MASKED_EQ 268435456 268435456' 'mount=ERRNO'
fires unreachable-rule left.json 'left\.json:4:[0-9]+: warning: runtimes leave this rule out, as it answers ERRNO\(EPERM\) to clone as the default does; another rule answers ALLOW'
[[ $(grep -c ': warning: ' "$tmp/out") == 1 ]] && out 'e\.g\. clone\(CLONE_NEWUSER'
ok "... with a call that it is about, and of no other rule"
oci right.json ERRNO 'clone=ALLOW 0 MASKED_EQ 268435456 0' 'clone=ERRNO 0 MASKED_EQ 268435456 268435456'
quiet unreachable-rule right.json
oci taken.json ERRNO 'socket=ALLOW' 'socket=KILL_PROCESS 0 EQ 16'
fires unreachable-rule taken.json 'never reached: .*the order does not count: put the contrary into taken\.json:3'
answers "a call that another rule takes first" 0 show taken.json 'socket(AF_NETLINK)'
out 'taken\.json:4 names socket for KILL_PROCESS: another rule takes the call first'
ok "... is said to be"
oci ne.json ERRNO 'socket=ALLOW 0 NE 40,0 NE 38' 'read=ALLOW'
fires either-always ne.json 'socket is answered ALLOW whatever its arguments: of family != AF_(VSOCK|ALG) and family != AF_(VSOCK|ALG), one always holds'

oci unknown.json ERRNO 'read opnat=ALLOW'
oci absent.json ERRNO 'open openat=ALLOW'
sed 's/"names"/"name_"/' "$tmp/unknown.json" | file form.json
asm numbers.s "$riscv64" '	jeq #350, no' '	jeq #4294957147, no' '	jge #0x40000000, no' '	jeq #mount, no, allow' "$ends"
fires name-unknown unknown.json 'unknown\.json:3:25: .*opnat.*did you mean openat'
quiet name-unknown absent.json
fires name-replaced names.json 'chmod \(fchmodat\), mkdir \(mkdirat\)'
quiet name-replaced absent.json
fires name-absent absent.json 'absent\.json:3:17: note: .*open \(openat\)'
quiet name-absent names.json
fires number-unknown numbers.s 'numbers\.s:4:.*350'
fires number-pseudo numbers.s 'numbers\.s:5:.*4294957147'
fires x32 numbers.s 'numbers\.s:6:'
for id in number-unknown number-pseudo x32 x32-passes; do quiet "$id" deny.s; done
printf 'ld [arch]\njeq #0xc000003e, next, no\nld [nr]\njeq #59, no, next\nret ALLOW\nno: ret ERRNO(1)\n' | file x86.s
fires x32-passes x86.s "on x86_64: refused, and not by x32's number: execve"
fires form form.json 'no such key: name_'
quiet form unknown.json

oci bypass.json ALLOW 'ioctl=ERRNO 1 EQ 21522'
oci mask.json ALLOW 'ioctl=ERRNO 1 MASKED_EQ 4294967295 21522' 'openat=ERRNO 0 MASKED_EQ 4294967295 4294967196' 'read=ERRNO 1 EQ 0'
oci sign.json ERRNO 'openat=ALLOW 0 EQ 4294967196' 'socket=ALLOW 0 EQ 1' 'read=ALLOW 1 EQ 4096' 'write=ALLOW 5 EQ 0' 'getpriority=ALLOW 1 LE 7'
asm half.s "$riscv64" '	jeq #read, next, allow' '	ld [args[2].lo]' '	jgt #4096, no, allow' "$ends"
asm whole.s "$riscv64" '	jeq #read, next, allow' '	ld [args[2].hi]' '	jgt #0, no' '	ld [args[2].lo]' '	jgt #4096, no, allow' "$ends"
asm ip.s "$riscv64" '	ld [ip.hi]' '	jgt #63, no, allow' "$ends"
fires int-upper-half bypass.json 'bypass\.json:3:[0-9]+: error: ioctl: .*cmd.*0x5412 is answered ERRNO\(EPERM\), and 0x[1-9a-f][0-9a-f]*00005412, .*ALLOW.*SCMP_CMP_MASKED_EQ'
quiet int-upper-half mask.json
fires int-sign sign.json 'openat: dfd .*0xffffff9c is answered ALLOW, and 0xffffffffffffff9c, which is how programs pass it, ERRNO'
quiet int-sign mask.json
# As programs pass it, the call runs.
file sign.policy <<<'openat: arg0 == AT_FDCWD'
fires int-sign sign.policy ' note: openat: .*= for both ways to write it: arg0 == 0xffffff9c \|\| arg0 == 0xffffffffffffff9c'
file dirty.policy <<<'prctl: arg0 == PR_SET_NAME'
fires int-dirty dirty.policy '= minijail has no word for the lower 32 bits alone'
printf '[Service]\nRestrictNamespaces=~user\n' | file setns.service
fires int-upper-half setns.service 'setns: .*= systemd makes this comparison; SystemCallFilter=~setns refuses the call'
oci inverted.json ALLOW 'clone=ERRNO 0 MASKED_EQ 268435456 0'
fires flag-inverted inverted.json 'clone runs with CLONE_NEWUSER, and is answered ERRNO\(EPERM\) without.*e\.g\. clone\(CLONE_NEWUSER'
file inverted.policy <<<$'clone: arg0 & CLONE_NEWUSER\nmprotect: arg2 & PROT_EXEC\nread: 1'
fires flag-inverted inverted.policy 'clone runs with CLONE_NEWUSER, .*mprotect runs with PROT_EXEC, and is answered KILL_THREAD without'
oci inverted-all.json ERRNO 'clone=ALLOW 0 MASKED_EQ 2114060288 0,0 NE 0'
quiet flag-inverted inverted-all.json
oci upright.json ALLOW 'clone=ERRNO 0 MASKED_EQ 268435456 268435456'
quiet flag-inverted upright.json
file upright.policy <<<$'clone: arg0 in ~CLONE_NEWUSER\nunshare: arg0 == CLONE_NEWUSER'
quiet flag-inverted upright.policy
asm sign.s 'ld [nr]' 'jeq #openat, next, allow' 'ld [args[0].hi]' 'jeq #0, next, kill' 'ld [args[0].lo]' 'jeq #0xffffff9c, allow' 'kill: ret KILL_PROCESS' \
	'allow: ret ALLOW'
fires int-sign sign.s ' warning: openat: .*= look at the lower 32 bits alone: ld \[args\[0\]\.lo\]'
fires int-dirty sign.json 'socket: .*family'
quiet int-dirty mask.json
fires lower-half half.s 'read: count has 64 bits'
quiet lower-half whole.s
fires pointer sign.json 'read: buf is a pointer'
quiet pointer mask.json
asm every.s '	ld [arch]' '	jne #AUDIT_ARCH_RISCV64, kill' '	ld [args[1].lo]' '	jeq #TIOCSTI, no, allow' "$ends"
fires number-unchecked every.s 'looks at arguments of calls whose number it does not know: (ERRNO\(EPERM\) or ALLOW|ALLOW or ERRNO\(EPERM\))'
[[ $(grep -c '\[pointer\]\|\[argument-beyond\]' "$tmp/out") == 0 ]]
ok "... and not each call"
quiet number-unchecked deny.s
fires argument-beyond sign.json 'write has 3 arguments, and the policy looks at args\[5\]'
quiet argument-beyond mask.json
fires signed-order sign.json 'getpriority: who <= 7'
quiet signed-order mask.json
fires instruction-pointer ip.s 'instruction pointer'
quiet instruction-pointer deny.s

# Of each row: the check, what is refused, what its kin is.
while IFS=: read -r id call kin; do
	kafel pair.kafel "ERRNO(1) { $call }" ALLOW
	fires "$id" pair.kafel "$call is answered ERRNO\\(EPERM\\); what .*, too, is allowed: .*${kin%%,*}"
	kafel pair.kafel "ERRNO(1) { $call, $kin }" ALLOW
	quiet "$id" pair.kafel
done <<'END'
sibling-open:openat:openat2, open_by_handle_at, open_tree
sibling-exec:execve:execveat
sibling-exec:execveat:execve
sibling-clone:clone:clone3
sibling-read:read:readv, pread64, preadv, preadv2
sibling-write:write:writev, pwrite64, pwritev, pwritev2, sendfile, splice
sibling-send:sendto:sendmsg, sendmmsg
sibling-send:connect:sendto, sendmsg, sendmmsg
sibling-signal:kill:tkill, tgkill, rt_sigqueueinfo, rt_tgsigqueueinfo, pidfd_send_signal
sibling-file:fchmodat:fchmodat2, fchmod
sibling-file:setxattr:lsetxattr, fsetxattr, setxattrat
sibling-mount:mount:move_mount, fsmount, open_tree, open_tree_attr, mount_setattr
sibling-memory:mprotect:pkey_mprotect
sibling-id:setuid:setreuid, setresuid
sibling-ptrace:ptrace:process_vm_readv, process_vm_writev, pidfd_getfd
sibling-module:init_module:finit_module
sibling-limit:sched_setscheduler:sched_setattr, sched_setparam
END
kafel newer.kafel 'ERRNO(38) { execveat }' ALLOW
quiet sibling-exec newer.kafel
kafel unlisted.kafel 'ALLOW { readv, sendmsg, exit_group }' KILL_PROCESS
quiet sibling-read unlisted.kafel
quiet sibling-send unlisted.kafel
oci flags.json ALLOW 'clone=ERRNO 0 MASKED_EQ 268435456 268435456'
fires sibling-clone flags.json 'clone is refused by its arguments.*allowed: clone3'

kafel sleeps.kafel 'ALLOW { nanosleep }' KILL_PROCESS
fires libc-instead sleeps.kafel 'nanosleep is allowed, and nanosleep\(\) of C libraries calls clock_nanosleep: KILL_PROCESS'
kafel sleeps.kafel 'ALLOW { nanosleep, clock_nanosleep }' KILL_PROCESS
quiet libc-instead sleeps.kafel
kafel sleeps.kafel 'ERRNO(1) { semop }' ALLOW
fires libc-instead sleeps.kafel 'semop\(\) of C libraries calls semtimedop, which is allowed'

kafel ring.kafel 'ALLOW { read, io_uring_setup, io_uring_enter }' 'ERRNO(1)'
fires io-uring ring.kafel 'openat'
quiet io-uring some.kafel
while IFS=: read -r id calls; do
	kafel reach.kafel "ALLOW { read, $calls }" 'ERRNO(1)'
	fires "$id" reach.kafel "allows ${calls//,/}"
	quiet "$id" some.kafel
done <<'END'
reach-processes:ptrace, process_vm_readv
reach-kernel-code:init_module, kexec_load
reach-kernel-parts:bpf, userfaultfd
reach-mounts:mount, pivot_root
reach-namespaces:unshare, setns
reach-handles:open_by_handle_at
reach-machine:reboot, clock_settime
END

kafel fall.kafel 'ALLOW { read, clone, faccessat, exit_group }, ERRNO(38) { faccessat2 }' 'ERRNO(1)'
kafel fall-kill.kafel 'ALLOW { read, clone, exit_group }' KILL_PROCESS
kafel fall-good.kafel 'ALLOW { read, clone, exit_group }, ERRNO(38) { clone3 }' 'ERRNO(1)'
fires fallback-errno fall.kafel 'clone3: ERRNO\(EPERM\), and .*write ERRNO\(38\) \{ clone3 \}'
quiet fallback-errno fall-good.kafel
printf 'SystemCallFilter=~clone3\nSystemCallErrorNumber=EPERM\n' | file fall.service
fires fallback-errno fall.service 'clone3: ERRNO\(EPERM\), and .*add SystemCallFilter=~clone3:ENOSYS'
printf 'SystemCallFilter=@basic-io faccessat\nSystemCallErrorNumber=EPERM\n' | file fall-allow.service
fires fallback-errno fall-allow.service 'faccessat2: ERRNO\(EPERM\), and .*allow execveat faccessat2, or write SystemCallErrorNumber=ENOSYS'
kafel fall-none.kafel 'ALLOW { read, exit_group }' 'ERRNO(1)'
quiet fallback-errno fall-none.kafel
fires fallback-killed fall-kill.kafel 'clone3: KILL_PROCESS'
quiet fallback-killed fall-good.kafel
oci old.json ALLOW 'clone3=ERRNO'
fires fallback-errno old.json 'old\.json:3:17: warning: clone3: ERRNO\(EPERM\).*"names": \["clone3"\], "action": "SCMP_ACT_ERRNO", "errnoRet": 38'

# ---- what programs and libraries need ----

# Starts, as libc.def has them: what is enough for each kind of program, and one call less.
common='execve, exit_group'
static="$common, brk, set_tid_address, set_robust_list, prlimit64, readlinkat, mprotect, getrandom"
dynamic="$common, brk, set_tid_address, set_robust_list, prlimit64, mprotect, getrandom, faccessat, openat, read, newfstatat, mmap, close"
musl="$common, set_tid_address, brk, mmap, mprotect"
go="$common, sched_getaffinity, openat, mmap, munmap, rt_sigprocmask, rt_sigaction, sigaltstack, fcntl, gettid, clone, futex, nanosleep"
while IFS=: read -r id calls less says; do
	kafel start.kafel "ALLOW { $calls }" KILL_PROCESS
	quiet "$id" start.kafel
	kafel start.kafel "ALLOW { ${calls/, $less/} }" KILL_PROCESS
	fires "$id" start.kafel "start\.kafel:4:15: .*kills the start of $says programs: .*$less"
done <<ROWS
start-glibc-static:$static:readlinkat:static glibc
start-glibc:$dynamic:faccessat:dynamic glibc
start-musl-static:$musl:set_tid_address:static musl
start-musl:$musl:brk:dynamic musl
start-go:$go:gettid:Go
ROWS
kafel errno.kafel "ALLOW { ${dynamic/, brk/} }" 'ERRNO(1)'
quiet start-glibc errno.kafel
kafel errno.kafel "ALLOW { ${dynamic/, mprotect/} }" 'ERRNO(1)'
fires start-glibc errno.kafel 'stops the start of dynamic glibc programs, which must work: mprotect: ERRNO\(EPERM\)'
kafel enosys.kafel "ALLOW { ${musl/, mprotect/} }" 'ERRNO(38)'
quiet start-musl enosys.kafel
kafel noexec.kafel "ALLOW { ${dynamic/mmap/mmap { prot <= 3 \}} }" KILL_PROCESS
fires start-glibc noexec.kafel 'kills the start of dynamic glibc programs: mmap'

# elf NAME MACHINE [TYPE HEX]...: an ELF file with these segments and nothing else; MACHINE and
# TYPE as two and four bytes in hexadecimal.
elf() {
	local name=$1 machine=$2 headers='' contents='' offset n
	shift 2
	n=$(($# / 2))
	offset=$((64 + 56 * n))
	le() { printf '%016x' "$1" | sed 's/\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)\(..\)/\8\7\6\5\4\3\2\1/'; }
	while (($# > 0)); do
		headers+="$1"04000000$(le $offset)$(le 0)$(le 0)$(le $((${#2} / 2)))$(le $((${#2} / 2)))$(le 4)
		contents+=$2
		offset=$((offset + ${#2} / 2))
		shift 2
	done
	printf %s "7f454c46020101000000000000000000" "0200${machine}01000000" "$(le 0)$(le 64)$(le 0)" 00000000 40003800 "$(printf %02x "$n")00" \
		400000000000 "$headers" "$contents" | xxd -r -p >"$tmp/$name"
}
interp() { printf '%s\0' "$1" | xxd -p | tr -d '\n'; }
elf static-glibc f300 04000000 040000001000000001000000474e550000000000040000000f00000000000000
elf dynamic-glibc f300 03000000 "$(interp /lib/ld-linux-riscv64-lp64d.so.1)"
elf dynamic-musl f300 03000000 "$(interp /lib/ld-musl-riscv64.so.1)"
elf unknown f300
elf foreign 3e00
kafel nothing.kafel 'ALLOW { execve }' KILL_PROCESS
fires start-glibc-static 'nothing.kafel static-glibc' 'nothing\.kafel:4:15: error: kills the start of static-glibc \(static, glibc\): brk'
fires start-glibc 'nothing.kafel dynamic-glibc' 'error: kills the start of dynamic-glibc \(dynamic, glibc\)'
fires start-musl 'nothing.kafel dynamic-musl' 'error: kills the start of dynamic-musl \(dynamic, musl\)'
fires start-musl-static 'nothing.kafel unknown' 'warning: kills the start of unknown \(static, musl or none\): set_tid_address'
answers "a program for another machine" 2 check nothing.kafel foreign
err 'foreign: a program for another machine'
ok "... is said"

kafel prints.kafel "ALLOW { $common, write }" KILL_PROCESS
fires stdio-terminal prints.kafel 'prints\.kafel:4:15: .*ioctl\(1, TCGETS\): KILL_PROCESS'
kafel prints.kafel "ALLOW { $common, write }" 'ERRNO(1)'
quiet stdio-terminal prints.kafel
printf '.globl _start, seccomp_load\n_start: seccomp_load: j _start\n' | riscv64-unknown-elf-gcc -x assembler -nostdlib -o "$tmp/installer" -
fires installs-itself 'nothing.kafel installer' 'installer installs a filter of its own'
kafel installs.kafel 'ALLOW { execve, set_tid_address, exit_group, prctl { option == 22 } }' KILL_PROCESS
quiet installs-itself 'installs.kafel installer'

kafel old.kafel "ALLOW { $dynamic, clone, fchmodat }" KILL_PROCESS
fires breaks-from 'old.kafel dynamic-glibc' 'from glibc 2\.39 on, fstat is called for fstat'
for words in 'rseq:2.41' 'clone3:2.38' 'fchmodat2:2.39' 'faccessat2:2.33'; do
	fires breaks-from '--target glibc-2.30..2.42 old.kafel' "from glibc ${words#*:} on, ${words%:*} is called"
done
fires breaks-from '--target glibc-2.36..2.41 old.kafel' 'from glibc 2\.41 on, rseq'
quiet breaks-from '--target glibc-2.36 old.kafel'
fires start-glibc '--target glibc-2.41 old.kafel' 'kills the start of dynamic glibc programs: rseq fstat'
kafel new.kafel "ALLOW { ${dynamic/newfstatat/fstat}, rseq }" KILL_PROCESS
quiet start-glibc '--target glibc-2.41 new.kafel'
fires start-glibc '--target glibc-2.36 new.kafel' 'kills the start of dynamic glibc programs: newfstatat'
kafel enosys.kafel "ALLOW { $dynamic, fstat, clone, fchmodat }" 'ERRNO(38)'
quiet breaks-from enosys.kafel

kafel since.kafel 'ALLOW { read, fchmodat2, mseal }' 'ERRNO(1)'
fires target-lacks '--target linux-6.1..6.6 since.kafel' 'since\.kafel:2:15: note: .*: fchmodat2 \(6\.6\) mseal \(6\.10\)'
quiet target-lacks '--target linux-6.10 since.kafel'
fires target-new '--target linux-6.1..6.5 since.kafel' 'since\.kafel:4:15: .*answered ERRNO\(EPERM\): riscv_hwprobe \(6\.4\) cachestat \(6\.5\) \[target-new'
quiet target-new '--target linux-6.1 since.kafel'
kafel since-good.kafel 'ALLOW { read }' 'ERRNO(38)'
quiet target-new '--target linux-7.0 since-good.kafel'
kafel prctl.kafel 'ALLOW { read, prctl { option == 15 } }' 'ERRNO(1)'
fires form '--target linux-7.9 since.kafel' '--target: linux-7\.9 is newer than any Linux whose calls are known here'
quiet form '--target linux-7.0 since-good.kafel'
fires target-prctl '--target linux-7.0 prctl.kafel' 'shadow stacks and landing pads'
quiet target-prctl '--target linux-6.12 prctl.kafel'
for words in linux glibc-x linux-7.0..6.1 freebsd-14 'linux-6.1,glibc-2.41x'; do
	answers "--target $words is refused" 2 check --target "$words" since.kafel
	err '--target: .* is no version of linux, glibc, musl or go'
	ok "... and said why"
done

kafel wide.kafel 'ALLOW { read, write, openat }' KILL_PROCESS
kafel narrow.kafel 'ALLOW { read, write }' KILL_PROCESS
kafel ask.kafel 'USER_NOTIF { mount }' ALLOW
kafel ask2.kafel 'USER_NOTIF { chroot }' ALLOW
{
	for _ in {1..4095}; do echo '	ld [nr]'; done
	echo '	ret ALLOW'
} | file long.s
fires stack-adds-nothing 'narrow.kafel wide.kafel' 'wide\.kafel:2:22: warning: openat is allowed here, and narrow\.kafel answers KILL_PROCESS'
quiet stack-adds-nothing 'narrow.kafel narrow.kafel'
fires stack-listeners 'ask.kafel ask2.kafel' 'ask2\.kafel:2:14: error: needs a listener, as ask\.kafel'
quiet stack-listeners 'ask.kafel deny.kafel'
fires stack-twice 'narrow.kafel narrow.kafel' 'answers every call as narrow\.kafel'
quiet stack-twice 'narrow.kafel wide.kafel'
fires budget 'long.s long.s long.s long.s long.s' '5 filters use [0-9]+ of the 32768'
quiet budget 'long.s long.s'

# ---- the catalogue, and what is told for programs ----

answers "the catalogue is listed" 0 check --list
[[ $(grep -c '^[a-z]' "$tmp/out") -ge 30 ]]
ok "... and has at least 30 checks"
missing=
while read -r id _; do
	[[ $fired == *" $id "* && $silent == *" $id "* ]] || missing+="$id "
done < <(grep '^[a-z]' "$tmp/out")
[[ -z $missing ]] || echo "# untested: $missing"
[[ -z $missing ]]
ok "... each of which was seen to fire and to be silent"

answers "an error is status 1" 1 check names.json
answers "notes alone are status 0" 0 check --only name-absent absent.json
answers "--skip leaves a check out" 0 check --skip default-allows,name-replaced,refuses-nothing names.json
answers "no such check" 2 check --only such names.json
err '--only: no such check: such'
ok "... is said"
answers "no policy" 2 check
answers "a policy that cannot be read" 2 check broken.json
run check names.json
awk 'length > 80 { bad = 1 } END { exit bad }' "$tmp/out"
ok "lines are at most 80 columns"

answers "as JSON" 1 check --json names.json
jq -e '.errors == 1 and .warnings == 1 and .undecided == false and
	(.findings[] | select(.id == "refuses-nothing") | .severity == "error" and .file == "names.json" and .line == 3 and .column == 17 and
	(.text | length > 0) and (.why | length > 0) and (.todo | contains("fchmodat")))' "$tmp/out" >/dev/null
ok "... with place, why and what to do"
jq -e '.findings | length == 0' <(cd "$tmp" && "$portcullis" check --json --only x32 deny.s) >/dev/null
ok "... also of nothing"
answers "as SARIF" 1 check --sarif names.json deny.s
jq -e '.version == "2.1.0" and (.["$schema"] | contains("sarif")) and (.runs | length == 1) and (.runs[0] |
	.tool.driver.name == "portcullis" and
	(.tool.driver.rules | length >= 30 and all(.id and .shortDescription.text and .fullDescription.text and .help.text and
		(.defaultConfiguration.level | IN("error", "warning", "note"))) and (map(.id) | unique | length) == length) and
	(.tool.driver.rules as $rules | .results | length > 0 and all(
		.ruleId == $rules[.ruleIndex].id and (.level | IN("error", "warning", "note")) and (.message.text | length > 0) and
		(.locations | length == 1) and (.locations[0].physicalLocation |
			(.artifactLocation.uri | length > 0) and .region.startLine >= 1 and .region.startColumn >= 1))) and
	any(.results[]; .ruleId == "refuses-nothing" and .locations[0].physicalLocation == {"artifactLocation": {"uri": "names.json"},
		"region": {"startLine": 3, "startColumn": 17}}))' "$tmp/out" >/dev/null
ok "... as GitHub takes it"
printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "comment": "Gr\303\266\303\237e\360\237\230\200", "names": ["chmod"], "action": "SCMP_ACT_ERRNO" } ] }\n' | file utf.json
answers "columns of SARIF" 1 check --sarif --only=name-replaced utf.json
jq -e '.runs[0] | .columnKind == "unicodeCodePoints" and .results[0].locations[0].physicalLocation.region.startColumn == 85' "$tmp/out" >/dev/null
ok "... count characters, as it says"
cp "$tmp/names.json" "$tmp/a name%.json"
answers "as SARIF, of a file with a blank in its name" 1 check --sarif 'a name%.json'
jq -e 'all(.runs[0].results[]; .locations[0].physicalLocation.artifactLocation.uri == "a%20name%25.json")' "$tmp/out" >/dev/null
ok "... whose name is a URI"
