#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# commands.t - qemu.sh as a command: what it refuses before anything boots, and what it promises
# about exit statuses, logs, determinism and packed images. One of the tests that `make test` runs.
#
# needs: run tests/guest/filter-division-by-zero-kills

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
out=${O:-build}
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/command.sh
. tests/command.sh
evidence=("$tmp/out" "$tmp/err")

# elf FILE CLASS MACHINE SEGMENT: an ELF header and one program header, all in hexadecimal bytes.
elf() {
	{
		bytes 7f 45 4c 46 "$2" 01 01 00 00 00 00 00 00 00 00 00
		bytes 02 00 "$3" 00 01 00 00 00 00 00 01 00 00 00 00 00
		bytes 40 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
		bytes 00 00 00 00 40 00 38 00 01 00 00 00 00 00 00 00
		bytes "$4" 00 00 00 05 00 00 00
		head -c 48 /dev/zero
	} >"$1"
}

elf "$tmp/x86" 02 3e 01
elf "$tmp/small" 01 f3 01
elf "$tmp/dynamic" 02 f3 03
echo text >"$tmp/text"
printf '\6\0\0\0\0\0\xff\x7f' >"$tmp/allow.bpf"
printf '\6\0\0\0\0\0\5\0' >"$tmp/errno-0.bpf"
printf '\6\0\0\0\0\0\xff' >"$tmp/seven.bpf"
: >"$tmp/empty.bpf"
head -c 32776 /dev/zero >"$tmp/long.bpf"
bytes 06 00 00 00 00 00 00 80 >"$tmp/kill.bpf"
bytes 20 00 00 00 01 00 00 00 06 00 00 00 00 00 ff 7f >"$tmp/unaligned.bpf"
bytes 15 00 01 00 00 00 00 00 06 00 00 00 00 00 ff 7f >"$tmp/jump.bpf"

# A root: programs, links, scripts, and one that wants a loader, which the folder lacks.
tree=$tmp/tree
mkdir -p "$tree/bin" "$tree/usr/lib"
{
	head -c 72 "$tmp/dynamic"
	bytes 78 00 00 00 00 00 00 00
	head -c 16 /dev/zero
	bytes 0d 00 00 00 00 00 00 00
	head -c 16 /dev/zero
	printf '/lib/ld.so.1\0'
} >"$tree/bin/dynamic"
cp "$tmp/x86" "$tree/bin"
printf '#!/bin/none\n' >"$tree/bin/script"
printf '#! /usr/bin/greet -x\n' >"$tree/bin/good-script"
ln -s /bin/none "$tree/bin/nowhere"
ln -s round "$tree/bin/round"
ln -s ../../../../bin "$tree/usr/bin"
ln -s usr/lib "$tree/lib"
ln -s /usr/bin/hello "$tree/bin/greet"
chmod +x "$tree"/bin/{dynamic,x86,script,good-script}

# Started by hand, the first run builds, and says so.
./qemu.sh run --dry-run tour >"$tmp/out" 2>&1 || {
	sed 's/^/# /' "$tmp/out"
	echo "Bail out! nothing to test"
	exit 1
}

refuses 'no such command' "an unknown command" frobnicate
refuses 'no such option: --frob' "an unknown option" run --frob tour
refuses 'is given twice' "two files for the events" run --events "$tmp/a" --events "$tmp/b" hello
refuses 'name one file' "one file for events and page" run --events "$tmp/a" --report "$tmp/a" hello
cp "$out/root/bin/hello" "$tmp/itself"
for option in events report log; do
	refuses 'it is read, too' "--$option over the program" run --$option "$tmp/itself" "$tmp/itself"
done
refuses 'it is read, too' "an image over the program" pack -o "$tmp/itself" "$tmp/itself"
cmp "$out/root/bin/hello" "$tmp/itself" >"$tmp/err"
ok "... and the program is still there"
refuses 'a file is wanted' "no file for the page" run --report '' hello
refuses 'a file is wanted' "standard output for the events" run --events - hello
refuses 'needs a value' "an option without its value" run -f
refuses '-m 12' "a size without a unit" run -m 12 tour
refuses 'no such test' "an unknown test, before anything is built" test no-such-test
refuses 'no such test' "an unknown test behind a known one" test check no-such-test
refuses 'harts' "too many harts" run --smp 9 tour
refuses 'seconds' "a time that is no number" run --timeout soon tour
refuses '--explain= names nothing' "an = without a value" run --explain= tour
refuses '--expect names no call' "an empty list of calls" run --expect '' tour
refuses 'no such program' "an unknown program" run no-such-program
refuses 'no such program' "a program without a name" run ''
refuses 'no such file' "a missing file" run ./no-such-file
refuses 'not an ELF file' "a program that is text" run "$tmp/text"
refuses 'not a regular file' "a folder" run "$tmp"
refuses 'x86-64 program: Portcullis runs riscv64; build it with riscv64-linux-gnu-gcc -static' "another machine's program" run "$tmp/x86"
refuses '32-bit' "a 32-bit program" run "$tmp/small"
refuses '--sysroot=/usr/riscv64-linux-gnu' "a dynamic program" run "$tmp/dynamic"
refuses 'no such folder' "a root that is not there" run --root "$tmp/none" x
refuses 'needs a PROGRAM' "a root without a program" run --root "$tree"
refuses "no such program in $tree" "a program that the root lacks" run --root "$tree" hallo
refuses 'x86-64' "another machine's program in a root" run --root "$tree" x86
refuses "/bin/dynamic needs /lib/ld.so.1, which is not in $tree" "a program without its loader" run --root "$tree" dynamic
refuses "/bin/script needs /bin/none, which is not in $tree" "a script without its interpreter" run --root "$tree" script
refuses "/bin/nowhere leads to nothing in $tree" "a link to nothing" run --root "$tree" nowhere
refuses "/bin/round leads to nothing in $tree" "a link to itself" run --root "$tree" round
chmod -x "$tree/bin/x86"
refuses 'chmod +x' "a program that is not executable" run --root "$tree" x86
refuses 'No such file' "a filter that is not there" run -f "$tmp/none.bpf" tour
refuses 'empty' "an empty filter" run -f "$tmp/empty.bpf" tour
refuses 'multiple of 8' "seven bytes of filter" run -f "$tmp/seven.bpf" tour
refuses '4096' "4097 instructions" run -f "$tmp/long.bpf" tour
refuses 'instruction 0' "a load from an odd address" run -f "$tmp/unaligned.bpf" tour
refuses 'jumps past the end' "a wild jump in the second filter" run -f "$tmp/allow.bpf" -f "$tmp/jump.bpf" tour
refuses '--from says how to read the FILE of -f' "a form without a policy" run --from raw hello
refuses 'is for a PROGRAM' "a filter for the tour, which has its own" run -f "$tmp/allow.bpf"
refuses '-o FILE' "pack without a file to write" pack tour
refuses "cannot write $tmp/none/events: No such file or directory" "events into a folder that is not there" run --events "$tmp/none/events" hello
refuses 'no option of pack' "an option that pack does not have" pack -o "$tmp/image" -m 1G tour
refuses 'No such file' "pack into a folder that is not there" pack -o "$tmp/none/image" tour

q run --help
[[ $status == 0 && $(<"$tmp/out") == usage:* && ! -s $tmp/err ]]
ok "--help is on stdout and a success"

./qemu.sh run --dry-run -m 64M --timeout 5 tour >"$tmp/same" 2>&1 </dev/null
for form in -m64M "--memory 64M" --memory=64M --mem=64M "--mem 64M" "-vm 64M"; do
	# shellcheck disable=SC2086 # words
	q run --dry-run $form --time=5 -- tour
	[[ $status == 0 ]] && cmp "$tmp/same" "$tmp/out" >>"$tmp/err"
	ok "options may be written as GNU's programs have them: $form"
done
refuses '--explain or --expect' "a beginning of two options" run --exp tour
refuses 'takes no value' "a value where there is none" run --icount=1 tour
refuses 'no such option: -x' "an unknown letter behind a known one" run -vx tour
refuses 'needs a value' "a letter without its value" run -vm
q run --version
[[ $status == 0 && $(<"$tmp/out") =~ ^portcullis\ [1-9][.0-9]*$ ]]
ok "--version tells which Portcullis this is"

q run --dry-run --icount -m 64M --explain -f "$tmp/allow.bpf" tour 'two words'
[[ $status == 0 && $(<"$tmp/out") == "qemu-system-riscv64 "*" -m 64M "*explain*"shift=0,sleep=off"* ]]
ok "--dry-run prints the command line and runs nothing"
echo kept | tee "$tmp/kept.e" >"$tmp/kept.l"
q run --dry-run --events "$tmp/kept.e" --log "$tmp/kept.l" tour
[[ $status == 0 && $(cat "$tmp"/kept.?) == $'kept\nkept' ]]
ok "... and leaves the files that a run would write"

cp "$out/root/bin/hello" "$tree/bin"
q run --root "$tree" greet
[[ $status == 0 && $(<"$tmp/out") == *ello* ]]
ok "links in a root lead to what is in there"
q run --root "$tree" good-script
[[ $status == 0 && $(<"$tmp/out") == *ello* ]]
ok "so do those of a script's interpreter"
cp -p "$out/root/bin/hello" "$tree/two words"
cp -p "$out/root/bin/hello" "$tree/a \"word\""
q run --root "$tree" "/two words"
[[ $status == 0 && $(<"$tmp/out") == *ello* ]]
ok "a program's path may have a space"
refuses 'has no quote' "... and no quote" run --root "$tree" '/a "word"'
rm "$tree/two words" "$tree/a \"word\""
printf -v deep 'a/%.0s' {1..700}
mkdir -p "$tree/$deep"
q run --root "$tree" hello
[[ $status == 0 && $(<"$tmp/out") == *ello* ]]
ok "a root may be deep"
rm -r "${tree:?}/a"
q run --dry-run --root "$tree" good-script
[[ $status == 0 && $(<"$tmp/out") == *'mem-path='*.ram,share=off* ]]
ok "a root is mapped, not copied"
for words in 0x80000000,0x1000 0x80200000,0x1000 0x87fff000,0x2000 0x84000000; do
	q run --append "initrdmem=$words" hello
	[[ $status == 251 && $(<"$tmp/err")$(<"$tmp/out") =~ initrdmem.*(not memory that is free|is not \"initrdmem=) ]]
	ok "files that are said to be where none can be: nothing runs ($words)"
done
head -c 9M /dev/zero >"$tree/large"
refuses 'a memory of 16M; -m 32M would be enough' "a root that is too large" run -m 16M --root "$tree" good-script
rm "$tree/large"
: >"$tree/lib/ld.so.1"
chmod +x "$tree/lib/ld.so.1"
refuses '/lib/ld.so.1 is not an ELF file' "a loader that is none" run --root "$tree" dynamic

killed=filter-division-by-zero-kills
q run "$killed"
[[ $status == 159 ]]
ok "a program that is killed by SIGSYS gives 128 + 31"

q run "$out/tests/guest/$killed"
[[ $status == 159 ]]
ok "so it does when it is named by its path"

q run -f "$tmp/kill.bpf" tour
[[ $status == 159 && $(<"$tmp/err") == *'comm="launcher"'*syscall=221* && $(<"$tmp/out") != *tour* ]]
ok "-f binds the execve that starts the program, as a launcher's filter does"

# Any form of policy will do, several of them, and options that say how they are meant.
printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["write"], "action": "SCMP_ACT_KILL_PROCESS", "includes": { "caps": ["CAP_%s"] } } ] }' KILL >"$tmp/kill.json"
q run --explain -f "$tmp/allow.bpf" -f "$tmp/kill.json" hello
[[ $status == 159 && $(<"$tmp/err") == *'write('*'KILL_PROCESS by filter 2 '* &&
	$(<"$tmp/err") == *'filter 1 ('*allow.bpf*'filter 2 ('*'kill.json): '*'refuses write: KILL_PROCESS'*'call at their start and end'* ]]
ok "-f takes a container's profile, and --explain tells what each policy allows"
[[ $(<"$tmp/err") == *'was not allowed'*'KILL_PROCESS   '*kill.json:1* ]]
ok "... and, in the end, which rule each refusal comes from"
q run --caps=-KILL -f "$tmp/kill.json" hello
# Other tests run at the same time, and theirs go when they end.
mapfile -t files < <(compgen -G "$out/run.*.filter*")
for ((i = 0; i < 300 && ${#files[@]} > 0; i++)); do
	mapfile -t files < <(ls -d "${files[@]}" 2>/dev/null)
	sleep 0.1
done
[[ $status == 0 && ! -s $tmp/err && ${#files[@]} == 0 ]]
ok "... for a container of other capabilities, and leaves no file behind"
./qemu.sh run -f - hello <"$tmp/kill.json" >"$tmp/out" 2>"$tmp/err"
status=$?
[[ $status == 159 && $(<"$tmp/err") == *'KILL_PROCESS   <stdin>:1' ]]
ok "... also from standard input"
q run -f <(cat "$tmp/kill.json") hello
[[ $status == 159 && $(<"$tmp/err") == *'KILL_PROCESS   <stdin>:1' ]]
ok "... and from a pipe"
refuses 'one policy may come from a pipe' "... but no two" run -f <(cat "$tmp/kill.json") -f <(cat "$tmp/kill.json") hello
refuses 'it is read, too' "events over the policy" run --events "$tmp/kill.json" -f "$tmp/kill.json" hello
printf '{ "defaultAction": "SCMP_ACT_KILL", }' >"$tmp/wrong.json"
q run -f "$tmp/wrong.json" hello
[[ $status == 2 && $(<"$tmp/err") == "$tmp/wrong.json:1:35: error: a comma too many"* ]]
ok "... and says where a policy is wrong"

printf 'li a7, 94\n li a0, 7\n ecall\n' | sed '1i.globl _start\n_start:' |
	riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/exits-7"
# A root is packed once; but every change of it is seen.
q run --root "$tree" "$tree/bin/hello"
[[ $status == 0 && $(<"$tmp/out") == *ello* ]]
ok "a program of a root may have the folder in front"
mkdir "$tree/etc"
cp -p "$out/root/bin/hello" "$tree/etc/program"
q run --root "$tree" /etc/program
first=$status
cat "$tmp/exits-7" >"$tree/etc/program"
truncate -r "$out/root/bin/hello" "$tree/etc/program"
touch -r "$out/root/bin/hello" "$tree/etc/program"
q run --root "$tree" /etc/program
[[ $first == 0 && $status == 7 ]]
ok "a file of a root that has another content, but the same name, size and time, is not an old one"
rm -r "${tree:?}/etc"

# A program of this machine, and a sysroot with its loader and libraries.
refuses 'no such folder' "a sysroot that is not there" run --sysroot "$tmp/none" "$tmp/dynamic"
refuses 'names no loader' "a static program in a sysroot" run --sysroot "$tree" "$out/root/bin/hello"
refuses "/lib/ld.so.1, its loader, which is not in $tmp/tree/bin" "a sysroot without the loader" run --sysroot "$tree/bin" "$tree/bin/dynamic"
if command -v riscv64-linux-gnu-gcc >/dev/null && [[ -e /usr/riscv64-linux-gnu/lib/libc.so.6 ]]; then
	sys=$tmp/sys
	echo '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["getppid"], "action": "SCMP_ACT_ERRNO"}]}' >"$tmp/getppid.json"
	mkdir -p "$sys/lib" "$sys/opt/mine"
	cp /usr/riscv64-linux-gnu/lib/{ld-linux-riscv64-lp64d.so.1,libc.so.6} "$sys/lib"
	echo 'int getppid(void); int low(void) { return getppid() == 0 || 1 ? 5 : 0; }' | riscv64-linux-gnu-gcc -shared -fPIC -x c - -o "$sys/opt/mine/liblow.so.1" -Wl,-soname,liblow.so.1
	echo 'int low(void); int high(void) { return low() + 1; }' |
		riscv64-linux-gnu-gcc -shared -fPIC -x c - -o "$sys/opt/libhigh.so" -x none "$sys/opt/mine/liblow.so.1" -Wl,-rpath,'$ORIGIN/mine' -Wl,-soname,libhigh.so
	echo 'int high(void); int main(void) { return high() * 7; }' |
		riscv64-linux-gnu-gcc -x c - -o "$tmp/uses" -x none "$sys/opt/libhigh.so" -Wl,-rpath-link,"$sys/opt/mine" -Wl,-rpath,/opt
	q run --sysroot "$sys" "$tmp/uses"
	[[ $status == 42 ]]
	ok "--sysroot: the loader, a library in RUNPATH, and one that only this one needs, in \$ORIGIN/mine"
	q run --sysroot "$sys" -f "$tmp/getppid.json" "$tmp/uses"
	[[ $status == 42 ]] && grep -q 'at getppid+0x[0-9a-f]* (libc\.so\.6)' "$tmp/err" &&
		grep -q 'called by low+0x[0-9a-f]* (liblow\.so\.1)' "$tmp/err"
	ok "... and the summary knows their functions"
	printf '%s => status 42\n' "--sysroot $sys -f $tmp/getppid.json $tmp/uses" "--sysroot $sys $tmp/uses" | sed '$a hello => status 0' >"$tmp/list"
	q run --each "$tmp/list"
	[[ $status == 0 ]] && grep -q '^#  *called by low+0x[0-9a-f]* (liblow\.so\.1)' "$tmp/out"
	ok "... in rows of one boot, too"
	q pack --sysroot "$sys" -o "$tmp/image" "$tmp/uses"
	timeout 300 qemu-system-riscv64 -machine virt -nographic -kernel "$tmp/image" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[[ $status == 42 ]]
	ok "... packed, too"
	# A program with its own libraries, in folders as they are installed.
	mkdir -p "$tmp/own/bin" "$tmp/own/lib/more"
	echo 'int getppid(void); int low(void) { return getppid() == 0 || 1 ? 5 : 0; }' |
		riscv64-linux-gnu-gcc -g -shared -fPIC -x c - -o "$tmp/own/lib/more/liblow.so.1" -Wl,-soname,liblow.so.1
	echo 'int low(void); int high(void) { return low() + 2; }' | riscv64-linux-gnu-gcc -g -shared -fPIC -x c - -o "$tmp/own/lib/libhigh.so" \
		-x none "$sys/opt/mine/liblow.so.1" -Wl,-rpath,'$ORIGIN/more' -Wl,-soname,libhigh.so
	echo 'int high(void); int main(void) { return high() * 7; }' |
		riscv64-linux-gnu-gcc -x c - -o "$tmp/own/bin/app" -x none "$tmp/own/lib/libhigh.so" -Wl,-rpath-link,"$sys/opt/mine" -Wl,-rpath,'$ORIGIN/../lib'
	q run --sysroot "$sys" -f "$tmp/getppid.json" "$tmp/own/bin/app"
	[[ $status == 49 ]] && grep -q 'called by low+0x[0-9a-f]* <stdin>:1 < high+0x[0-9a-f]* <stdin>:1 < main' "$tmp/err"
	ok "--sysroot: a program's own libraries are found from \$ORIGIN, where they lie here, and their lines"
	rm "$sys/opt/mine/liblow.so.1"
	refuses "/opt/libhigh.so needs liblow.so.1, which is not in $sys; needed by /bin/uses" "a library that the sysroot lacks, and who needs it" \
		run --sysroot "$sys" "$tmp/uses"
else
	skip "--sysroot: loader and libraries are found" "needs the cross-compiler for Linux"
fi

for name in dev proc tmp; do
	ln -s /bin "$tree/$name"
	q run -f "$tmp/kill.bpf" --root "$tree" greet
	not_begun 'no directory' "a root whose $name is a link: nothing runs unfiltered"
	rm "$tree/$name"
done
mkdir "$tree/proc"
: >"$tree/proc/version"
q run -f "$tmp/kill.bpf" --root "$tree" greet
not_begun 'below /proc' "nor with a file below /proc"
rm -r "$tree/proc"
printf 'li a7, 94\n li a0, 251\n ecall\n' | sed '1i.globl _start\n_start:' |
	riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/exit-251"
q run "$tmp/exit-251"
[[ $status == 254 && $(<"$tmp/err") == *"status 251"*"reported as 254"* ]]
ok "a program's own 251 is told apart"

q run --explain --log "$tmp/log" "$killed"
[[ $(<"$tmp/log") == "$(<"$tmp/err")" && $(<"$tmp/log") == *'seccomp: '* && $(<"$tmp/log") != *OpenSBI* ]]
ok "--explain says why, and --log keeps what was on the console, from the kernel's first byte on"

q run -v "$killed"
[[ $status == 159 && $(<"$tmp/out") == *OpenSBI* ]]
ok "-v shows the firmware"

for i in 1 2; do q run --icount --log "$tmp/log.$i"; done
[[ $status == 0 ]] && cmp "$tmp/log.1" "$tmp/log.2" >"$tmp/err"
ok "two --icount runs of the tour give the same bytes"

q pack -o "$tmp/image" -f "$tmp/allow.bpf" --explain "$killed" one two
[[ $status == 0 && -s $tmp/image ]]
ok "pack makes one file"
refuses 'a bootable file' "a file that pack has made" run "$tmp/image"

timeout 300 qemu-system-riscv64 -machine virt -nographic -kernel "$tmp/image" >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
[[ $status == 159 && $(<"$tmp/out") == *'KILL_THREAD by filter 2 '*1:ALLOW* ]]
ok "which boots by itself, with its policy and its options, to the same end"

# ---- what is built ----

# builds ARG...: what make says it would build, a line each.
builds() {
	env -u MAKEFLAGS -u MAKELEVEL make -n "$@" 2>"$tmp/err" | sed -n "s/^printf '  %-4s %s.n' //p" >"$tmp/out"
}

builds O="$out" -W kernel/gate/judge.c run
[[ $(<"$tmp/out") == "CC 'kernel/gate/judge.c'"$'\n'"LD $out/portcullis.elf"$'\n'"BIN $out/portcullis.Image" ]]
ok "an edit of judge.c compiles one file and links once"

builds O="$tmp/new" test T=strict-kills-getpid
[[ $(grep -c 'tests/guest/' "$tmp/out") == 1 ]] && grep -q 'kernel/main.c' "$tmp/out" &&
	! grep -qE 'policy/|tests/unit|tests/(host|fuzz|family)|asan|bench/' "$tmp/out"
ok "one guest program needs the kernel, the programs of user/ and itself"
builds O="$tmp/new" test T=check
[[ $(grep -c 'tests/unit/' "$tmp/out") == 1 ]] && ! grep -qE 'kernel/|user/|policy/' "$tmp/out"
ok "a unit test needs the library and itself"

# What a shell opens first would be in the place of a closed standard input, or output.
./qemu.sh run hello >"$tmp/out" 2>"$tmp/err" <&-
[[ $? == 0 && $(<"$tmp/out") == 'hello: hello, world' ]]
ok "with standard input closed, no byte of the console is lost"
./qemu.sh run hello 2>"$tmp/err" >&-
[[ $? == 2 && $(<"$tmp/err") == 'qemu.sh: standard output is closed' ]]
ok "with standard output closed, nothing runs"
./qemu.sh run hello >"$tmp/out" 2>&-
[[ $? == 0 && $(<"$tmp/out") == 'hello: hello, world' ]]
ok "... with standard error closed, all does"

# A folder user/ of two programs, one of which does not compile.
house=$tmp/house
mkdir -p "$house/kernel" "$house/user" "$house/boot"
cp -r Makefile mk include seccomp tools "$house"
cp kernel/modules.def "$house/kernel"
cp -r user/lib user/hello.c "$house/user"
echo 'int main(void) { return undeclared; }' >"$house/user/broken.c"
in_house() { env -u MAKEFLAGS -u MAKELEVEL make -s -C "$house" O=build "$1" >"$tmp/out" 2>"$tmp/err"; }
in_house build/initrd.cpio && [[ $(cd "$house/build/root/bin" && echo *) == hello ]]
ok "a program of user/ that does not compile is left out"
! in_house build/user/broken && grep -q "broken.c.*undeclared" "$tmp/err" && in_house build/user/hello
ok "... and stops who asks for it, and nobody else"

tap_end
