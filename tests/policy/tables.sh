# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2034,SC2154
#
# tables.sh - names and numbers of calls and constants: are they Linux's? Sourced by policy.t.

tables() { "$tmp/tables" "$@" >"$tmp/out" 2>"$tmp/err" && ! grep -q 'Sanitizer\|runtime error' "$tmp/err"; }
# What the program before says is nothing, or those words.
says_nothing() { [[ ! -s $tmp/out ]]; }
says_just() { [[ $(<"$tmp/out") == "$1" ]]; }

flags=(-std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -I"$top/policy" -I"$top/include" -I"$top/tests/policy/tables")
{
	"${CC:-cc}" "${flags[@]}" -ffreestanding -nostdinc -isystem "$("${CC:-cc}" -print-file-name=include)" \
		-isystem /usr/riscv64-linux-gnu/include -c "$top/tests/policy/tables/linux.c" -o "$tmp/linux.o" &&
		"${CC:-cc}" "${flags[@]}" -fsanitize=address,undefined "$top"/tests/policy/tables/{main,libc}.c "$tmp/linux.o" \
			"$top"/policy/{names,constants,depends,arena}.c -o "$tmp/tables" &&
		"${CC:-cc}" "${flags[@]}" "$top/tests/policy/tables/strace.c" -o "$tmp/make-calls"
} >"$tmp/out" 2>&1
ok "the tables compile beside Linux's headers"

tables constants && says_nothing
ok "every constant has the value that Linux's or the C library's headers give it"
tables newer <"$top/tests/policy/newer.txt" && says_nothing
ok "every call and constant that came after Linux 6.1 is as libseccomp's and strace's tables have it"
tables calls && says_nothing
ok "every call has its arguments, every absent one a replacement that is there"
for bits in 64 32; do
	sed -n 's/^#define __NR_\([a-z0-9_]*\) .*/\1/p' "/usr/include/$(uname -m)-linux-gnu/asm/unistd_$bits.h" >"$tmp/names"
	[[ $(wc -l <"$tmp/names") -gt 300 ]] && tables unknown <"$tmp/names" && says_nothing
	ok "every call of x86 with $bits bits is one of riscv64, or known to be absent"
done

# Names and types of arguments, where a test before has unpacked Linux's
# source (tools/linux-source.sh).
source=$top/.cache/linux-source-6.1
if [[ -e $source/.unpacked ]]; then
	find "$source"/{kernel,fs,mm,ipc,net,security,io_uring,block,drivers/char,drivers/pci,arch/riscv/kernel} -name '*.c' -print0 | xargs -0 awk '
		/^SYSCALL_DEFINE[0-6]\(/ { text = ""; open = 1 }
		open {
			text = text " " $0
			if ($0 !~ /\)[ \t]*$/)
				next
			open = 0
			gsub(/[ \t]+/, " ", text)
			sub(/^ SYSCALL_DEFINE[0-6]\(/, "", text)
			sub(/\) *$/, "", text)
			n = split(text, part, / *, */)
			for (i = 2; i < n; i += 2) {
				type = part[i]
				gsub(/const /, "", type)
				if (type ~ /\*|cap_user_/) type = "PTR"
				else if (type ~ /^(int|pid_t|clockid_t|__s32|key_t|key_serial_t|mqd_t|timer_t|rwf_t)$/) type = "INT"
				else if (type ~ /^(unsigned|unsigned int|u32|__u32|uid_t|gid_t|qid_t|enum .*)$/) type = "UINT"
				else if (type == "umode_t") type = "SHORT"
				else if (type ~ /^(long|off_t|loff_t)$/) type = "LONG"
				else type = "ULONG"
				name = part[1]
				sub(/^new(fstat|uname)$/, substr(name, 4), name)
				sub(/^umount$/, "umount2", name)
				sub(/^sendfile64$/, "sendfile", name)
				sub(/^fadvise64_64$/, "fadvise64", name)
				print name, i / 2 - 1, type, part[i + 1]
			}
		}' | LC_ALL=C sort -u >"$tmp/theirs"
	# Of those that 6.1 has: not Linux's stubs (lookup_dcookie, nfsservctl), and not clone,
	# whose order depends on the machine.
	tables prototypes && grep -vE '^(lookup_dcookie|nfsservctl|clone) ' "$tmp/out" | LC_ALL=C sort >"$tmp/ours" &&
		[[ $(wc -l <"$tmp/ours") -gt 800 ]] && LC_ALL=C comm -23 "$tmp/ours" "$tmp/theirs" >"$tmp/out" && says_nothing
	ok "every argument has the name and the type of Linux's SYSCALL_DEFINE"
else
	skip "names and types of arguments are Linux's" "its source is not unpacked"
fi

# value TEXT OUTPUT, nearest NAME OUTPUT, printed OUTPUT NR ARG...
value() {
	tables value "$1" && says_just "$2"
	ok "value of $1: $2"
}
value 'O_RDWR|O_CLOEXEC' 0x80002
value ' AT_FDCWD ' 0xffffffffffffff9c
value '0x10 | 010 | 3' 0x1b
value -1 0xffffffffffffffff
value TIOCSTI 0x5412
value 'O_RDWR|O_CLOEXE' '7+8: no such constant'
value 'O_RDWR|' '7+0: a constant or a number is missing'
value 12x '0+3: this is no number'
value 18446744073709551616 '0+20: is more than 64 bits hold'

nearest() {
	tables nearest "$1" && says_just "$2"
	ok "what is like $1: $2"
}
nearest opennat openat
nearest fchmdat2 fchmodat2
nearest xyzzy none

printed() {
	local want=$1
	shift
	tables print "$@" && says_just "$want"
	ok "$want"
}
printed 'openat(AT_FDCWD, NULL, O_RDONLY|O_CLOEXEC)' 56 0xffffffffffffff9c 0 0x80000 0
printed 'openat(AT_FDCWD, 0x10470, O_WRONLY|O_CREAT|O_TRUNC, 0644)' 56 0xffffff9c 0x10470 0x241 0644
printed 'openat(0x1ffffff9c, 0x10470, O_RDWR|O_TMPFILE|0x8000000, 000)' 56 0x1ffffff9c 0x10470 0x8410002 0
printed 'openat(AT_FDCWD, NULL, O_ACCMODE)' 56 0xffffffffffffff9c 0 3 0
printed 'close(-1)' 57 -1
printed 'syscall_600(0x1, 0, 0, 0, 0, 0)' 600 1
printed 'getpid()' 172

# Strace decodes most calls where they return, so that its words stand there whatever came of them.
with_strace() {
	local name=$1 here there
	shift
	here=$(sed -n "s/^#define __NR_$name \([0-9]*\)$/\1/p" "/usr/include/$(uname -m)-linux-gnu/asm/unistd_64.h")
	there=$(sed -n "s/^#define __NR3*2*6*4*_*$name \([0-9]*\)$/\1/p; s/^#define __NR3264_$name \([0-9]*\)$/\1/p" \
		/usr/riscv64-linux-gnu/include/asm-generic/unistd.h | head -n 1)
	local args=("$@" 0 0 0 0 0 0)
	echo "$here ${args[*]:0:6}" | strace -o "$tmp/strace" -e trace="$name" -qq "$tmp/make-calls" &&
		tables print "$there" "$@" &&
		tail -n 1 "$tmp/strace" | sed 's/ *= -*[0-9?].*//; s: /\* [^*]* \*/::g' | cmp - "$tmp/out" >"$tmp/err"
	ok "as strace: $name($*)"
	evidence=("$tmp/out" "$tmp/err" "$tmp/strace")
}
if strace -o /dev/null true 2>"$tmp/err"; then
	while read -r -a call; do
		with_strace "${call[@]}"
	done <<-'END'
		openat 0xffffffffffffff9c 0 0x88000
		openat 0x7f 0 0xc2 0x1a4
		openat 0xffffffffffffff9c 0 0x90800
		fcntl 0x63 0 0xa
		fcntl 0x63 0x406 0xa
		fcntl 0x63 0x1 0x5
		fcntl 0x63 0x2 0x1
		fcntl 0x63 0x3 0x5
		fcntl 0x63 0x4 0xc02
		mmap 0 0 0x7 0x22 0xffffffffffffffff 0
		mmap 0 0 0x1 0x100032 0x3 0x1000
		mprotect 0x1 0x1000 0x5
		mprotect 0x1 0x1000 0
		madvise 0x1 0x1000 0x4
		msync 0x1 0x1000 0x5
		socket 0x28 0x80805 0
		socket 0x28 0xf 0
		shutdown 0x63 0x2
		kill 0x7fffffff 0xf
		lseek 0x63 0 0x2
		dup3 0x63 0x64 0x80000
		pipe2 0 0x80800
		epoll_create1 0x7
		eventfd2 0 0x7
		inotify_init1 0x7
		unlinkat 0x63 0 0x200
		linkat 0x63 0 0x63 0 0x1400
		fchownat 0x63 0 0 0 0x1100
		faccessat 0x63 0 0x6
		faccessat2 0x63 0 0x4 0x200
		renameat2 0x63 0 0x63 0 0x3
		flock 0x63 0x6
		fallocate 0x63 0x3 0 0x1
		sync_file_range 0x63 0 0 0x7
		splice 0x63 0 0x63 0 0x1 0x3
		memfd_create 0 0x3
		getrandom 0 0 0x7
		mlockall 0x8
		mount 0 0 0 0x1007 0
		umount2 0 0xa
		unshare 0x3c020000
		setns 0x63 0x40000000
		bpf 0x5 0 0
		clock_gettime 0x1 0
		timer_settime 0x63 0x1 0 0
		prlimit64 0 0x7 0 0
		fchmodat 0x63 0 0x1ff
		close_range 0x5 0x4 0x2
		pidfd_open 0 0x800
		shmget 0 0 0x380
		prctl 0x16 0x2 0
		prctl 0x26 0x1
		prctl 0x2f 0x4
		mount 0 0 0 0xc0ed0021 0
		statx 0xffffffffffffff9c 0 0x100 0x7ff 0
		futex 0 0x80 0x1
	END
	# What an argument means where another is a certain constant, every word of it. Not made are
	# calls that would stop this program or touch keys of whoever runs it; not compared is what
	# strace leaves a number, or writes in a form of its own.
	tables dependences && grep -vE 'SECCOMP_MODE_(STRICT|DISABLED)|DISPATCH_ON|KEYCTL_[A-FH-QS-Z]|KEYCTL_REVOKE|socketpair|PR_SET_TIMING|PR_SCHED_CORE|PR_SET_SYSCALL|PR_SPEC_PRCTL|NT_PRFPREG|F_SEAL_EXEC|_BITSET' "$tmp/out" >"$tmp/ours"
	awk -F '[ \t]' 'FNR == NR { if ($1 == "#define") nr[$2] = $3; next } { print nr["__NR_" $1], $2, $3, $4, $5, $6, $7 }' \
		"/usr/include/$(uname -m)-linux-gnu/asm/unistd_64.h" "$tmp/ours" |
		strace -o "$tmp/strace" -e "trace=$(cut -d ' ' -f 1 "$tmp/ours" | sort -u | paste -sd ,)" -qq "$tmp/make-calls"
	sed 's/ *= -*[0-9?].*//; s: */\* [^*]* \*/::g' "$tmp/strace" | tail -n "$(wc -l <"$tmp/ours")" >"$tmp/theirs"
	[[ $(wc -l <"$tmp/ours") -gt 700 ]] && cut -f 2 "$tmp/ours" | diff - "$tmp/theirs" >"$tmp/out"
	ok "as strace: every word of an argument that depends on another"
	evidence=("$tmp/out" "$tmp/err")
else
	skip "values in strace's words" "strace cannot trace here"
fi
