# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# lists.sh - the policies of minijail, kafel and firejail, and bare lists
# of names. Sourced by policy.t.
#
# What they mean is written down as assembler text and compared over numbers and arguments, and by
# z3; minijail's compiler, kafel and seccompiler were asked the same of generated policies by hand:
# policy/README.md tells what came of it.

builds compare "$top/tests/policy/readers/compare.c"
ok "the comparison is built"

# means POLICY [OPTION]: is the policy the file NAME what the program on standard input answers?
means() {
	cat >"$tmp/meant.s"
	"$portcullis" disasm --text "$tmp/meant.s" >/dev/null 2>"$tmp/err" &&
		"$tmp/compare" "$tmp/$1" "$tmp/meant.s" "${@:2}" >"$tmp/out" 2>"$tmp/err"
	ok "$1 means what it says"
	if (($# == 1)); then
		answers "... for every call, says z3" 0 diff "$1" meant.s
		answers "... and it becomes a filter that is proved" 0 convert --to raw -o raw.bpf "$1"
	fi
}

# rejects NAME PLACE MESSAGE HINT FORM: the file NAME (standard input) is refused there.
rejects_list() {
	cat >"$tmp/$1"
	answers "$1 is refused" 2 disasm --from "$5" "$1"
	err "^$1:$2: error: .*$3" && err "$4"
	ok "... at $2: $3"
}

# ---- minijail ----

file jail.policy <<'END'
# what a program may do
@default kill-process
read: 1
{ write, pwrite64 }: allow
close: kill
clone: arg0 & CLONE_NEWUSER|CLONE_NEWNET; return EPERM
ioctl: arg1 == TCGETS || arg1 == FIONREAD && \
	arg0 != 1
mmap: arg2 in ~PROT_EXEC; allow
prctl: {arg0 == PR_SET_NAME; allow, arg0 > 0x100000000; trap, return ENOSYS}
ptrace[arch=x86_64]: allow
END
means jail.policy <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, thread
	ld [nr]
	jeq #read, allow, next
	jeq #write, allow, next
	jeq #pwrite64, allow, next
	jeq #close, thread, next
	jeq #clone, clone, next
	jeq #ioctl, ioctl, next
	jeq #mmap, mmap, next
	jeq #prctl, prctl, kill
clone:	ld [args[0].lo]
	jset #CLONE_NEWUSER|CLONE_NEWNET, eperm, kill
ioctl:	ld [args[1].hi]
	jeq #0, next, kill
	ld [args[1].lo]
	jeq #TCGETS, allow, next
	jeq #FIONREAD, next, kill
	ld [args[0].hi]
	jeq #0, next, allow
	ld [args[0].lo]
	jeq #1, kill, allow
mmap:	ld [args[2].lo]
	jset #PROT_EXEC, kill, allow
prctl:	ld [args[0].hi]
	jeq #0, small, next
	jgt #1, trap, next
	ld [args[0].lo]
	jeq #0, enosys, trap
small:	ld [args[0].lo]
	jeq #PR_SET_NAME, allow, enosys
allow:	ret ALLOW
kill:	ret KILL_PROCESS
thread:	ret KILL_THREAD
trap:	ret TRAP
eperm:	ret ERRNO(EPERM)
enosys:	ret ERRNO(ENOSYS)
END
file more.policy <<<'@include ./jail.policy'
printf 'openat: 1\n' >>"$tmp/more.policy"
answers "a policy that includes another is read" 0 disasm more.policy
file plain.policy <<<'read: arg0 == 0'
means plain.policy <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #read, next, kill
	ld [args[0].hi]
	jeq #0, next, kill
	ld [args[0].lo]
	jeq #0, next, kill
	ret ALLOW
kill:	ret KILL_THREAD
END
file deny.policy <<'END'
@denylist
mount: return EPERM
socket: arg0 == AF_VSOCK; return EAFNOSUPPORT
END
means deny.policy <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, eperm
	ld [nr]
	jeq #mount, eperm, next
	jeq #socket, next, allow
	ld [args[0].hi]
	jeq #0, next, allow
	ld [args[0].lo]
	jeq #AF_VSOCK, family, allow
eperm:	ret ERRNO(EPERM)
family:	ret ERRNO(EAFNOSUPPORT)
allow:	ret ALLOW
END
file both.policy <<<'ioctl: {arg1 == TIOCSTI; return EPERM, allow}'
answers "a call that ends in allow is read" 0 disasm both.policy
err '^both\.policy:1:9: warning: .*always allowed'
ok "... and it is said what minijail makes of it"

file seccomp.policy <<<'seccomp[arch=riscv64]: user-notify'
answers "a policy that begins with seccomp is minijail's" 0 disasm seccomp.policy

rejects_list name.policy 1:1 'there is no call of that name: raed' 'did you mean read' minijail <<<'raed: 1'
rejects_list action.policy 1:7 'no such action' 'return EPERM' minijail <<<'read: perhaps'
rejects_list arg.policy 1:7 'no argument of a call' 'arg5' minijail <<<'read: arg6 == 1'
rejects_list op.policy 1:12 'no operator' '&' minijail <<<'read: arg0 = 1'
rejects_list mask.policy 1:17 'no comparison follows a mask' 'arg0 in ~MASK' minijail <<<'read: arg0 & 03 == 0'
rejects_list value.policy 1:15 'no such constant: O_RDONYL' 'O_RDONLY' minijail <<<'read: arg0 == O_RDONYL'
rejects_list brace.policy 1:9 'missing here' '}|' minijail <<<'read: {1'
rejects_list twice.policy 2:7 'already has an action' 'drop' minijail <<<$'read: 1\nread: kill'
rejects_list default.policy 1:10 'no default that allows' 'trap' minijail <<<'@default allow'
rejects_list include.policy 1:10 'cannot include .*none.policy' 'folder' minijail <<<'@include ./none.policy'
rejects_list extra.policy 1:9 'more than the line' 'line' minijail <<<'read: 1 write: 1'
file loop.policy <<<'@include ./loop.policy'
answers "a policy that includes itself is refused" 2 disasm --from minijail loop.policy
err 'is being read already'
ok "... and it is said why"

file parsers.policy <<<'read: arg0 == 0; return EBADF'
answers "a line that minijail's two parsers take for the opposite" 0 disasm parsers.policy
err '^parsers\.policy:1:7: warning: the errno is for calls that fit.*minijail0 takes the same line for: allowed' && err '= for that, write \{EXPRESSION; allow, return ERRNO\}'
ok "... is told"
file parsers.policy <<<'read: {arg0 == 0; allow, return EBADF}'
answers "... and in braces" 0 disasm parsers.policy
! err minijail0
ok "... it is one"

# ---- kafel ----

file jail.kafel <<'END'
// of nsjail's kind
#define PROT_EXEC 4
#define AT_FDCWD 0xffffffffffffff9c
POLICY sample {
	ALLOW { read, write, openat { dfd == 0xffffff9c }, SYSCALL[172] },
	ERRNO(1) { mount, mmap { (prot & PROT_EXEC) != 0 || len > 0x100000000 } }
}
POLICY never { KILL_PROCESS { ptrace ON amd64, personality ON { amd64, riscv64 } } }
USE sample, /* the first filter
that matches */ USE never, LOG { mmap, clone { !(clone_flags & 0x7e020000 == 0) }, faccessat { dfd == AT_FDCWD, mode < 2 } }
DEFAULT TRAP(7)
END
means jail.kafel <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #read, allow, next
	jeq #write, allow, next
	jeq #getpid, allow, next
	jeq #openat, open, next
	jeq #mount, eperm, next
	jeq #mmap, mmap, next
	jeq #personality, process, next
	jeq #clone, clone, next
	jeq #faccessat, access, trap
open:	ld [args[0].lo]
	jeq #0xffffff9c, allow, trap
mmap:	ld [args[2].lo]
	jset #4, eperm, next
	ld [args[1].hi]
	jgt #1, eperm, next
	jeq #1, next, log
	ld [args[1].lo]
	jeq #0, log, eperm
clone:	ld [args[0].lo]
	jset #0x7e020000, log, trap
access:	ld [args[0].lo]
	jeq #0xffffff9c, next, mode
	ld [args[0].hi]
	jeq #0xffffffff, log, mode
mode:	ld [args[2].lo]
	jge #2, trap, log
allow:	ret ALLOW
eperm:	ret ERRNO(1)
log:	ret LOG
trap:	ret TRAP(7)
process: ret KILL_PROCESS
kill:	ret KILL_THREAD
END
file inner.kafel <<<'POLICY inner { ALLOW { read } }'
printf '#include "inner.kafel"\nUSE inner DEFAULT KILL' >"$tmp/outer.kafel"
answers "a policy that includes another is read" 0 disasm outer.kafel
file two.kafel <<<'POLICY two { ALLOW { write } }'
printf '#include "inner.kafel" "two.kafel"; USE inner, USE two DEFAULT KILL' | file several.kafel
answers "one line may include several" 0 show several.kafel read write
file newstat.kafel <<<'ALLOW { newstat, newlstat, read } DEFAULT KILL'
answers "kafel's own names of calls that riscv64 has not are no errors" 0 show newstat.kafel
err 'riscv64 has no such calls, .*: stat \(newfstatat\), lstat \(newfstatat\)$'
ok "... and told by Linux's"
file unused.kafel <<<'POLICY a { ALLOW { read } } DEFAULT KILL'
answers "a policy that is not used is read" 0 disasm unused.kafel
err 'warning: no policy is used' && err 'USE a'
ok "... and it is said that it is not"
file old.kafel <<<'ALLOW { read, open { flags == 0 }, dup2 } DEFAULT KILL'
answers "calls that riscv64 has not are no errors" 0 disasm old.kafel

rejects_list name.kafel 1:9 'there is no call of that name: raed' 'did you mean read' kafel <<<'ALLOW { raed }'
rejects_list sign.kafel 1:20 'no word of kafel' '== compares' kafel <<<'ALLOW { write { fd = 1 } }'
rejects_list arg.kafel 1:16 'read has no argument prot' 'fd, buf, count' kafel <<<'ALLOW { read { prot == 1 } }'
rejects_list constant.kafel 1:24 'knows no constants' '#define PROT_EXEC 0x4' kafel <<<'ALLOW { mmap { prot == PROT_EXEC } }'
rejects_list two.kafel 1:16 'an argument with an argument' 'compare with numbers' kafel <<<'ALLOW { dup3 { oldfd == newfd } }'
rejects_list use.kafel 1:5 'no policy of that name' 'above' kafel <<<'USE x'
rejects_list action.kafel 1:1 'no action of kafel' 'ERRNO\(n\)' kafel <<<'PERMIT { read }'
rejects_list errno.kafel 1:7 'a number of 0 to 65535' 'EPERM is 1' kafel <<<'ERRNO(EPERM) { mount }'
rejects_list default.kafel 1:14 'a DEFAULT already' 'drop' kafel <<<'DEFAULT KILL DEFAULT LOG'
rejects_list define.kafel 2:11 'A was 1 before' '' kafel <<<$'#define A 1\n#define A 2\nALLOW { read }'
rejects_list comment.kafel 1:9 'the comment does not end' '\*/' kafel <<<'ALLOW { /* read }'
rejects_list brace.kafel 2:1 'missing here' 'comma' kafel <<<'ALLOW { read'
rejects_list compare.kafel 1:20 'a comparison is missing' '==' kafel <<<'ALLOW { read { fd  } }'

# ---- firejail, and bare names ----

file app.profile <<'END'
# a profile
seccomp-error-action EACCES
seccomp.keep read,write,!close,@clock,openat:ENOENT
END
means app.profile <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, allow
	ld [nr]
	jeq #close, deny, next
	jeq #execve, allow, next
	jeq #execveat, allow, next
	jeq #prctl, allow, next
	jeq #read, allow, next
	jeq #write, allow, next
	jeq #adjtimex, allow, next
	jeq #clock_adjtime, allow, next
	jeq #clock_settime, allow, next
	jeq #openat, enoent, deny
deny:	ret ERRNO(EACCES)
enoent:	ret ERRNO(ENOENT)
allow:	ret ALLOW
END
file option <<<'firejail --seccomp.drop=mount,ptrace,!getpid,chroot:kill app'
means option <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, allow
	ld [nr]
	jeq #mount, eperm, next
	jeq #ptrace, eperm, next
	jeq #chroot, kill, allow
eperm:	ret ERRNO(EPERM)
kill:	ret KILL_THREAD
allow:	ret ALLOW
END
file zero <<<'seccomp.drop !io_setup,read'
means zero <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, allow
	ld [nr]
	jeq #io_setup, no, next
	jeq #read, no, allow
no:	ret ERRNO(EPERM)
allow:	ret ALLOW
END
file alone <<<'@clock,!clock_settime,mkdir,unlinkat:ENOENT'
file option <<<'--seccomp=@clock,!clock_settime,mkdir,unlinkat:ENOENT'
answers "a list of firejail's alone is that of its option" 0 diff -q alone option
answers "... and what it excepts is allowed" 0 show -q alone 'clock_settime(0)'
answers "... but not names alone: allowed or denied?" 2 show - <<<'read,write'
answers "... nor what names no call" 2 show - <<<'@clock,frobnicate'
file others.profile <<'END'
seccomp
memory-deny-write-execute
  protocol unix,inet
restrict-namespaces user
END
answers "what makes other filters of firejail's" 0 show others.profile
err '^others.profile:2:1: warning: memory-deny.*not made here' && err '^others.profile:3:3: warning: protocol makes' && err '^others.profile:4:1: warning'
ok "... is told"
rejects_list group.profile 1:14 'no group @clocks' 'debug-syscalls' firejail <<<'seccomp.drop @clocks,read'
rejects_list empty.profile 1:1 'its list is missing' 'seccomp.drop LIST' firejail <<<'seccomp.drop'

file names <<'END'
read
write, exit_group # and nothing else
END
answers "a bare list of names is refused" 2 disasm names
err 'whether they are allowed or denied' && err 'from deny-list'
ok "... and it is asked which it is"
sed 's/^/SYS_/; s/, /,__NR_/' "$tmp/names" >"$tmp/c-names"
answers "C's names of numbers are names" 0 diff -q --from=allow-list names c-names
means names from=allow-list <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #read, allow, next
	jeq #write, allow, next
	jeq #exit_group, allow, kill
kill:	ret KILL_PROCESS
allow:	ret ALLOW
END
means names from=deny-list <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_RISCV64, next, kill
	ld [nr]
	jeq #read, eperm, next
	jeq #write, eperm, next
	jeq #exit_group, eperm, allow
kill:	ret KILL_PROCESS
eperm:	ret ERRNO(EPERM)
allow:	ret ALLOW
END

# ---- names of functions, where calls are wanted ----
printf 'POLICY p { ALLOW { read, usleep } } USE p DEFAULT KILL\n' | file function.kafel
answers "a C library's function is no call" 2 show function.kafel
err '^function\.kafel:1:26: error: there is no call of that name: usleep$' && err '= usleep\(\) of C libraries makes other calls: write clock_nanosleep$'
ok "... and it is said which call it makes"
printf '[Service]\nSystemCallFilter=read pthread_create\n' | file function.service
answers "... in a list that leaves out what it does not know, too" 0 show function.service
err 'pthread_create\(\) of C libraries makes other calls: write clone3, or clone'
ok "... it is said"
strange=''
while read -r name calls; do
	run names "$name"
	out 'no such call or constant' || strange+=" $name"
	for call in $calls; do
		[[ $call =~ ^(and|or|where|that|fails|with|ENOSYS)$ ]] && continue
		run names "$call"
		out "^ *[0-9]+ $call\(" || strange+=" $call"
	done
done < <(sed -n 's/^FUNCTION(\(.*\), "\(.*\)")$/\1 \2/p' "$top/policy/functions.def" | tr -d ,)
[[ -z $strange ]]
ok "no function of the table is a call, and what it is said to call is one$strange"
