#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# gdb.t - tools/gdbinit: every command of it, in gdb's batch mode; none changes the machine. What
# break-refusal stops at is compared with what the events of the same program tell.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tool=${O:-build}/portcullis

if ! command -v gdb-multiarch >/dev/null; then
	skip "commands of gdb" "there is no gdb-multiarch"
	tap_end
	exit
fi

# start NAME ARG...: starts qemu.sh gdb, whose output is in NAME.out and NAME.err, and waits for it.
start() {
	local name=$1
	shift
	timeout 600 ./qemu.sh gdb "$@" >"$tmp/$name.out" 2>"$tmp/$name.err" </dev/null &
	pid[$name]=$!
	wait_until is_listening_or_over "$name" && is_listening "$name"
}
is_listening_or_over() { is_listening "$1" || ! kill -0 "${pid[$1]}" 2>/dev/null; }
is_listening() {
	attach=$(grep -sh 'gdb-multiarch' "$tmp/$1.err")
	[[ -n $attach && -S $(sed "s/.*remote \([^']*\)'.*/\1/" <<<"$attach") ]]
}

# debug NAME SCRIPT: gdb with the command line that NAME's qemu.sh printed.
debug() {
	attach=$(grep -h 'gdb-multiarch' "$tmp/$1.err")
	eval "${attach/gdb-multiarch/timeout 500 gdb-multiarch -nx} -batch -x $2" >"$tmp/$1.gdb" 2>&1 </dev/null
}

# finish NAME: the program's own status.
finish() { wait "${pid[$1]}"; }
declare -A pid

# Not in a loop: what a breakpoint does waits for its end.
{ echo break-refusal && yes continue | head -n 100; } >"$tmp/all"

# Every refusal of the tour, by whatever part of the kernel, is one stop; compared with the events.
start tour --private tour && debug tour "$tmp/all"
finish tour
status=$?
./qemu.sh run --private --events "$tmp/e" tour >/dev/null 2>&1 </dev/null
jq -r 'select(.event == "call" and (.answer | test("^(ALLOW|LOG)") | not)) | .call' "$tmp/e" >"$tmp/1"
sed -n 's/^refused: pid [0-9]* tid [0-9]* \([a-z0-9_]*\)(.*/\1/p' "$tmp/tour.gdb" >"$tmp/2"
[[ $status == 0 && $(wc -l <"$tmp/1") -gt 25 ]] && diff "$tmp/1" "$tmp/2" >&2
ok "break-refusal stops at each refusal of the tour, which ends as without gdb"
grep -q '^refused: .* write(a0 is gone, 0x[0-9a-f]*, 0x[0-9a-f]*) ip=.* -> errno 13 by the gate.s code' "$tmp/tour.gdb" &&
	grep -q '^refused: .* getpgid(0x0) ip=.* -> ERRNO(1) by the gate, whatever' "$tmp/tour.gdb" &&
	grep -q '^refused: .* getppid() ip=.* -> KILL_PROCESS by the judge' "$tmp/tour.gdb" &&
	grep -q '^refused: .* getpid(.* -> the end, by mode strict' "$tmp/tour.gdb"
ok "by code, by the table, by the judge, and in mode strict"

# All kinds of instructions, as portcullis disasm writes them; and no command changes a register.
cat >"$tmp/all.asm" <<'END'
ld #5
tax
txa
ld len
ldx len
ldx #7
st M[1]
stx M[2]
ld M[1]
ldx M[2]
add #1
add x
sub #1
sub x
mul #3
mul x
div #2
div x
or #1
or x
and #0xff
and x
xor #1
xor x
lsh #2
lsh x
rsh #2
rsh x
neg
ja 0
jeq #1, 0, 0
jeq x, 0, 0
jgt #1, 0, 0
jgt x, 0, 0
jge #1, 0, 0
jge x, 0, 0
jset #1, 0, 0
jset x, 0, 0
ld [0]
jeq #0xfff, 0, 8
ret #0x80000000
ret #0
ret #0x30007
ret #0x50000
ret #0x7fc00000
ret #0x7ff00001
ret #0x7ffc0000
ret #0x12345678
ld #0x7fff0000
ret a
END
"$tool" convert -q --to raw -o "$tmp/all.bpf" "$tmp/all.asm"
{
	printf '%s\n' tasks trapframe filters 'trapframe 1' 'filters 1' # before there is a kernel
	echo -e 'break-refusal\ncontinue\nset $task = hart.current'
	for command in 'tasks' 'trapframe' 'trapframe hart.frame' 'filters' 'filters $task' 'portcullis' 'help portcullis'; do
		printf 'echo command: %s\\n\n%s\necho registers:\\n\ninfo registers\n' "$command" "$command"
	done
	echo continue
} >"$tmp/each"
start each -f "$tmp/all.bpf" deny && debug each "$tmp/each"
finish each
status=$?
[[ $status == 0 ]] && grep -q 'deny: write to 1: Permission denied; to 2 it works' "$tmp/each.out" "$tmp/each.err"
ok "the program goes on and ends as it does without gdb"
sed -n '/^command: filters$/,/^registers:/p' "$tmp/each.gdb" | sed -n '/^filter 1: 50 instructions/,/ret a$/p' | tail -n +2 | sed 's/^ *//' >"$tmp/2"
"$tool" disasm "$tmp/all.bpf" | sed 's/^ *//' | diff - "$tmp/2" >&2
ok "filters prints every kind of instruction by its name"
[[ $(grep -c '^filter 2: 6 instructions' "$tmp/each.gdb") == 2 && $(grep -c '^trapframe 0x' "$tmp/each.gdb") == 2 ]] &&
	grep -q '^\* pid 2 tid 2 "deny" TASK_RUNNING mode 2, 2 filters, newest 2, ' "$tmp/each.gdb" &&
	grep -q '^  pid 1 tid 1 "kinit" .* no filter' "$tmp/each.gdb" && [[ $(grep -c '^break-refusal  *stop at' "$tmp/each.gdb") == 2 ]] &&
	! grep -q 'Error\|error' <(grep -v 'Remote connection closed\|Remote communication error.  Target disconnected\|Error in sourced command file' "$tmp/each.gdb")
ok "tasks, trapframe and portcullis print what they should"
awk '/^registers:/ { n++; on = 1; next } /^command:/ { on = 0 } on && /^[a-z]/ { block[n] = block[n] $0 "\n" }
	END { for (i = 2; i <= n; i++) bad += block[i] != block[1]; exit bad || n != 7 || length(block[1]) < 500 }' "$tmp/each.gdb"
ok "and no command changes a register"
[[ $(grep -c '^There is no task yet' "$tmp/each.gdb") == 5 ]]
ok "where there is no kernel yet, they say so"

# Two at once.
if start one family && start two deny; then
	debug one "$tmp/all"
	debug two "$tmp/all"
fi
finish two && finish one
status=$?
[[ $status == 0 && $(grep -c '^refused: .* getpgid' "$tmp/one.gdb") == 2 && $(grep -c '^refused: .* write' "$tmp/two.gdb") == 1 ]] &&
	grep -q 'family: generation 1 is refused: getpgid' "$tmp/one.out" "$tmp/one.err" &&
	grep -q 'deny: write to 1' "$tmp/two.out" "$tmp/two.err"
ok "two sessions at once do not meet"
grep -q 'hello.c' <(start three hello && printf 'info line main\nkill\n' >"$tmp/s" && debug three "$tmp/s"; cat "$tmp/three.gdb")
ok "program adds a program's symbols"

# A program whose name has blanks and quotes, and which calls itself what looks like a second task.
cat >"$tmp/it's \"me\".c" <<'END'
static const char name[16] = "a\n  pid 9 tid 9";
static long call(long nr, long a)
{
	register long a7 __asm__("a7") = nr, a0 __asm__("a0") = a, a1 __asm__("a1") = (long)name;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1) : "memory");
	return a0;
}
void _start(void)
{
	call(167, 15);
	call(94, call(173, 0) != -1);
}
END
printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["getppid"], "action": "SCMP_ACT_ERRNO" } ] }' >"$tmp/one.json"
riscv64-unknown-elf-gcc -g -nostdlib -static -Wl,-z,noexecstack -o "$tmp/it's \"me\"" "$tmp/it's \"me\".c" &&
	start four -f "$tmp/one.json" "$tmp/it's \"me\"" && printf '%s\n' 'info line _start' break-refusal continue tasks delete continue >"$tmp/s" && debug four "$tmp/s"
finish four
[[ $? == 0 ]] && grep -q '^Line [0-9]* of "[^"]*it' "$tmp/four.gdb"
ok "... also of one whose path has blanks and quotes"
[[ $(grep -c '^. pid ' "$tmp/four.gdb") == 2 ]] && grep -qF '"a\n  pid 9 tid 9" ' "$tmp/four.gdb"
ok "no name of a task can make a second line"
tap_end
