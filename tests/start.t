#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# start.t - filters that are there when the program begins: at its execve, at its first instruction,
# or at main; none runs when they are not exactly those that the command line names.
#
# needs: run tests/guest/killed-as-it-comes-to-main

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/command.sh
. tests/command.sh
evidence=("$tmp/out" "$tmp/err")

bytes 06 00 00 00 00 00 ff 7f >"$tmp/allow.bpf"
bytes 06 00 00 00 00 00 00 80 >"$tmp/kill.bpf"

# A program that asks for its parent, then goes to main, where it writes; filters that kill the
# first, the second, or refuse execve.
printf '%b\n' '.globl _start, main\n .balign 4\n.type main, @function\n_start: li a7, 173\n ecall\n j main\nmain: li a7, 64\n li a0, 1' \
	' la a1, 1f\n li a2, 5\n ecall\n li a7, 94\n li a0, 7\n ecall\n1: .ascii "here\\n"' |
	riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/two-calls"
refuse_call() { # NUMBER ANSWER, in hexadecimal bytes
	bytes 20 00 00 00 00 00 00 00 15 00 00 01 "$1" 00 00 00 06 00 00 00 ${2//,/ } 06 00 00 00 00 00 ff 7f
}
refuse_call ad 00,00,00,80 >"$tmp/getppid.bpf"
refuse_call 40 00,00,00,80 >"$tmp/write.bpf"
refuse_call dd 0d,00,05,00 >"$tmp/execve.bpf"
while read -r at against want said; do
	q run --at "$at" -f "$tmp/$against.bpf" "$tmp/two-calls"
	[[ $status == "$want" ]] && case $(<"$tmp/out") in *here*) [[ $said == yes ]] ;; *) [[ $said == no ]] ;; esac
	ok "--at $at with a filter against $against ends with $want"
	q pack --at "$at" -o "$tmp/image" -f "$tmp/$against.bpf" "$tmp/two-calls"
	timeout 300 qemu-system-riscv64 -machine virt -nographic -kernel "$tmp/image" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[[ $status == "$want" ]] && case $(<"$tmp/out") in *here*) [[ $said == yes ]] ;; *) [[ $said == no ]] ;; esac
	ok "so it does packed"
done <<'END'
exec execve 251 no
start execve 7 yes
main execve 7 yes
exec getppid 159 no
start getppid 159 no
main getppid 7 yes
exec write 159 no
start write 159 no
main write 159 no
END
refuses 'exec, start or main' "another time for filters" run --at end -f "$tmp/kill.bpf" tour
assemble() { printf '%b\n' "$2" | riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/$1"; }
assemble early '.globl _start, main\n.type main, @function\n_start: li a7, 94\nli a0, 3\necall\nmain: nop'
q run --at main -f "$tmp/kill.bpf" "$tmp/early"
[[ $status == 251 && $(cat "$tmp/out" "$tmp/err") == *'the filters were never installed'* ]]
ok "a program that ends before main has had none"
assemble strict '.globl _start, main\n.type main, @function\n_start: li a7, 167\nli a0, 22\nli a1, 1\necall
	main: li a7, 173\necall\nli a7, 93\nli a0, 5\necall'
q run --at main -f "$tmp/allow.bpf" "$tmp/strict"
[[ $status == 251 && $(cat "$tmp/out" "$tmp/err") == *'in mode strict already'* ]]
ok "a program that has entered mode strict before main is not let out of it"
assemble forks '.globl _start\n_start: li a7, 220\nli a0, 17\nli a1, 0\nli a2, 0\nli a3, 0\nli a4, 0\necall\nbnez a0, 1f\nli a7, 173\necall
	li a7, 94\nli a0, 0\necall\n1: addi sp, sp, -16\nli a7, 260\nmv a1, sp\nli a2, 0\nli a3, 0\necall\nlw a0, 0(sp)\nli a7, 94\necall'
q run -f "$tmp/getppid.bpf" "$tmp/forks"
[[ $status == 31 ]] # SIGSYS
ok "its children have them, too"
for at in exec start main; do
	q run --append leakcheck --events "$tmp/events" --at "$at" -f "$tmp/allow.bpf" -f "$tmp/write.bpf" "$tmp/two-calls"
	[[ $status == 159 && $(cat "$tmp/out" "$tmp/err") == *'leakcheck: none lost'* ]] &&
		[[ $(jq -r 'select(.event == "install") | "\(.flags) \(.option)"' "$tmp/events") == $'0 1\n0 2' ]]
	ok "--at $at leaves nothing behind, and tells of both filters"
done
q run --icount --append leakcheck --at main -f "$tmp/allow.bpf" "${O:-build}/tests/guest/killed-as-it-comes-to-main"
[[ $status == 0 && $(cat "$tmp/out" "$tmp/err") == *'leakcheck: none lost'* ]]
ok "a process that is killed as it waits at main, for a TSYNC, ends"
riscv64-unknown-elf-strip "$tmp/two-calls"
refuses 'no symbol main' "a program whose main cannot be found" run --at main -f "$tmp/kill.bpf" "$tmp/two-calls"
for word in at=last at=main at=main: at=main:x at=main:1x at=main:1000000; do
	q run --append "$word" -f "$tmp/allow.bpf" hello
	[[ $status == 251 && $(<"$tmp/err") == *main*": nothing runs" ]]
	ok "the command line must say when: $word does not"
done

q run --append filters=0 -f "$tmp/kill.bpf" hello
not_begun 'two different' "no second word takes a filter off"
for word in '' filters=0 filters=1 filters=2 "filters=1:$(sha256sum <"$tmp/kill.bpf" | cut -c -64)" filters=4294967297 filters=2:HASH; do
	command=$(./qemu.sh run --dry-run -f "$tmp/kill.bpf" hello </dev/null)
	[[ $command =~ filters=1:[0-9a-f]{64} ]] && word=${word/HASH/"${BASH_REMATCH[0]#*:}"}
	eval "${command/"${BASH_REMATCH[0]}"/$word}" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	sed -i $'1,/\x02/{s/^.*\x02//;t;d}' "$tmp/out"
	not_begun 'filters' "the command line must say which filters there are: ${word:-nothing} does not"
done

command=$(./qemu.sh run --dry-run hello </dev/null)
[[ $command == *' filters=0 '* ]] && eval "${command/ filters=0 / }" >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
sed -i $'1,/\x02/{s/^.*\x02//;t;d}' "$tmp/out"
not_begun 'does not say which filters there are' "... also that there are none"

# The filter in the archive is damaged, and its hash is told as it is there: of its file the mode,
# in octal, and what is in it, in perl.
while IFS=, read -r mode data said; do
	command=$(./qemu.sh run --dry-run -f "$tmp/kill.bpf" hello </dev/null)
	[[ $command =~ -initrd\ ([^ ]+) ]] && archive=${BASH_REMATCH[1]}
	perl -e "binmode STDOUT; print $data" >"$tmp/damaged.bpf"
	perl -0777 -pi -e 'BEGIN { ($mode, $file) = splice(@ARGV, 0, 2); open(F, "<", $file); read(F, $data, 65536) }
		s{(0707010{7}\w)\w{8}(\w{32})\w{8}(\w{48}\.portcullis/filter\.0\0+)\x06\0{6}\x80}
		{sprintf("%s%08X%s%08X%s%s%s", $1, oct($mode), $2, length($data), $3, $data, "\0" x (-length($data) & 3))}e' \
		"$mode" "$tmp/damaged.bpf" "$archive"
	[[ $command =~ filters=1:[0-9a-f]{64} ]]
	eval "${command/"${BASH_REMATCH[0]}"/filters=1:$(sha256sum <"$tmp/damaged.bpf" | cut -c -64 | sha256sum | cut -c -64)}" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	sed -i $'1,/\x02/{s/^.*\x02//;t;d}' "$tmp/out"
	not_begun "/.portcullis/filter.0: $said" "a filter in the archive that is $said"
done <<'END'
0100444,"\xff\0\0\0\0\0\0\x80",malformed: instruction 0: is not an instruction of classic BPF
0100444,"\x06\0\0\0\0\0\0",malformed: its size is not a multiple of 8
0100444,"",malformed: a program has 1 to 4096 instructions
0100444,"\x06\0\0\0\0\0\0\x80" x 4097,malformed: a program has 1 to 4096 instructions
040755,"",not a regular file
END

q run -f "$tmp/kill.bpf" hello
[[ $status == 159 && $(cat "$tmp/out" "$tmp/err") == *'comm="launcher" exe=(null) sig=31 '*' syscall=221 '*' code=0x80000000'* ]]
ok "an execve that starts the program and is killed is recorded, as of a task without a file"

tap_end
