# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# asm.sh - assembler text with names, labels and comments. Sourced by policy.t.

file deny.s <<'END'
# refuses mount, and clone with a namespace
	ld [arch]
	jne #AUDIT_ARCH_RISCV64, kill   ; of another machine
	ld [nr]
	jeq #mount, deny
	jeq #clone, next, allow
	ld [args[0].lo]   // flags
	jset #CLONE_NEWUSER|CLONE_NEWNET, deny, allow
deny:	ret errno(EPERM)
kill:
	ret KILL_PROCESS
allow:	ret ALLOW
END
# The numbers are Linux's: AUDIT_ARCH_RISCV64 c00000f3, mount 40, clone 220,
# CLONE_NEWUSER|CLONE_NEWNET 50000000, EPERM 1.
bytes deny.bpf 2000000004000000 15000006f30000c0 2000000000000000 1500030028000000 15000004dc000000 2000000010000000 \
	4500000200000050 0600000001000500 0600000000000080 060000000000ff7f
run disasm deny.bpf
cp "$tmp/out" "$tmp/want"
answers "assembler text is read" 0 disasm deny.s
cmp "$tmp/out" "$tmp/want"
ok "... as the instructions that it says"
sed 's/#mount/#__NR_mount/; s/#clone/#SYS_clone/' "$tmp/deny.s" >"$tmp/c-names.s"
answers "calls by C's names" 0 disasm c-names.s
cmp "$tmp/out" "$tmp/want"
ok "... are the same"
run disasm --text deny.bpf
cp "$tmp/out" "$tmp/back.s"
answers "what disasm --text writes is read" 0 disasm back.s
cmp "$tmp/out" "$tmp/want"
ok "... as the same instructions"
grep -q 'ld \[args\[0\].lo\]' "$tmp/back.s" && grep -q 'jeq #0x28, L7, next *; mount$' "$tmp/back.s" && grep -q '; riscv64$' "$tmp/back.s"
ok "... and has names, labels and comments"
cp "$tmp/want" "$tmp/listing.s"
answers "a listing is read" 0 disasm listing.s
cmp "$tmp/out" "$tmp/want"
ok "... as the same instructions"

# rejects LINE PLACE MESSAGE HINT: a program of `ld [nr]`, that line and
# `ret ALLOW` is refused there.
rejects() {
	printf 'ld [nr]\n%s\nret ALLOW\n' "$1" >"$tmp/bad.s"
	answers "refused: $1" 2 disasm --from asm bad.s
	err "^bad\.s:$2: error: $3" && err "= .*$4"
	ok "... at $2: $3"
}
rejects 'jeq #opn, next, next' 2:6 'no such constant: opn' 'O_RDONLY'
rejects 'jeq #opennat, next, next' 2:6 'no such constant: opennat' 'did you mean openat'
rejects 'ld args[0]' 2:1 'this is no instruction' 'ld \[args\[0\]\.lo\]'
rejects 'jeq #open, next, next' 2:6 'riscv64 has no call open' 'openat'
rejects 'jeq #1, there, next' 2:9 'there is no label there' 'colon'
rejects 'up: jeq #1, up, next' 2:13 'a filter only jumps forward' 'below'
rejects 'ret EPERM' 2:5 'no such answer: EPERM' 'ERRNO\(EPERM\)'
rejects 'ld [argz[0]]' 2:4 'nothing of seccomp_data' 'args\[5\].hi'
rejects 'ld [args[6]]' 2:4 'nothing of seccomp_data' 'args\[5\].hi'
rejects 'mov a, x' 2:1 'this is no instruction' 'as in'
rejects 'jeq #1' 2:1 'a jump compares' 'target'
rejects 'ld #0x100000000' 2:5 'a number in a filter has 32 bits' 'halves'
rejects 'a: b: a: ld [nr]' 2:7 'the label a is there twice' 'another name'
rejects '5: ld [nr]' 2:1 'this is instruction 1' 'numbers'
{
	printf 'jeq #1, far, next\n'
	for _ in {1..260}; do echo 'ld [nr]'; done
	echo 'far: ret ALLOW'
} >"$tmp/far.s"
answers "a jump that is too far is refused" 2 disasm far.s
err '^far\.s:1:9: error: skips 260 instructions' && err 'nearer .ja'
ok "... with what to do"

builds roundtrip "$top/tests/policy/readers/roundtrip.c" && "$tmp/roundtrip" "${PROGRAMS:-500}" "${SEED:-7}" >"$tmp/out" 2>"$tmp/err"
ok "${PROGRAMS:-500} generated programs come back from each of thirteen forms, bit for bit"

# A program that looks at neither the number nor the architecture: what differs is said of
# all calls, not of foreign ones.
printf 'ld [args[2].lo]\njset #0x80000000, next, kill\nret ERRNO(1)\nkill: ret KILL_THREAD\n' >"$tmp/any.s"
echo 'ret KILL_THREAD' >"$tmp/kill.s"
answers "a difference in every call is found" 1 diff any.s kill.s
out 'stricter +every call of every architecture: ERRNO\(EPERM\) -> KILL_THREAD'
ok "... and said to be of every architecture"

# 59 is execve on x86-64, and pipe2 on riscv64.
printf 'ld [arch]\njeq #0xc000003e, next, no\nld [nr]\njeq #59, no, next\nret ALLOW\nno: ret ERRNO(1)\n' >"$tmp/foreign.s"
sed 's/#59/#221/' "$tmp/foreign.s" >"$tmp/foreign2.s"
answers "calls of another architecture differ" 1 diff foreign.s foreign2.s
out 'weaker +execve\(\*\) of x86_64' && out 'stricter +fadvise64\(\*\) of x86_64'
ok "... and have its names"
printf 'ld [arch]\njeq #0xc00000f3, next, no\nld [nr]\njeq #221, no, next\nret ALLOW\nno: ret ERRNO(1)\n' >"$tmp/one.s"
printf 'ret ALLOW\n' >"$tmp/all.s"
answers "calls that differ alike are told together" 1 diff one.s all.s
[[ $(grep -c weaker "$tmp/out") == 2 ]] && out '^  weaker    calls of other architectures: ERRNO\(EPERM\) -> ALLOW$' && out '^  weaker    execve\(\*\): '
ok "... those of other architectures too"
printf 'ld [nr]\njeq #221, next, no\nret ALLOW\nno: ret ERRNO(1)\n' >"$tmp/any221.s"
printf 'ret ERRNO(1)\n' >"$tmp/none.s"
answers "of one number of every architecture" 1 diff any221.s none.s
out '^  stricter  number 221 of every architecture: '
ok "... the number is told"
printf 'ld [arch]\njeq #0xc00000f3, next, yes\nld [nr]\njge #0x40000000, yes, next\njge #460, no, yes\nno: ret ERRNO(1)\nyes: ret ALLOW\n' >"$tmp/newer.s"
printf 'ret ALLOW\n' >"$tmp/all.s"
answers "of calls, and of numbers above them, but not of all" 1 diff -a all.s newer.s
out '^            .*numbers up to 1073741823$' && ! out 'all numbers above'
ok "... the last number is told"
