# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# foreign.sh - filters that are made for another machine: their calls have its names, and what is
# wrong with them there is told. Sourced by policy.t.

# x86's tables, where the build machine has its headers.
for word in 'X86_64 x86_64 64' 'I386 i386 32'; do
	read -r macro table bits <<<"$word"
	header=/usr/include/x86_64-linux-gnu/asm/unistd_$bits.h
	if [[ -e $header ]]; then
		sed -n 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/\2 \1/p' "$header" | awk '$1 < 424' | sort -n >"$tmp/theirs"
		sed -n "s/^$macro(\([0-9]*\), \([a-z0-9_]*\))$/\1 \2/p" "$top/policy/$table.def" | sort -n >"$tmp/ours"
		# A header may be older than two calls that came late.
		[[ $(wc -l <"$tmp/theirs") -gt 300 ]] && diff "$tmp/theirs" "$tmp/ours" | grep '^[<>]' | grep -vxE '> (335 uretprobe|336 uprobe)' >"$tmp/out"
		[[ ! -s $tmp/out ]]
		ok "the calls of $table are those of the build machine's header"
	else
		skip "the calls of $table are those of the build machine's header" "no header"
	fi
done

# On x86-64 59 is execve, 2 open, 16 ioctl; on riscv64 pipe2, io_submit, fremovexattr.
file old.s <<'END'
	ld [arch]
	jeq #0xc000003e, next, other
	ld [nr]
	jeq #59, no, next
	jeq #2, no, next
	jeq #16, next, yes
	ld [args[1].lo]
	jeq #0x5412, no, yes
yes:	ret ALLOW
no:	ret ERRNO(1)
other:	ret KILL_PROCESS
END
"$portcullis" asm "$tmp/old.s" -o "$tmp/old.bpf" 2>"$tmp/err"
answers "the instructions of a dump for x86-64" 0 disasm old.bpf
out '^ *1: jeq #0xc000003e, .* ; x86_64$' && out '^ *3: jeq #0x3b, .* ; execve$' && out '^ *4: jeq #0x2, .* ; open$'
ok "... have the names of its calls"
answers "... as text" 0 disasm --text old.bpf
out 'jeq #0x3b, .* ; execve$' && cp "$tmp/out" "$tmp/again.s" && "$portcullis" asm "$tmp/again.s" -o "$tmp/again.bpf" && cmp "$tmp/old.bpf" "$tmp/again.bpf"
ok "... which is read back"
answers "what it answers is told of its machine's calls" 0 show old.bpf
out 'made for x86_64' && out '^ERRNO\(EPERM\): 2 calls$' && out '^    open execve$' && out '^  ioctl:$' &&
	out 'ERRNO\(EPERM\) when \(u32\) cmd == TIOCSTI' && out 'calls of x32, .*: ALLOW$' && out 'other architectures: KILL_PROCESS$'
ok "... by names and arguments, with what x32 and others get"
answers "... of riscv64's, where they are asked for" 0 show --arch=riscv64 old.bpf
out '^KILL_PROCESS: [0-9]* calls'
ok "... which are another architecture's to it"
file words.json <<<'{ "defaultAction": "SCMP_ACT_ERRNO", "syscalls": [ { "names": ["read"], "action": "SCMP_ACT_ALLOW" } ] }'
answers "... of x86-64's, by a policy in words" 0 show --arch=x86_64 words.json
out '^  compiled for riscv64, as it is here: calls of x86_64 are another architecture.s$' && out '^KILL_THREAD: [0-9]* calls$'
ok "... which is compiled for riscv64"
answers "... whose number is another call's on riscv64" 1 show --arch=x86_64 words.json 'uname(*)'
out '^  KILL_THREAD   another architecture: words\.json is compiled for riscv64 here$' && ! out 'names read'
ok "... is told to be one, and of no rule for that"
answers "an architecture that nobody knows is refused" 2 show --arch=vax old.bpf
err 'vax: riscv64, x86_64, i386 or aarch64'
ok "... with those that are"
answers "one call of it" 1 show old.bpf 'execve(*)' 'openat(*)' 'ioctl(0, 0x5412)'
out '^execve\(\*, \*, \*\) of x86_64 -> ERRNO\(EPERM\)$' && out '^openat\(.*\) of x86_64 -> ALLOW$' && out '^ioctl\(0, TIOCSTI, \*\) of x86_64 -> ERRNO\(EPERM\)$'
ok "... is told by its name there"
answers "a call that it has not" 2 show old.bpf 'riscv_hwprobe()'
err 'x86_64 has no such call'
ok "... is refused"
answers "the kernel's line for it" 1 sim old.bpf 'open(0, 0)'
out 'arch=x86_64 .* -> ERRNO\(1\)'
ok "... has the architecture"
answers "i386 has its own numbers" 1 show --arch=i386 old.bpf 'execve(*)'
out '^execve\(.*\) of i386 -> KILL_PROCESS$'
ok "... and names"
answers "what is wrong with it there is found" 1 check old.bpf
out 'made for x86_64' && tr '\n' ' ' <"$tmp/out" | sed 's/  */ /g' >"$tmp/line" &&
	grep -q 'on x86_64: open is answered ERRNO(EPERM); what opens files, too, is allowed: openat openat2 creat' "$tmp/line" &&
	grep -q 'on x86_64: execve is answered .* allowed: execveat' "$tmp/line" &&
	grep -q "on x86_64: refused, and not by x32's number: open execve \[x32-passes\]" "$tmp/line"
ok "... holes and x32's numbers"
sed 's/ld \[nr\]/&\n\tjge #0x40000000, other, next/' "$tmp/old.s" | file no-x32.s
answers "where x32's numbers are refused, nothing is said of them" 0 check --only=x32-passes,x32,number-unknown no-x32.s

# A filter for two machines: 435 is clone3 to both, 359 socket and 54 ioctl to i386, 59 execve to
# x86-64. Of i386, whose registers have 32 bits, no upper half is told of.
file both.s <<'END'
	ld [arch]
	jeq #AUDIT_ARCH_I386, i386
	jeq #AUDIT_ARCH_X86_64, x86
	ret KILL
i386:	ld [nr]
	jeq #5, no
	jeq #359, socket
	jeq #54, ioctl, yes
ioctl:	ld [args[1].hi]
	jeq #0, next, yes
	ld [args[1].lo]
	jeq #0x5412, no, yes
x86:	ld [nr]
	jge #0x40000000, no
	jeq #435, no
	jeq #231, no
	jeq #60, no, yes
socket:	ld [args[0].lo]
	jeq #2, yes
no:	ret ERRNO(1)
yes:	ret ALLOW
END
answers "a filter for two other machines" 1 check both.s
tr '\n' ' ' <"$tmp/out" | sed 's/  */ /g' >"$tmp/line"
grep -q 'on x86_64: no way to end: exit_group and exit are answered ERRNO(EPERM)' "$tmp/line" &&
	grep -q 'on x86_64: clone3: ERRNO(EPERM), and C libraries take the older call after ENOSYS only' "$tmp/line" &&
	grep -q 'on i386: open is answered ERRNO(EPERM); what opens files, too, is allowed: openat openat2 creat' "$tmp/line"
ok "... what is wrong is told of both"
grep -q 'on i386: socket is refused by its arguments; what makes sockets, .* is allowed: socketcall' "$tmp/line"
ok "... also what socketcall makes of its arguments"
! grep -q 'i386: ioctl' "$tmp/line"
ok "... and nothing of halves that i386 has not"
answers "... calls of i386 have names for their arguments" 0 show --arch=i386 both.s
out '^  ioctl:$' && out 'ERRNO\(EPERM\) when cmd == TIOCSTI$' && out 'ALLOW when \(u32\) family == AF_INET$'
ok "... as riscv64's have"

# Two machines as libseccomp has them: the second comparison is reached by a jump over the first
# one's calls. 2 is open and 257 openat on x86-64, 56 openat on riscv64.
file two.s <<'TEXT'
	ld [arch]
	jeq #0xc000003e, next, second
	ld [nr]
	jeq #257, yes, next
	jeq #2, next, no
	ld [args[1].lo]
	and #3
	jeq #0, yes, no
second:	jeq #0xc00000f3, next, other
	ld [nr]
	jeq #56, yes, no
no:	ret ERRNO(1)
yes:	ret ALLOW
other:	ret KILL_PROCESS
TEXT
"$portcullis" asm "$tmp/two.s" -o "$tmp/two.bpf"
answers "a filter for another machine and for riscv64" 0 show two.bpf
out 'made for x86_64, riscv64$' && out '^  what it answers to calls of riscv64 ' && out '^ALLOW: 1 call$' && out '^    openat$'
ok "... is riscv64's, and said to be both's"
answers "... the other's calls when they are asked for" 0 show --arch=x86_64 two.bpf
out '^ALLOW: 1 call$' && out '^  open:$' && out '^    ALLOW when flags & 3 == 0 \(O_RDONLY\)$|^    ALLOW when flags & 3 == 0$'
ok "... by the names of their arguments, which riscv64 has not"
answers "... the kernel's calls are riscv64's" 0 sim two.bpf 'openat(0, 0)'
answers "... as C" 0 convert two.bpf --to=c
out '^/\* two\.bpf, for x86_64 and riscv64: 14 instructions' && out ' 5: .*/\* 4: jeq #0x2, .*  open \*/$|/\* 4: jeq #0x2, 0, [0-9]+  open \*/$' && out '/\* [0-9]+: jeq #0x38, .*  openat \*/$'
ok "... with names, each of its machine"
answers "... and nothing is wrong with its machine" 1 check two.bpf
! out 'arch-other'
ok "... nor said to be"
sed 's/#0xc000003e/#0x40000028/; s/#0xc00000f3/#0x80000015/' "$tmp/two.s" | file arms.s # ARM, 64-bit PowerPC
answers "a filter for machines whose calls have no names here" 0 show arms.s
out 'made for arm, ppc64$' && out '^  what it answers to calls of riscv64 ' && out '^KILL_PROCESS: [0-9]* calls$'
ok "... says so before it tells of riscv64's"
