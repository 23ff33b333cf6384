#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# machine.t - the kernel on machines of every shape: memory, harts, page-table and timer extensions;
# what it maps, and how it ends when it cannot go on. Each boots a program that forks, writes and
# checks, with the leak check on.
#
# needs: run tests/guest/fork-inherits-the-filters

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
out=${O:-build}
program=$out/tests/guest/fork-inherits-the-filters
shopt -s extglob

# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out")

boots() {
	local name=$1
	shift
	./qemu.sh run --timeout 60 --append leakcheck "$@" "$program" >"$tmp/out" 2>&1 </dev/null &&
		grep -q 'none lost' "$tmp/out"
	ok "$name"
}

for size in 32M 64M 512M 2G 8G; do
	boots "it runs in $size" -m "$size"
done
for harts in 2 4 8; do
	boots "it runs on one of $harts harts" --smp "$harts"
done
for cpu in rv64,sstc=off sifive-u54; do
	boots "it runs on $cpu" --cpu "$cpu"
done
for sv48 in off on; do
	if qemu-system-riscv64 -machine none -cpu "rv64,sv48=$sv48" -display none -monitor stdio <<<quit >/dev/null 2>&1 &&
		qemu-system-riscv64 -machine virt -cpu "rv64,sv48=$sv48" -S -display none -monitor stdio <<<quit >/dev/null 2>&1; then
		boots "it runs with Sv48 $sv48" --cpu "rv64,sv48=$sv48"
	else
		skip "it runs with Sv48 $sv48" 'this QEMU always has Sv48, and no switch for it'
	fi
done

# refused WORDS NAME: nothing ran, and one line says why.
refused() {
	[[ $status == 251 && $(<"$tmp/out") == *"$1"*": nothing runs" && $(wc -l <"$tmp/out") == 1 ]]
	ok "$2"
}
# A newer QEMU wants an extension that builds on F left out with it.
with=''
! qemu-system-riscv64 -machine virt -cpu rv64,zfa=false -S -display none -monitor stdio <<<quit >/dev/null 2>&1 || with=,zfa=false
for lacks in f=false,d=false d=false; do
	./qemu.sh run --timeout 60 --cpu "rv64,$lacks$with" "$program" >"$tmp/out" 2>&1 </dev/null
	status=$?
	refused 'has no extension' "a hart with $lacks runs nothing, and says so"
done
./qemu.sh run --cpu rv64,c=off "$program" >"$tmp/out" 2>&1 </dev/null
status=$?
[[ $status == 2 && $(<"$tmp/out") == *'made for RV64GC'* ]]
ok "nor is one without C asked for: no firmware would start it"

for word in budget=70000 deadline=65536 rows= columns=wide faults=at:-1; do
	./qemu.sh run --append "$word" "$program" >"$tmp/out" 2>&1 </dev/null
	status=$?
	refused 'does not begin with a number up to 65535' "$word on the command line: nothing runs"
done
./qemu.sh run --append "budget=65535 deadline=60" "$program" >"$tmp/out" 2>&1 </dev/null
ok "numbers up to 65535 are taken"

# A kernel that does not find the boot loader's seed.
sed 's/rng-seed/rng-none/' "$out/portcullis.Image" >"$tmp/seedless.Image"
command=$(./qemu.sh run --dry-run "$out/tests/guest/getrandom-flags-and-the-seed" unseeded </dev/null)
eval "${command/-kernel +([^ ])/-kernel $tmp/seedless.Image}" >"$tmp/out" 2>&1 </dev/null
status=$?
[[ $status == 0 ]] && grep -q 'random: no seed' "$tmp/out"
ok "without a seed the kernel says so, and getrandom tells who does not wait"

# Two programs of a few instructions: one that never ends, one that calls uname.
assemble() {
	printf '.globl _start\n_start: %b\n' "$2" |
		riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/$1"
}
# It says that it is there, and goes on.
assemble endless 'li a0, 1\n la a1, 1f\n li a2, 6\n li a7, 64\n ecall\n 2: j 2b\n 1: .ascii "there\\n"'
assemble uname 'li a7, 160\n la a0, _start\n ecall'

# A filter that looks at an argument, so that the kernel makes code for it; then the same.
assemble judged 'li a7, 277\n li a0, 1\n li a1, 0\n la a2, 1f\n ecall\n beqz a0, 3f\n unimp\n 3: li a0, 1\n la a1, 5f\n li a2, 6\n li a7, 64\n ecall\n 4: j 4b\n 5: .ascii "there\\n"\n
	.balign 8\n 1: .half 4, 0, 0, 0\n .dword 2f\n
	2: .word 0x20, 16, 0x01000015, 1, 0x06, 0x7fff0000, 0x06, 0x00050001'

# map PROGRAM: the machine stops in the middle of it; QEMU's monitor lists every mapping there is.
map() {
	local command
	command=$(./qemu.sh run --dry-run "$tmp/$1" </dev/null)
	: >"$tmp/console"
	{
		wait_until grep -aq there "$tmp/console"
		printf 'stop\ninfo mem\nquit\n'
	} | eval "${command/-serial stdio/-serial file:$tmp/console -monitor stdio}" >"$tmp/out" 2>&1
	tr -d '\r' <"$tmp/out" | awk '$4 ~ /^[rwxugad-]+$/ && $1 ~ /^[0-9a-f]+$/' >"$tmp/map"
}

map judged
! grep -E ' r?wx' "$tmp/map" && [[ $(awk '$1 ~ /^f/ && $4 ~ /x/' "$tmp/map" | wc -l) == 2 ]]
ok "code made for a filter has pages of its own, executable and not writable"
map endless
[[ $(wc -l <"$tmp/map") -ge 5 ]]
ok "the monitor lists the mappings"
! grep -E ' r?wx' "$tmp/map"
ok "nothing is writable and executable at once"
! awk '$1 ~ /^f/ && $4 ~ /u/' "$tmp/map" | grep .
ok "nothing of the kernel's half is user mode's"
[[ $(awk '$1 ~ /^f/ && $4 ~ /x/' "$tmp/map" | wc -l) == 1 ]]
ok "the kernel's text is executable in one place"
# Half of every kernel stack's slot is a hole, so no two stacks touch.
! awk '$1 ~ /^ffffffffc0/ && $3 != "0000000000004000"' "$tmp/map" | grep .
ok "kernel stacks lie between holes"

# A kernel with a bug: an illegal instruction where sys_uname begins.
at=$(riscv64-unknown-elf-nm "$out/portcullis.elf" | awk '$3 == "sys_uname" { print substr($1, 9) }')
cp "$out/portcullis.Image" "$tmp/broken.Image"
head -c 4 /dev/zero | dd of="$tmp/broken.Image" bs=1 seek=$((0x$at - 0x80000000)) conv=notrunc status=none
command=$(./qemu.sh run --dry-run "$tmp/uname" </dev/null)
eval "${command/-kernel +([^ ])/-kernel $tmp/broken.Image}" >"$tmp/out" 2>&1 </dev/null
status=$?
tr -d '\r' <"$tmp/out" >"$tmp/panic"
[[ $status == 253 ]]
ok "a kernel bug ends the machine with 253, which no program can"
grep -q '^panic: illegal instruction in the kernel' "$tmp/panic"
ok "a panic names its cause in words"
grep -q '^panic: task pid=2 tid=2 comm="uname", last call uname (160)' "$tmp/panic"
ok "it names the task and its last call"
[[ $(grep -c '^panic: .*=[0-9a-f]\{16\}' "$tmp/panic") == 8 ]]
ok "it shows the registers"
grep -q '^panic: *0x[0-9a-f]* sys_uname+0x0' "$tmp/panic" && grep -q '^panic: *0x[0-9a-f]* gate_call+0x' "$tmp/panic"
ok "it names where it was and who called"

tap_end
