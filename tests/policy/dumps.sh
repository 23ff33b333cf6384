# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# dumps.sh - programs as C text and as other tools print them. Sourced by policy.t.

# The same program in every form: kills another machine's calls, refuses
# mount with EPERM, allows the rest.
bytes mount.bpf 2000000004000000 15000002f30000c0 2000000000000000 1500010228000000 0600000000000080 0600000001000500 060000000000ff7f
run disasm mount.bpf
cp "$tmp/out" "$tmp/want"
# means_the_same NAME: the file is read, without --from, as that program.
means_the_same() {
	answers "$1 is read" 0 disasm "$1"
	cmp "$tmp/out" "$tmp/want" >"$tmp/err"
	ok "... as the same instructions"
}

file stmt.c <<'END'
/* { 1, 2, 3, 4 } is no instruction here */
#include <linux/filter.h>
#define NR offsetof(struct seccomp_data, nr)
#define DENY (SECCOMP_RET_ERRNO | (EPERM & 0xffff))
static const struct sock_filter filter[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
	BPF_JUMP(BPF_JMP+BPF_JEQ+BPF_K, AUDIT_ARCH_RISCV64, 0, 2), // ours?
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		 NR),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_mount, 1, 2),
	BPF_STMT(BPF_RET | BPF_K, (uint32_t)SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_RET | BPF_K, DENY),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};
struct sock_fprog prog = { 7, filter };
END
means_the_same stmt.c
sed 's/struct seccomp_data, arch)/struct seccomp_data, nr) + sizeof(__u32)/; s/NR),/NR + (sizeof(uint64_t) - sizeof(uint64_t))),/' "$tmp/stmt.c" | file sizes.c
means_the_same sizes.c
sed 's/arch)/arch) + sizeof(struct seccomp_data)/' "$tmp/stmt.c" | file sizes.c
answers "the size of a structure is not known" 2 show sizes.c
err '^sizes\.c:6:[0-9]+: error: no type of which the size is known$' && err '= sizeof\(__u32\), or of another type'
ok "... which is said with its place"
file braces.c <<'END'
{ 0x20, 0, 0, 0x00000004 },
{ .code = 0x15, .jt = 0, .jf = 2, .k = 0xc00000f3U },
{ 0x20, 0, 0, 0x00000000 },
{ 0x15, 1, 2, 0x00000028 },
{ 0x06, 0, 0, 1 << 31 },
{ 0x06, 0, 0, 327681 },
{ 0x06, 0, 0, 0x7fff0000 },
END
means_the_same braces.c
sed -i 's/^ *BPF_STMT(BPF_RET | BPF_K, DENY)/ BPF_STMT(BPF_RET | BPF_K, 0x50001)/' "$tmp/stmt.c"
"${CC:-cc}" -E -include stddef.h -include linux/seccomp.h -include linux/audit.h -include asm-generic/unistd.h "$tmp/stmt.c" \
	>"$tmp/stmt.i" 2>"$tmp/err"
means_the_same stmt.i
file seccomp-tools.txt <<'END'
 line  CODE  JT   JF      K
=================================
 0000: 0x20 0x00 0x00 0x00000004  A = arch
 0001: 0x15 0x00 0x02 0xc00000f3  if (A != ARCH_RISCV64) goto 0004
 0002: 0x20 0x00 0x00 0x00000000  A = sys_number
 0003: 0x15 0x01 0x02 0x00000028  if (A == mount) goto 0005 else goto 0006
 0004: 0x06 0x00 0x00 0x80000000  return KILL_PROCESS
 0005: 0x06 0x00 0x00 0x00050001  return ERRNO(1)
 0006: 0x06 0x00 0x00 0x7fff0000  return ALLOW
END
means_the_same seccomp-tools.txt
sed 's/^ 0/ L0/; s/=====/-----/g' "$tmp/seccomp-tools.txt" >"$tmp/ceccomp.txt"
means_the_same ceccomp.txt
{ echo '$ seccomp-tools dump ./app' && echo '```' && cat "$tmp/seccomp-tools.txt" && echo '```'; } >"$tmp/fenced.md"
means_the_same fenced.md
# As firejail --debug prints it: numbers count to sixteen, columns are hexadecimal without 0x.
{
	echo 'configuring 7 seccomp entries'
	sed -n '1p; s/^ \(000[0-9]:\) 0x\(..\) 0x\(..\) 0x\(..\) 0x\(........\) .*/ \1 \2 \3 \4 \5   as text/p' "$tmp/seccomp-tools.txt"
	echo 'seccomp filter configured'
} >"$tmp/firejail.log"
means_the_same firejail.log
{
	awk 'BEGIN { for (i = 0; i < 17; i++) printf " %04x: 06 00 00 7fff0000   ret ALLOW\n", i }'
} >"$tmp/sixteen.txt"
answers "firejail's numbers count to sixteen" 0 disasm sixteen.txt
sed 3d "$tmp/sixteen.txt" >"$tmp/gap.txt"
answers "a listing without one of its lines is refused" 2 disasm gap.txt
err '^gap\.txt:3:2: error: lines are left out'
ok "... at the next"
tail -n +3 "$tmp/sixteen.txt" >"$tmp/head.txt"
answers "... or without its beginning" 2 disasm head.txt
err '^head\.txt:1:2: error: lines are left out'
ok "... where it begins"
xxd -p "$tmp/mount.bpf" >"$tmp/plain.hex"
means_the_same plain.hex
xxd "$tmp/mount.bpf" >"$tmp/xxd.txt"
means_the_same xxd.txt
od -A x -t x1z -v "$tmp/mount.bpf" | sed -E 's/^([0-9a-f]{6}) /00\1  /; s/^([0-9a-f]{6})$/00\1/; s/  >(.*)<$/  |\1|/' >"$tmp/hexdump.txt"
means_the_same hexdump.txt
xxd -p "$tmp/mount.bpf" | sed 's/../\\x&/g; s/^/"/; s/$/"/' >"$tmp/string.txt"
means_the_same string.txt
for how in '-t x1' '-A x -t x1z' '-x' '-t x4' '-t x8' '-A n -t x2' '-A n -t x4'; do # -x: words, as hexdump has them
	# shellcheck disable=SC2086 # they are words
	od -v $how "$tmp/mount.bpf" >"$tmp/od$how.txt"
	means_the_same "od$how.txt"
done
(cd "$tmp" && xxd -i mount.bpf) >"$tmp/array.c"
means_the_same array.c
python3 -c 'import sys; print(repr(sys.stdin.buffer.read()))' <"$tmp/mount.bpf" >"$tmp/bytes.py"
means_the_same bytes.py
base64 -w 0 "$tmp/mount.bpf" | sed 's/.*/"&"/' >"$tmp/quoted.b64"
means_the_same quoted.b64
bytes jge.bpf 2000000004000000 15000002f30000c0 3500010028000000 0600000001000500 060000000000ff7f
xxd "$tmp/jge.bpf" >"$tmp/digit.txt" # what xxd shows to the right of its second line begins with a digit
answers "text beside bytes is no byte" 0 diff jge.bpf digit.txt
file ddd.txt <<'END'
7
32 0 0 4
21 0 2 3221225715
32 0 0 0
21 1 2 40
6 0 0 2147483648
6 0 0 327681
6 0 0 2147418112
END
means_the_same ddd.txt
tr '\n' ',' <"$tmp/ddd.txt" >"$tmp/bytecode.txt"
means_the_same bytecode.txt

xxd -e "$tmp/mount.bpf" >"$tmp/xxd-e.txt"
means_the_same xxd-e.txt
cat "$tmp/seccomp-tools.txt" "$tmp/seccomp-tools.txt" >"$tmp/listings.txt"
answers "several listings are a stack" 1 sim listings.txt 'mount()'
out '-> ERRNO\(1\) by filter 2 pc=5 \[stack 2:ERRNO\(1\) 1:ERRNO\(1\)\]$'
ok "... oldest first"
# Lines of bytes, of which the first four columns could be an instruction.
xxd -p -c 8 "$tmp/mount.bpf" | sed 's/../\t0x&/g; s/^/0x7ffe1000:/' >"$tmp/gdb.txt"
means_the_same gdb.txt
sed 's/^0x7ffe1000:/0x7ffe1000 <filter+16>:/' "$tmp/gdb.txt" >"$tmp/gdb-names.txt"
means_the_same gdb-names.txt
printf '[%s]' "$(od -An -v -tu1 "$tmp/mount.bpf" | xargs | tr ' ' ,)" >"$tmp/list.json"
means_the_same list.json
sed '1d; s/\([0-9]*\) \([0-9]*\) \([0-9]*\) \([0-9]*\)/{"code": \1, "jt": \2, "jf": \3, "k": \4},/' "$tmp/ddd.txt" | { printf '[ ' && cat && printf ']\n'; } \
	>"$tmp/objects.json"
means_the_same objects.json
# As gdb prints an array, as Go has one, with and without names of fields, and Rust.
sed '1d; s/\([0-9]*\) \([0-9]*\) \([0-9]*\) \([0-9]*\)/{code = \1, jt = \2 '"'\\\\00\2'"', jf = \3 '"'\\\\00\3'"', k = \4}, /' "$tmp/ddd.txt" | tr -d '\n' |
	sed 's/.*/$1 = {&}/; s/, }/}/' >"$tmp/gdb-array.txt"
means_the_same gdb-array.txt
{ echo 'filter := []unix.SockFilter{' && sed '1d; s/ /, /g; s/.*/	{&}, \/\/ one/' "$tmp/ddd.txt" && echo '}'; } >"$tmp/plain.go"
means_the_same plain.go
{
	echo 'filter := []syscall.SockFilter{'
	sed '1d; s/\([0-9]*\) \([0-9]*\) \([0-9]*\) \([0-9]*\)/	{Code: \1, Jt: \2, Jf: \3, K: \4},/; s/Code: 6,/Code: unix.BPF_RET | unix.BPF_K,/' "$tmp/ddd.txt"
	echo '}'
} >"$tmp/labels.go"
means_the_same labels.go
{
	echo 'const FILTER: [libc::sock_filter; 7] = ['
	sed '1d; s/\([0-9]*\) \([0-9]*\) \([0-9]*\) \([0-9]*\)/	libc::sock_filter { code: \1 as u16, jt: \2, jf: \3, k: \4 },/; s/code: 6 /code: (libc::BPF_RET | libc::BPF_K) /' "$tmp/ddd.txt"
	echo '];'
} >"$tmp/array.rs"
means_the_same array.rs
sed '1d; s/\([0-9]*\) \([0-9]*\) \([0-9]*\) \([0-9]*\)/{\1, \2, \3, \4}, /' "$tmp/ddd.txt" | tr -d '\n' |
	sed 's/.*/prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=7, filter=[&]}) = 0/; s/, \]/]/' >"$tmp/strace-raw.log"
means_the_same strace-raw.log

# rejects NAME PLACE MESSAGE HINT ARG...: the file NAME (standard input) is refused there.
rejects() {
	cat >"$tmp/$1"
	answers "$1 is refused" 2 disasm "${@:5}" "$1"
	err "^$1$2: error: $3" && err "$4"
	ok "... $2: $3"
}
cat >"$tmp/strace.log" <<'END'
openat(AT_FDCWD, "/etc/*", O_RDONLY) = 3
prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=3, filter=[BPF_STMT(BPF_LD|BPF_W|BPF_ABS, 0), BPF_JUMP(BPF_JMP|BPF_K|BPF_JEQ, 0xad, 0, 0), BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_ERRNO|0x26)]}) = 0
[pid 7] seccomp(SECCOMP_SET_MODE_FILTER, 0, {len=1, filter=[BPF_STMT(BPF_RET|BPF_K, SECCOMP_RET_KILL_PROCESS)]}) = 0
END
answers "filters in lines of strace -v are a stack" 1 sim strace.log 'getppid()'
out '-> KILL_PROCESS by filter 2 pc=0 \[stack 2:KILL_PROCESS 1:ERRNO\(38\)\]'
ok "... oldest first"
rejects trace.log ':1:66' '.k is wanted' 'in this order' <<<'prctl(PR_SET_SECCOMP, 2, {len=3, filter=[BPF_STMT(BPF_RET|BPF_K, ...)]})'
rejects macro.c ':2:2' "a macro of the file's own: ALLOW" 'cc -E' <<'END'
struct sock_filter f[] = {
	ALLOW(read),
};
END
rejects range.c ':1:39' 'jf is at most 0xff, and this is 0x100' '' <<<'struct sock_filter f[] = { { 0x15, 0, 0x100, 0 } };'
rejects name.c ':1:38' 'no such constant: FOO' 'O_RDONLY' <<<'struct sock_filter f[] = { BPF_STMT( FOO, 0) };'
rejects open.c ':1:40' 'riscv64 has no call open' 'openat' <<<'struct sock_filter f[] = { BPF_STMT(6, __NR_open) };'
rejects field.rs ':1:18' 'an instruction has no field data' 'code, jt, jf and k' <<<'[Insn { code: 6, data: 0 }]'
rejects two.c ':2:20' 'has 2 arrays' 'f1, f2' <<'END'
struct sock_filter f1[] = { { 6, 0, 0, 0 } };
struct sock_filter f2[] = { { 6, 0, 0, 1 } };
END
answers "one of two arrays can be chosen" 0 disasm --select f2 two.c
out 'ret #0x1|ret KILL_THREAD\(1\)'
ok "... by its name"
rejects cut.txt ':3:2' 'this line is no instruction' '0xc00000f3|0xc000003e' <<'END'
 0000: 0x20 0x00 0x00 0x00000004  A = arch
 0001: 0x06 0x00 0x00 0x00000000
 0002: 0x06 0x00
END
rejects star.txt '' 'lines are left out' 'od -v' <<<$'0000000 20 00 00 00 00 00 00 00\n*\n0000020 06 00 00 00 00 00 ff 7f\n0000030'
rejects asm.txt '' 'is seccomp-tools. assembler text' 'seccomp-tools asm' <<<$'A = sys_number\nA == write ? ok : next\nreturn KILL\nok:\nreturn ALLOW'
rejects tcpdump.txt '' 'is a listing as tcpdump -d' '-ddd is read' <<<$'(000) ld [4]\n(001) jeq #0xc00000f3 jt 2 jf 3\n(002) ret #2147418112\n(003) ret #0'
rejects ceccomp.asm '' "is ceccomp's text" 'ceccomp asm' <<<$'L0001: $A = $arch\nL0002: if ($A != AUDIT_ARCH_RISCV64) goto L0004'
rejects odd.hex '' 'has 15 bytes' 'cut short' --from hex <<<'20000000040000000600000000ff7f'
rejects more.ddd ':3:1' 'more than the instructions' 'first line' <<<$'1\n6 0 0 0\n6 0 0 0'
rejects less.ddd ':4:1' 'an instruction is missing' 'four numbers' <<<$'2\n6 0 0 0\n'

# Text that only speaks of such things is none of them.
for text in README.md LICENSE tests/policy.t seccomp/build.h policy/kinds.def; do
	cp "$top/$text" "$tmp/text"
	answers "$text is refused" 2 disasm text
	err '^text: error: is (of no form|a script)'
	ok "... as no policy"
done
