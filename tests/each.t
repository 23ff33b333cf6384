#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# each.t - one boot, many programs (qemu.sh run --each): an answer for each, none sees another, none
# hides another's end, and a list that is wrong boots nothing.
#
# needs: run portcullis tests/guest/nothing-is-left-of-an-earlier-program

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
out=${O:-build}
shopt -s extglob
# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out" "$tmp/err")

# each NAME ARG...: the list comes on standard input.
each() {
	cat >"$tmp/list"
	./qemu.sh run --timeout 60 "$@" --each "$tmp/list" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# says LINE...: these lines are in what it printed, one behind the other, and nothing is on stderr.
says() {
	local line at=1 found
	for line; do
		found=$(tail -n "+$at" "$tmp/out" | grep -nxF -m 1 -e "$line") || {
			echo "# missing: $line"
			return 1
		}
		at=$((at + ${found%%:*}))
	done
	[[ ! -s $tmp/err ]]
}

# assemble NAME TEXT: a program of a few instructions.
assemble() {
	printf '.globl _start\n_start: %b\n' "$2" |
		riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/$1"
}

assemble endless 'j _start'
assemble uname 'li a7, 160\n la a0, _start\n ecall\n li a0, 5\n li a7, 93\n ecall'
assemble reads 'addi a1, sp, -64\n li a0, 0\n li a2, 8\n li a7, 63\n ecall\n addi a0, a0, 40\n li a7, 93\n ecall'

# --- answers ------------------------------------------------------------------------------

each <<-'LIST'
	# a comment, and an empty line

	hello => status 0
	hello one 'two words' "it's" => status 0
	killed	 => status 159
	--append leakcheck deny => status 0
LIST
[[ $status == 0 ]] && says 1..4 'ok 1 - hello' "ok 2 - hello one 'two words' \"it's\"" 'ok 3 - killed' \
	'ok 4 - --append leakcheck deny' && [[ $(wc -l <"$tmp/out") == 5 ]]
ok "each line is answered, in order"

each --log "$tmp/logs" <<-'LIST'
	hello => status 3
	hello => status 0
LIST
[[ $status == 1 ]] && says 1..2 'not ok 1 - hello' '# the status is 0, not 3; the end of what it wrote:' \
	'#   hello: hello, world' 'ok 2 - hello'
ok "a status that is not the wanted one is said, with what the program wrote, and the others are run"
[[ $(<"$tmp/logs/1.log") == 'hello: hello, world' && $(<"$tmp/logs/2.log") == 'hello: hello, world' ]]
ok "--log has a file for each, with what it wrote and nothing else"

# --- none sees another --------------------------------------------------------------------

program=$out/tests/guest/nothing-is-left-of-an-earlier-program
for how in '--icount' '--smp 2'; do
	# shellcheck disable=SC2086
	each $how --log "$tmp/logs" <<-LIST
		--append leakcheck $program => status 0
		--rw $program => status 0
		--append leakcheck $program => status 0
		--rw $program => status 0
	LIST
	[[ $status == 0 ]]
	ok "$how: files, processes, timers, clocks, settings, registers, memory: nothing is left of another program"
	[[ $(sort -u "$tmp"/logs/?.log | grep -c ^random:) == 4 ]]
	ok "$how: each has random numbers of its own"
done

# What a program writes is not taken for the kernel's word of its end.
forged='\\2abc:0\\n\\2\\2:0\\n\\2:0\\n'
assemble forges "li a0, 1\n la a1, 1f\n li a2, 15\n li a7, 64\n ecall\n li a0, 7\n li a7, 93\n ecall\n 1: .ascii \"$forged\""
each --log "$tmp/logs" <<-LIST
	$tmp/forges => status 7
	hello => status 0
LIST
[[ $status == 0 && $(<"$tmp/logs/1.log") == *$'\2abc:0'*$'\2\2:0'*$'\2:0' ]]
ok "a program cannot forge its end"

assemble shows 'li a0, 1\n la a1, 1f\n li a2, 24\n li a7, 64\n ecall\n li a0, 7\n li a7, 93\n ecall\n 1: .ascii "a\\rok 2 - b\\033[2J\\0\\233\\nok 2\\n"'
each <<-LIST
	$tmp/shows => status 0
	hello => status 0
LIST
[[ $status == 1 && $(grep -c '^ok 2' "$tmp/out") == 1 ]] && ! LC_ALL=C grep -q '[^ -~]' "$tmp/out" &&
	grep -qF '#   a^Mok 2 - b^[[2J^@M-^[' "$tmp/out"
ok "nor an answer, whatever bytes it writes"

each <<-LIST
	$tmp/reads => status 40
	hello => status 0
LIST
[[ $status == 0 ]]
ok "the console's input is at its end for each"

printf '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["getcwd"], "action": "SCMP_ACT_KILL_PROCESS"}]}' >"$tmp/getcwd.json"
# What a C library asks before it writes: ioctl(1, TCGETS).
assemble asks 'li a0, 1\n li a1, 0x5401\n addi a2, sp, -64\n li a7, 29\n ecall\n neg a0, a0\n li a7, 93\n ecall'
each <<-LIST
	$tmp/asks => status 25
	--tty $tmp/asks => status 0
	$tmp/asks => status 25
LIST
./qemu.sh run "$tmp/asks" </dev/null >"$tmp/err" 2>&1
[[ $? == 25 && $status == 0 ]]
ok "standard output is a pipe, as in run; with --tty a terminal"
printf 'two words' >"$tmp/input"
printf '%s\r\n' "--stdin $tmp/input $tmp/reads => status 48" "$tmp/reads => status 40" | each
[[ $status == 0 ]] && says 1..2 "ok 1 - --stdin $tmp/input $tmp/reads"
ok "a row may have a file as its standard input; lines may end as on other systems"
# A name that the kernel tells, and bytes that are its marks, behind a line without an end.
assemble unfinished 'li a0, 1\n la a1, 1f\n li a2, 5\n li a7, 64\n ecall\n li a7, 17\n ecall\n 1: .ascii "a\\0201\\020b"'
each --log "$tmp/logs" --explain <<<"-f $tmp/getcwd.json $tmp/unfinished => status 159"
[[ $status == 0 && $(head -n 1 "$tmp/logs/1.log") == $'a\0201\020b' ]] && grep -q '^seccomp: ' "$tmp/logs/1.log"
ok "... and what it writes is in the log as it was, with the kernel's lines apart"
[[ $(grep -c '^1\.\.1$\|^# filter 1 (' "$tmp/out") == 2 && $(head -n 1 "$tmp/out") == 1..1 && ! -s $tmp/err ]]
ok "--explain tells of a row's policies under its answer"

magic='li a0, 0xfee1dead\n li a1, 672274793\n li a7, 142\n'
assemble halts "$magic li a2, 0x4321fedc\n ecall"
assemble restarts "$magic li a2, 0x01234567\n ecall"
each <<-LIST
	$tmp/halts => status 0
	$tmp/restarts => status 0
	hello => status 0
LIST
[[ $status == 0 ]]
ok "reboot(2) ends one program, not the boot"

# --- none hides another's end -------------------------------------------------------------

each <<-LIST
	hello => status 0
	--timeout 1 $tmp/endless => status 0
	$tmp/uname => status 5
	--timeout 1 $tmp/endless => status 124
LIST
[[ $status == 1 ]] && says 1..4 'ok 1 - hello' "not ok 2 - --timeout 1 $tmp/endless" '# its time was up' \
	'# the status is 124, not 0; it wrote nothing' "ok 3 - $tmp/uname" "ok 4 - --timeout 1 $tmp/endless"
ok "a program whose time is up fails alone"

# --- what ends early is told in full ------------------------------------------------------

# It is refused write(2), and waits for ever; or it ends with 124.
printf '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["write", "writev"], "action": "SCMP_ACT_ERRNO", "errnoRet": 9}]}' >"$tmp/write.json"
write='li a7, 64\n li a0, 1\n li a2, 0\n ecall\n'
assemble refused "$write 1: li a0, 0\n li a1, 0\n li a2, 0\n li a3, 0\n li a7, 73\n ecall\n j 1b"
assemble ends124 "$write li a0, 124\n li a7, 93\n ecall"
each --events "$tmp/events" -f "$tmp/write.json" <<-LIST
	--timeout 5 $tmp/refused => status 124
	--timeout 5 --deny-is-failure $tmp/refused => status 3
	$tmp/ends124 => status 124
	--deny-is-failure $tmp/ends124 => status 3
LIST
[[ $status == 0 && $(grep -c '^#   write(1, ' "$tmp/out") == 4 ]] && ! grep -q 'time was up' "$tmp/out" &&
	grep -q '"event":"call".*"call":"write"' "$tmp/events/1.jsonl" && tail -n 1 "$tmp/events/3.jsonl" | grep -q '"event":"end"'
ok "a program whose time is up, and one that ends with 124, keep what was recorded, and --deny-is-failure"
each -f "$tmp/write.json" <<<"$tmp/ends124 => status 0"
[[ $status == 1 ]] && says "not ok 1 - $tmp/ends124" '# the status is 124, not 0; it wrote nothing' '# 1 call was not allowed' &&
	! grep -qv '^[1n#]' "$tmp/out"
ok "a status that is not the wanted one comes with what was refused; what wrote nothing is said to"

# A signal to the command, when write(2) has been refused and the kernel has handed that over.
printf '{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"names": ["write"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}]}' >"$tmp/one.json"
assemble says "$write la a0, 3f\n li a1, 0\n li a7, 101\n ecall\n li a0, 2\n la a1, 2f\n li a2, 6\n li a7, 64\n ecall\n 1: j 1b\n 2: .ascii \"there\\\\n\"\n .balign 8\n 3: .quad 0, 200000000"
printf '%s => status 0\n' hello "-f $tmp/one.json $tmp/says" hello >"$tmp/list"
rm -f "$tmp"/logs/*
./qemu.sh run --events "$tmp/events" --log "$tmp/logs" --timeout 0 --each "$tmp/list" >"$tmp/out" 2>"$tmp/err" </dev/null &
wait_until grep -qs there "$tmp/logs/2.log"
kill $!
wait $!
status=$?
[[ $status == 143 ]] && grep -qxF '# the status is 143, not 0; the end of what it wrote:' "$tmp/out" && grep -q '^#   write(1, ' "$tmp/out" &&
	[[ $(tail -n 1 "$tmp/out") == 'Bail out! stopped' ]] && grep -q '"event":"call".*"call":"write"' "$tmp/events/2.jsonl"
ok "who stops it has what was recorded until then, and is told that this is not all"

# A kernel with a bug: an illegal instruction where sys_uname begins.
mkdir "$tmp/build"
ln -s "$PWD/${out#"$PWD/"}"/!(portcullis.Image) "$tmp/build/" 2>/dev/null || ln -s "$out"/!(portcullis.Image) "$tmp/build/"
at=$(riscv64-unknown-elf-nm "$out/portcullis.elf" | awk '$3 == "sys_uname" { print substr($1, 9) }')
cp "$out/portcullis.Image" "$tmp/build/"
head -c 4 /dev/zero | dd of="$tmp/build/portcullis.Image" bs=1 seek=$((0x$at - 0x80000000)) conv=notrunc status=none
O=$tmp/build PORTCULLIS_BUILT=1 each <<-LIST
	hello => status 0
	$tmp/uname => status 5
	hello => status 0
	$tmp/uname => status 253
LIST
[[ $status == 1 ]] && says 1..4 'ok 1 - hello' "not ok 2 - $tmp/uname" '#   panic: illegal instruction in the kernel, address 0x0 (scause 0x2)' \
	'ok 3 - hello' "ok 4 - $tmp/uname"
ok "a panic ends one program, and those behind it are run"

each <<-'LIST'
	-m 64M hello => status 0
	--append init=/nowhere hello => status 251
	--smp 2 hello => status 0
	-m 64M killed => status 159
LIST
[[ $status == 0 ]] && says 1..4 'ok 1 - -m 64M hello' 'ok 2 - --append init=/nowhere hello' 'ok 3 - --smp 2 hello' 'ok 4 - -m 64M killed'
ok "machines of several kinds: the answers come in the list's order; a program that does not begin is 251"

# --- filters, records ---------------------------------------------------------------------

printf '\6\0\0\0\0\0\0\x80' >"$tmp/kill.bpf"
printf '\x20\0\0\0\0\0\0\0\x15\0\0\1\x40\0\0\0\6\0\0\0\x09\0\5\0\6\0\0\0\0\0\xff\x7f' >"$tmp/write.bpf"
each <<-LIST
	--at start -f $tmp/kill.bpf hello => status 159
	hello => status 0
	-f $tmp/write.json --deny-is-failure hello => status 3
	-f $tmp/write.json --deny-is-failure --expect write,writev hello => status 0
	hello => status 0
LIST
[[ $status == 0 ]] && grep -qF "# 1 call was not allowed" "$tmp/out" && grep -qF "write.json:1" "$tmp/out"
ok "each has filters of its own, and what they refused is explained under its answer"

each <<<'--count hello => status 0'
[[ $status == 0 ]] && grep -q '^#.* write' "$tmp/out"
ok "calls are counted under the answer"

each --events "$tmp/events" <<-LIST
	--at start -f $tmp/write.bpf hello => status 0
	killed => status 159
LIST
whole=''
for n in 1 2; do
	head -n 1 "$tmp/events/$n.jsonl" | grep -q '"seq":0,.*"event":"start"' &&
		tail -n 1 "$tmp/events/$n.jsonl" | grep -q '"event":"end"' && whole+=.
done
[[ $status == 0 && $whole == .. ]] && grep -q ERRNO "$tmp/events/1.jsonl" && ! grep -q ERRNO "$tmp/events/2.jsonl"
ok "each has events of its own, from the first to the last"

each --icount --report "$tmp/pages" <<-LIST
	-f $tmp/write.json deny => status 2
	family => status 0
LIST
[[ $status == 0 ]] && grep -qF 'write.json:1' "$tmp/pages/1.html" && ! grep -qF 'write.json' "$tmp/pages/2.html" &&
	grep -qF '<h1>/bin/family</h1>' "$tmp/pages/2.html" && grep -qE '^<pre>./qemu.sh run .*--each .*2: family</pre>$' "$tmp/pages/2.html"
ok "each has a page of its own"

# The kernel counts and hashes the filters of each row, whoever made the rows.
line=$(./qemu.sh run --dry-run hello </dev/null)
eval "qemu=($line)"
for i in "${!qemu[@]}"; do
	case ${qemu[i]} in
	-initrd) qemu[i + 1]=$tmp/rows ;;
	-append) qemu[i + 1]=rows=0 ;;
	esac
done
hash=$(sha256sum <"$tmp/kill.bpf" | cut -c -64 | sha256sum)
hash=${hash%% *} other=${hash%?}$((0x${hash: -1} == 0)) # the last digit is another one
# row NUMBER WORDS FILTER...
row() {
	printf '%s\0' "n$1" s20 "winit=/bin/hello newline=bare input=none $2" "b$out/initrd.cpio" a/bin/hello "${@:3}" .
}
{
	row 1 "filters=0 at=exec"
	row 2 "filters=1:$hash at=start" "f$tmp/kill.bpf"
	row 3 "filters=1:$hash at=start" "f$tmp/write.bpf"
	row 4 "filters=1:$hash at=start"
	row 5 "filters=0 at=start" "f$tmp/kill.bpf"
	row 6 "at=start"
	row 7 "filters=1:$other at=start" "f$tmp/kill.bpf"
	row 8 "filters=0 at=exec"
} | "$out/tools/rowpack" "$tmp/rows"
"$out/tools/rowrun" "$tmp/rows" 0 "$tmp" '' "${qemu[@]}" >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $(cut -d ' ' -f 1,2 "$tmp/out") == $'1 0\n2 159\n3 251\n4 251\n5 251\n6 251\n7 251\n8 0' ]]
ok "a row whose filters are not those that its command line says does not begin: 251"

# The first row's archive begins behind the memory; there is no such row; a word too many.
cp "$tmp/rows" "$tmp/good"
printf '\377\377\377' | dd of="$tmp/rows" bs=1 seek=$((48 + 8 + 5)) conv=notrunc status=none
"$out/tools/rowrun" "$tmp/rows" 0 "$tmp" '' "${qemu[@]}" >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $(<"$tmp/out") == '1 251 '* && $(<"$tmp/1.log") == 'main: the rows of the initrd are damaged: nothing runs'* ]]
ok "a damaged list of rows runs nothing, and says so"
cp "$tmp/good" "$tmp/rows"
for word in rows=8 rows=1x; do
	"$out/tools/rowrun" "$tmp/rows" 0 "$tmp" '' "${qemu[@]/rows=0/$word}" >"$tmp/out" 2>"$tmp/err" </dev/null
	[[ $(<"$tmp/out") == ?' 251 '* && $(<"$tmp/1.log") == main:*': nothing runs'* ]]
	ok "nor does a boot that begins with $word"
done

# --- what is wrong is said before anything boots ------------------------------------------

# refuses WORDS NAME LINE [ARG...]: status 2, WORDS on stderr with the line's place, no answers.
refuses() {
	each "${@:4}" <<<$'hello => status 0\n'"$3"
	[[ $status == 2 && $(<"$tmp/err") == *"$tmp/list:2: "* && $(<"$tmp/err") == *"$1"* && ! -s $tmp/out ]]
	ok "refused: $2"
}
refuses 'a line is:' 'a line without a status' 'hello'
refuses 'a line is:' 'a status that is no number' 'hello => status x'
refuses 'a line is:' 'a status without a program' '=> status 0'
refuses 'at most 255' 'a status that no program has' 'hello => status 256'
refuses 'no PROGRAM' 'options without a program' '--private => status 0'
refuses 'no such option' 'an option that does not exist' '--nonsense hello => status 0'
refuses 'a FILE or null' 'the input of this command' '--stdin pipe hello => status 0'
refuses 'no option of a row' 'another list' '--each x hello => status 0'
refuses 'no option of a row' 'a log in a row' '--log x hello => status 0'
refuses 'no option of a row' 'a report in a row' '--report x hello => status 0'
refuses 'no option of a row' '--dry-run in a row' '--dry-run hello => status 0'
refuses 'no such program' 'a program that does not exist' 'no-such-program => status 0'
refuses 'no such option' 'one that there is not, behind a limit' '--rlimit nofile=9 --cap kill --nosuch hello => status 0'
refuses 'so nothing runs' 'a file that is no program' "$tmp/list => status 0"
refuses 'so nothing runs' 'a policy that is none' "-f $tmp/list hello => status 0"
refuses 'a quote has no end' 'an open quote' "hello 'x => status 0"
each <<<'# nothing'
[[ $status == 2 && $(<"$tmp/err") == *'no line of it names a program'* ]]
ok "refused: a list without a program"
./qemu.sh run --each "$tmp/none" >"$tmp/out" 2>"$tmp/err"
status=$?
[[ $status == 2 && $(<"$tmp/err") == *'no such file'* ]]
ok "refused: a list that is not there"
(ulimit -v 1000000 && exec ./qemu.sh run --each /dev/zero) >"$tmp/out" 2>"$tmp/err"
status=$?
[[ $status == 2 && $(<"$tmp/err") == *'/dev/zero is longer than 16 MiB' ]]
ok "refused: a list without an end"
echo 'hello => status 0' >"$tmp/list"
./qemu.sh run --each "$tmp/list" >/dev/full 2>"$tmp/err"
status=$?
[[ $status == 2 && $(<"$tmp/err") == 'qemu.sh: the answers cannot be written' ]]
ok "answers that cannot be written are no success"
for option in 'run --dry-run' 'run -v' gdb; do
	# shellcheck disable=SC2086
	./qemu.sh $option --each "$tmp/list" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
	[[ $status == 2 && ! -s $tmp/out ]]
	ok "refused: $option --each"
done

tap_end
