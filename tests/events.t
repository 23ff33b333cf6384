#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# events.t - what the kernel reports of a run: complete, in order, equal to what the filters give on
# this machine, and out of a program's reach. The programs are those of the tour and of tests/guest.
#
# needs: run portcullis

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
# shellcheck source=tests/build.sh
. tests/build.sh
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
tool=${O:-build}/portcullis

# record PROGRAM [ARG...]: its events in $tmp/e, its console in $tmp/out; the status is its own.
record() { ./qemu.sh run --icount --events "$tmp/e" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
# assemble NAME TEXT: a program, $tmp/NAME.
assemble() { printf '.globl _start\n%b\n' "$2" | riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/$1"; }
# events TYPE [WORDS]: how many records of that type have those words.
events() { grep "\"event\":\"$1\"" "$tmp/e" | grep -cF -- "${2-}"; }

record deny
[[ $? == 0 && $(events call '"call":"write","args":["0x1",') == 1 && $(events start) == 1 && $(events 'end' '"status":0') == 1 ]]
ok "a run has a start, its calls, and an end"
grep -q '"call":"write".*"answer":"ERRNO(13)","filter":1,"pc":4,"stack":\[{"filter":1,"answer":"ERRNO(13)","pc":4}\]' "$tmp/e"
ok "a refused call names its filter, the instruction, and what the stack said"
head -n 5 "$tmp/e" | grep -q '"call":"prctl".*"unfiltered":true' && [[ -z $(jq -c 'select(.unfiltered and .constant)' "$tmp/e") ]]
ok "calls before the first filter are there, too"
cp "$tmp/e" "$tmp/first" && record deny && cmp -s "$tmp/first" "$tmp/e"
ok "the same run gives the same events"

record family
[[ $? == 0 && $(events fork) == 3 && $(events install) -ge 4 && $(events exit '"process":true') == 4 ]]
ok "forks, filters and ends of a family of four generations"

record tour
[[ $? == 0 && $(events exec) -ge 20 ]]
ok "every verdict of the tour is what the filters give"

build_guests execve-refusals kernel-pointers-are-efault-everywhere filter-malformed-programs-are-einval \
	absent-things-have-a-line arguments-decide-alike-at-every-depth explain-begins-a-line \
	counting-changes-no-answer installs-that-are-refused-say-why ptrace-suspends-seccomp \
	ptrace-suspends-mode-strict ptrace-seccomp-event-is-judged-again vdso-tells-the-time-without-a-call strict-allows-read-write-exit \
	notify-puts-number-zero-to-its-own-listener execveat-names-what-a-descriptor-leads-to || exit 1
record filter-malformed-programs-are-einval
[[ $? == 0 && $(events refused '"errno":22') -ge 5 && $(events install) == 0 ]]
ok "a filter that is refused is there with the reason"

record execveat-names-what-a-descriptor-leads-to
[[ $? == 0 && $(jq -r 'select(.event == "exec" or .event == "map") | "\(.event) \(.comm) \(.path)"' "$tmp/e" | grep -v vdso) == \
	$(for comm in execveat-names- execveat-names- exe; do printf '%s\n' {exec,map}" $comm /bin/execveat-names-what-a-descriptor-leads-to"; done) ]]
ok "a program that was started by a descriptor has its file's name and path"

record installs-that-are-refused-say-why
jq -r 'if .event == "refused" then "\(.errno) \(.flags) \(.length) \(.pc // "none" | tostring)" elif .event == "install" then
	"\(.filter) on \(.below), \(.flags), \(.program | length)" + (.option // "" | tostring) else empty end' "$tmp/e" | diff - <(cat <<'END'
22 1048576 0 none
14 0 0 none
22 0 0 none
22 2 4097 none
13 0 1 none
22 0 3 none
14 0 5 none
22 0 3 1
1 on 0, 0, 4096
2 on 1, 0, 4096
3 on 2, 0, 4096
12 2 4096 none
24 8 1 none
4 on 0, 8, 1
16 8 2 none
5 on 4, 0, 1
3 1 1 none
3 17 1 none
END
	) >&2
ok "... with the flags, the length, and the instruction that is to blame; so is what was installed"

# told CALLS PROGRAM: of each of its calls with such a name that is judged: what answered it, and
# how that came.
told() {
	record "$2"
	jq -r 'select(.event == "call" and (.unfiltered | not)) | select(.call | test("^('"$1"')$")) | .call + " " + .answer +
		([.filter, .pc] | map(select(. != null) | " \(.)") | add // "") + ([to_entries[] | select(.value == true) | " " + .key] | add // "")' "$tmp/e"
}
{
	told getppid ptrace-suspends-seccomp
	told getppid ptrace-suspends-mode-strict
	told 'write|read|exit' strict-allows-read-write-exit
	told 'getuid|close|getppid|exit_group' ptrace-seccomp-event-is-judged-again
} | diff - <(printf '%s\n' getppid\ {'ERRNO(3) 1 2',ALLOW\ suspended,'ERRNO(3) 1 2',ALLOW\ suspended,KILL_THREAD\ strict,KILL_THREAD\ strict} \
	{write,read,exit}' ALLOW strict' \
	'getuid TRACE(4660) 1 9' 'close ERRNO(66) 1 4 again' 'getuid TRACE(4660) 1 9' 'getppid ERRNO(55) 1 7 again' 'getuid TRACE(4660) 1 9' \
	'exit_group ALLOW constant') >&2
ok "what is judged by a mode, not at all because its tracer says so, again, or by the gate is told apart"

record absent-things-have-a-line
sed -n 's/^syscall: \(.*\) does not exist here: .*/\1/p' "$tmp/err" >"$tmp/1"
sed -n 's/.*"event":"absent".*"what":"\([^"]*\)".*/\1/p' "$tmp/e" | diff "$tmp/1" - >&2 && [[ $(wc -l <"$tmp/1") == 20 ]]
ok "what is asked for and absent is an event, as it is a line"

record execve-refusals
[[ $(events call '"call":"execve"') -ge 3 && $(events call '"memory":[{"arg":0,"string":"/nonexistent"}]') == 1 ]] &&
	record kernel-pointers-are-efault-everywhere && [[ $(events call '"fault":true') -ge 2 ]]
ok "paths are read when the verdict is given; a pointer that leads nowhere is said to"

# A profile under which the program of the tour's second stop is refused a call; what
# its owner wants to know of it.
cat >"$tmp/p.json" <<'END'
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    { "names": ["write"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13,
      "args": [{ "index": 0, "value": 2, "op": "SCMP_CMP_EQ" }] },
    { "names": ["clone3"], "action": "SCMP_ACT_ERRNO" }
  ]
}
END
./qemu.sh run --icount --deny-is-failure -f "$tmp/p.json" hello >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 0 ]] && ! grep -q refused "$tmp/err"
ok "--deny-is-failure: what is not refused is no failure"
./qemu.sh run --icount --deny-is-failure -f "$tmp/p.json" deny >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 3 ]] && grep -q '^  write(STDERR_FILENO\|^  write(2, ' "$tmp/err" && grep -q "p.json:4" "$tmp/err" &&
	grep -qE '^      (at|called by) .*[a-z_]+\+0x[0-9a-f]+ [a-z_]+\.[cS]:[0-9]+' "$tmp/err"
ok "a refusal comes with its rule, and with the line of the program"
riscv64-unknown-elf-gcc -nostdlib -static -Wl,-z,noexecstack -x assembler - -o "$tmp/no-end" <<'END'
.globl _start
_start: li a0, 1; la a1, text; li a2, 6; li a7, 64; ecall  # write
	li a7, 435; ecall                                  # clone3
	li a0, 0; li a7, 94; ecall                         # exit_group
text:	.ascii "no end"
END
./qemu.sh run -f "$tmp/p.json" "$tmp/no-end" >"$tmp/out" 2>&1 </dev/null
grep -A1 -x 'no end' "$tmp/out" | grep -qx '1 call was not allowed' &&
	[[ $(./qemu.sh run -f "$tmp/p.json" "$tmp/no-end" 2>"$tmp/err" </dev/null | tee "$tmp/out" | wc -c) == 6 ]] &&
	[[ $(head -n 1 "$tmp/err") == '1 call was not allowed' ]]
ok "it begins a line of its own where the program's last has no end, and nothing is added to its output"
printf '{ "defaultAction": "SCMP_ACT_ALLOW", "syscalls": [ { "names": ["write"], "action": "SCMP_ACT_LOG" } ] }' >"$tmp/log.json"
./qemu.sh run --icount --deny-is-failure -f "$tmp/log.json" hello >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 0 ]] && grep -q '^1 call was logged, and ran$' "$tmp/err" && ! grep -q 'not allowed' "$tmp/err"
ok "what is logged is told, and no refusal"
./qemu.sh run --icount --events "$tmp/named.events" explain-begins-a-line >/dev/null 2>&1 </dev/null
"$tool" refusals "$tmp/named.events" >"$tmp/err" 2>&1
grep -q ', in "a\\n"$' "$tmp/err"
ok "a task with a name of its own is told by it, as it may stand on a terminal"
./qemu.sh run --icount --deny-is-failure --expect read,write -f "$tmp/p.json" deny >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 2 ]]
ok "--expect: a refusal that is expected is no failure"

# One bit of a verdict, one lost record, and a stream that ends early.
spoil() { perl -0777 -pe "$1" "$tmp/r" >"$tmp/s" && "$tool" events -o /dev/null "$tmp/s" 2>"$tmp/err"; }
# raw PROGRAM: the records as its kernel wrote them, in $tmp/r.
raw() {
	local command
	command=$(./qemu.sh run --icount --dry-run --events "$tmp/d" "$1" 2>/dev/null | sed "s#path=[^ ]*#path=$tmp/r#")
	eval "timeout 300 $command" >/dev/null 2>&1 </dev/null
}
raw deny
"$tool" events -o /dev/null "$tmp/r" && {
	spoil 's/\x0d\x00\x05\x00\x04\x00\x00\x00/\x0c\x00\x05\x00\x04\x00\x00\x00/'
	[[ $? == 3 ]]
} && grep -q 'the filters give' "$tmp/err" && {
	spoil 'substr($_, 64, unpack("V", substr($_, 64, 4))) = ""'
	[[ $? == 3 ]]
} && {
	spoil '$_ = substr($_, 0, -8)'
	[[ $? == 1 ]]
}
ok "a verdict that is not the filters', a lost record and an early end are noticed"

# The same of a whole run, on a machine that spoils its records: 253, whatever was asked for.
mkdir "$tmp/bin" && cat >"$tmp/bin/qemu-system-riscv64" <<END
#!/usr/bin/env bash
$(command -v qemu-system-riscv64) "\$@"
status=\$?
for word; do
	[[ \$word != *,id=events,path=* ]] || perl -0777 -pi -e "s/\\\\x0d\\\\x00\\\\x05\\\\x00\\\\x04/\$SPOILT/" "\${word##*path=}"
done
exit \$status
END
chmod +x "$tmp/bin/qemu-system-riscv64"
# lies SPOILT OPTION...: the status of a run whose records have SPOILT for an ERRNO(13).
lies() { SPOILT=$1 PATH=$tmp/bin:$PATH ./qemu.sh run --icount "${@:2}" deny >"$tmp/out" 2>"$tmp/err" </dev/null; }
lies '\x0d\x00\x05\x00\x04' --events "$tmp/e"
noticed=$?
for how in "--events $tmp/e" --deny-is-failure --explain=all; do
	# shellcheck disable=SC2086
	lies '\x0c\x00\x05\x00\x04' $how
	[[ $? == 253 ]] && grep -q 'the filters give' "$tmp/err" && noticed+=.
done
[[ $noticed == 0... ]]
ok "a run whose verdicts are not the filters' ends with 253"

# policy_of ARG...: the policy of a run; that calls were refused which it allows is no news here.
policy_of() { "$tool" policy -q "$@" 2>>"$tmp/err"; }

# Lines of JSON tell all that the records do; also of a path that is no UTF-8.
answers() {
	local run=$1
	{
		"$tool" refusals -q -f "$tmp/p.json" --programs="${O:-build}/user" "$run"
		"$tool" policy -q --args exact "$run"
		"$tool" replay -q "$tmp/k.json" "$run"
		"$tool" cover -q "$tmp/k.json" "$run"
	} 2>&1 | grep .
}
echo '{"defaultAction":"SCMP_ACT_ERRNO"}' >"$tmp/k.json"
both() { "$tool" events -o "$tmp/e" "$tmp/r" && "$tool" events "$tmp/e" | cmp - "$tmp/e" && answers "$tmp/r" >"$tmp/1" && answers "$tmp/e" | cmp - "$tmp/1"; }
raw execve-refusals && perl -0777 -pi -e 's#\x0c\0{5}\K/nonexistent#/\xc3\xa9\xe9\x01"istent#g; s#\x0c\K\0(?=\0{4}/\xc3)#\x01#' "$tmp/r" && both &&
	grep -q '^execve("/\\xc3\\xa9\\xe9\\x01\\"istent"\.\.\.,' "$tmp/1" && raw tour && both
ok "of lines the tool gives the same answers as of records"
raw deny

# From a run to a policy, and back.
policy_of --args exact -o "$tmp/made.json" "$tmp/r" && "$tool" replay -q "$tmp/made.json" "$tmp/r" >"$tmp/out"
[[ $? == 1 ]] && grep -q '^write(1, .*ERRNO(EACCES) -> ALLOW' "$tmp/out"
ok "a policy made of a run allows all that the run did; replayed, what was refused is allowed"
grep -q '"names": \["write"\].*"index": 0, .*"valueTwo": 1, .*"comment": "1 call; fd: 1"' "$tmp/made.json"
ok "its rules say how often each call was seen"
policy_of --programs="${O:-build}/user" "$tmp/r" | grep '"names": \["write"\]' | grep -qE '"comment": "2 calls, first from main\+0x[0-9a-f]+ deny\.c:[0-9]+'
ok "... and by which line of the program first"
(cd "${O:-build}/user" && ../portcullis policy -q "$tmp/r" 2>>"$tmp/err") | grep '"names": \["write"\]' | grep -qE 'first from main\+0x[0-9a-f]+ deny\.c:[0-9]+'
ok "... whose file is looked for in this folder, if nothing says where it is"
# Names of C++, and of both manglings of Rust: in the summary, and on the page.
cat >"$tmp/door.cc" <<'END'
static long call(long nr, const char *a)
{
	register long a0 __asm__("a0") = (long)a;
	register long a7 __asm__("a7") = nr;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
	return a0;
}
namespace door {
template <typename Key> struct Lock {
	[[gnu::noinline]] static long open(Key key) { return call(49, key); }
};
}
extern "C" long older() __asm__("_ZN4core3ops6FnOnce9call_once17h0123456789abcdefE");
long older() { return door::Lock<const char *>::open("/nowhere") + 1; }
extern "C" long newer() __asm__("_RNvCskwGfYPst2Cb_3foo16example_function");
long newer() { return older() + 1; }
extern "C" void _start() { call(94, (const char *)(newer() & 0)); }
END
echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["chdir"],"action":"SCMP_ACT_ERRNO"}]}' >"$tmp/k.json"
if [[ -e /usr/include/libiberty/demangle.h ]]; then
	riscv64-unknown-elf-g++ -O0 -g -nostdlib -static -Wl,-z,noexecstack -o "$tmp/door" "$tmp/door.cc" &&
		./qemu.sh run --icount --report "$tmp/page" -f "$tmp/k.json" "$tmp/door" >"$tmp/out" 2>"$tmp/err" </dev/null
	[[ $? == 0 ]] && grep -qE ' door::Lock<char const\*>::open\+0x[0-9a-f]+ door\.cc:10 < core::ops::FnOnce::call_once\+0x[0-9a-f]+ door\.cc:14 < foo::example_function\+0x[0-9a-f]+ door\.cc:16 < _start' "$tmp/err" &&
		grep -q 'door::Lock&#60;char const\*&#62;::open+0x' "$tmp/page" && ! grep -q '_ZN\|_RNv' "$tmp/page" "$tmp/err"
	ok "functions of C++ and Rust have the names that their authors gave them"
else
	skip "functions of C++ and Rust have the names that their authors gave them" "built without libiberty-dev"
fi
echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["exit_group"],"action":"SCMP_ACT_KILL_PROCESS"}]}' >"$tmp/k.json"
"$tool" replay -q "$tmp/k.json" "$tmp/r" >"$tmp/out"
[[ $? == 1 ]] && grep -q '^exit_group(0)  ALLOW -> KILL_PROCESS  .*k.json:1' "$tmp/out"
ok "replay names each call whose answer changes, and the rule"
"$tool" cover -q "$tmp/made.json" "$tmp/r" >"$tmp/out" && ! grep -q '#####.*  write' "$tmp/out" && "$tool" cover -q "$tmp/p.json" "$tmp/r" >"$tmp/out" &&
	grep -q '#####: .*p.json:6  clone3' "$tmp/out"
ok "cover marks the rules that no call used"
policy_of --default kill-process --to raw -o "$tmp/made.bpf" "$tmp/r" && ./qemu.sh run --icount -f "$tmp/made.bpf" deny >"$tmp/out" 2>&1 </dev/null
[[ $? == 0 ]]
ok "the program runs under the policy made of its run, which kills at anything else"

# The two commands that start the machine themselves.
./qemu.sh policy record -o "$tmp/r2" -f "$tmp/p.json" -- deny >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 2 ]] && "$tool" refusals -q -f "$tmp/p.json" "$tmp/r2" 2>&1 | grep -q '^  write(2, .*ERRNO(EACCES)'
ok "record runs the program, ends with its status, and keeps the records"
printf 'policy p.json\nrun deny => status 2, refused: write\nrun hello => status 0, refused:\nrun hello => status 0, refused: write\n' >"$tmp/p.pt"
./qemu.sh policy test -q "$tmp/p.pt" >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 1 ]] && grep -q '^ok 1 - run deny' "$tmp/out" && grep -q '^ok 2 - run hello' "$tmp/out" && grep -q '^not ok 3 - run hello' "$tmp/out" &&
	grep -q 'found: "write was not refused"' "$tmp/out"
ok "a policy's tests run programs, too"

# A policy is tried as it is checked.
echo '{"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["write","exit_group","execve"],"action":"SCMP_ACT_ALLOW"}]}' >"$tmp/w.json"
tried() { ./qemu.sh policy check -q --only arch-other "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
tried --run "$tmp/w.json" "${O:-build}/user/hello" && grep -q 'hello, world' "$tmp/out" && grep -q 'ends with status 0, and is refused nothing$' "$tmp/out" &&
	{ tried --run='a b' "$tmp/p.json" "${O:-build}/user/deny"; [[ $? == 1 ]]; } && grep -q 'p.json:4' "$tmp/err" && grep -q 'deny is refused a call$' "$tmp/err"
ok "check --run: the program under the policy, which may refuse nothing"
tried --run "$tmp/w.json"
[[ $? == 2 ]] && { tried --json --run "$tmp/w.json" "${O:-build}/user/hello"; [[ $? == 2 && ! -s $tmp/out ]]; } &&
	assemble seven '_start: li a0, 7\nli a7, 93\necall' && { tried --run "$tmp/p.json" "$tmp/seven"; [[ $? == 1 ]]; } && grep -q 'seven ends with status 7$' "$tmp/err"
ok "... a program is wanted, and it must end well"

# Both take the options of run.
assemble user '_start: li a7, 174\necall\nli a7, 93\necall'
./qemu.sh policy record --uid 77 --rw -o "$tmp/r2" -- "$tmp/user" >"$tmp/out" 2>"$tmp/err" </dev/null
[[ $? == 77 ]] && grep -q '"call":"getuid"' "$tmp/r2" && { tried --run --uid=5 -m 64M "$tmp/p.json" "$tmp/user"; [[ $? == 1 ]]; } && grep -q 'user ends with status 5$' "$tmp/err" &&
	{ tried --uid=5 "$tmp/p.json" "$tmp/user"; [[ $? == 2 ]]; } && grep -q -e '--uid is for --run' "$tmp/err" &&
	{ "$tool" record --each x -o "$tmp/r2" -- hello 2>"$tmp/err"; [[ $? == 2 ]]; }
ok "record and check --run take the options of run"

# As a C library does: fstat(1), and if that is a device, ioctl(1, TCGETS); fails if that fails.
assemble probes '_start: li a0, 1\naddi a1, sp, -256\nli a7, 80\necall\nlw t0, -240(sp)\nli t1, 0xf000\nand t0, t0, t1\nli t1, 0x2000\nli a0, 0\nbne t0, t1, 1f\nli a0, 1\nli a1, 0x5401\naddi a2, sp, -256\nli a7, 29\necall\n1: li a7, 93\necall'
made() { "$tool" policy --default=kill-process "$@" -o "$tmp/made.json" "$tmp/r2" 2>"$tmp/err"; }
./qemu.sh policy record -o "$tmp/r2" -- "$tmp/probes" >"$tmp/out" 2>&1 </dev/null && made && grep -q 'TCGETS) is allowed, too' "$tmp/err" &&
	tried --run "$tmp/made.json" "$tmp/probes" && grep -q '^it had no terminal' "$tmp/out" &&
	tried --run --tty "$tmp/made.json" "$tmp/probes" && ! grep -q 'no terminal' "$tmp/out" &&
	grep -q '"comment": "not seen; C libraries ask it of a standard output that is a terminal; cmd: TCGETS"' "$tmp/made.json" &&
	made --no-terminal && ! grep -q TCGETS "$tmp/made.json" && tried --run "$tmp/made.json" "$tmp/probes" &&
	{ tried --run --tty "$tmp/made.json" "$tmp/probes"; [[ $? == 1 ]]; } && grep -q 'probes is refused a call$' "$tmp/err" &&
	./qemu.sh policy record --tty -o "$tmp/r2" -- "$tmp/probes" >"$tmp/out" 2>&1 </dev/null && made && ! grep -q TCGETS "$tmp/err" && grep -q '"comment": "1 call; cmd: TCGETS"' "$tmp/made.json"
ok "a policy made of a run into a pipe lets a C library ask a terminal, too"

# Every call in a line, as strace -f would have it.
record deny && "$tool" calls "$tmp/e" >"$tmp/out" && grep -qE '^2     write\(1, 0x[0-9a-f]+, 6\) = -1 EACCES \(Permission denied\)  <- ERRNO\(EACCES\)$' "$tmp/out" &&
	grep -qE '^2     write\(2, 0x[0-9a-f]+, [0-9]+\) = [0-9]+$' "$tmp/out" && [[ $(tail -n 2 "$tmp/out") == $'2     exit_group(0) = ?\n2     +++ exited with 0 +++' ]]
ok "calls prints what strace does, and what a filter answered"
# shellcheck disable=SC2002 # a pipe is what is tried
cat "$tmp/e" | "$tool" calls - | cmp - "$tmp/out" && policy_of "$tmp/e" >"$tmp/1" && cat "$tmp/e" | policy_of - | cmp - "$tmp/1"
ok "a run may come on standard input"
[[ $("$tool" calls "$tmp" 2>&1) == "portcullis: $tmp: Is a directory" && $("$tool" policy <(cat "$tmp/e") 2>&1) == *': a pipe is read as standard input only (-)' ]]
ok "... and what is no file is told as that"
sed '$d' "$tmp/e" >"$tmp/cut"
[[ $("$tool" calls "$tmp/cut" 2>&1 >/dev/null) == "portcullis: $tmp/cut: the run did not end by itself; its last calls are not there" ]]
ok "calls says where a run ends early"
# What a field of flags chooses is no bit of it: SOCK_RAW is SOCK_STREAM|SOCK_DGRAM.
assemble sockets '_start: li a7, 198\n li a0, 1\n li a1, 1\n li a2, 0\n ecall\n li a0, 1\n li a1, 0x80002\n ecall\n li a7, 94\n li a0, 0\n ecall'
record "$tmp/sockets" && policy_of "$tmp/e" -o "$tmp/sockets.json"
for call in 'SOCK_STREAM ALLOW' 'SOCK_DGRAM ALLOW' 'SOCK_DGRAM|SOCK_CLOEXEC ALLOW' 'SOCK_DGRAM|SOCK_NONBLOCK ERRNO(EPERM)' 'SOCK_RAW ERRNO(EPERM)' '0 ERRNO(EPERM)'; do
	"$tool" show "$tmp/sockets.json" "socket(AF_UNIX, ${call% *}, 0)" | head -n 1 | grep -qF -e "-> ${call#* }" || echo "$call"
done | cmp - /dev/null && policy_of --args exact "$tmp/e" | grep -q '"comment": "1 call; family: AF_UNIX; type: SOCK_DGRAM, up to SOCK_DGRAM|SOCK_CLOEXEC'
ok "a policy of a run allows the types of sockets that were seen, and no others"
assemble pairs '_start: li a7, 198\n li a0, 1\n li a1, 1\n li a2, 0\n ecall\n li a0, 2\n li a1, 2\n ecall\n li a7, 94\n li a0, 0\n ecall'
record "$tmp/pairs" && policy_of "$tmp/e" -o "$tmp/pairs.json"
for call in 'AF_UNIX,SOCK_STREAM ALLOW' 'AF_INET,SOCK_DGRAM ALLOW' 'AF_UNIX,SOCK_DGRAM ERRNO(EPERM)' 'AF_INET,SOCK_STREAM ERRNO(EPERM)'; do
	"$tool" show "$tmp/pairs.json" "socket(${call% *}, 0)" | head -n 1 | grep -qF -e "-> ${call#* }" || echo "$call"
done | cmp - /dev/null
ok "... and of two arguments the values that came together"
record thread && "$tool" calls "$tmp/e" >"$tmp/out" && grep -qE '^[0-9]+ +getppid\(\) = \?  <- KILL_THREAD$' "$tmp/out" &&
	grep -q '^[0-9]* *+++ killed by SIGSYS +++$' "$tmp/out" && diff <(jq -r 'select(.event == "call") | .call' "$tmp/e" | sort) \
	<(sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' "$tmp/out" | sort) >&2
ok "... each call once, also of a thread that does not come back"
record thread
grep -qx '      note: this ends the thread alone: others of its process go on, and may wait for it' "$tmp/err" && { record strict || true; } &&
	grep -qx '      note: this ends the thread, the only one of its process' "$tmp/err"
ok "KILL_THREAD ends a thread of several, or the process"
record unknown
grep -qx '      note: there is no such action: the process is killed' "$tmp/err"
ok "an action that there is not is told as what it does"

record notify-puts-number-zero-to-its-own-listener && "$tool" calls "$tmp/e" | grep '<- USER_NOTIF' | diff - <(cat <<'END'
3     getppid() = -1 ENOSYS (Function not implemented)  <- USER_NOTIF
3     io_setup(0, NULL) = 77  <- USER_NOTIF
END
	) >&2
ok "... with what a listener has answered, or that there is none"

# Why is it allowed? The rule, and the filters that have none.
cat >"$tmp/a.json" <<'END'
{
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    { "names": ["execve", "write", "prctl", "seccomp"], "action": "SCMP_ACT_ALLOW" },
    { "names": ["exit_group"], "action": "SCMP_ACT_ALLOW",
      "args": [{ "index": 0, "value": 1, "op": "SCMP_CMP_LE" }] }
  ]
}
END
./qemu.sh run --icount --explain=exit_group,write -f "$tmp/a.json" deny >"$tmp/out" 2>"$tmp/err" </dev/null
sed -n '/^allowed:/,$p' "$tmp/err" >"$tmp/1"
[[ $(grep -c '^  [a-z]' "$tmp/1") == 2 ]] && grep -A2 '^  exit_group(0)  ALLOW$' "$tmp/1" | grep -q "ALLOW .*a.json:5" &&
	grep -A2 '^  write(2, ' "$tmp/1" | grep -q "ALLOW .*a.json:4" && grep -q '^seccomp: .* write(0x1, .*ERRNO(13)' "$tmp/err"
ok "--explain=CALLS tells which rule let a call pass"

# On a terminal: names, and lines that fit; a file has what the kernel wrote.
line='seccomp: pid=4 tid=4 comm="a(b)" openat(0xffffffffffffff9c, 0x13110, 0x80000, 0x0) nr=56 ip=0x105b8 -> ERRNO(1) by filter 1 pc=6 [stack 1:ERRNO(1)]'
{ printf 'seccomp: no\nx%s\n%s\npart' "$line" "$line" | "$tool" lines --columns 60 && echo .; } >"$tmp/1"
diff "$tmp/1" - >&2 <<END
seccomp: no
x$line
seccomp: pid=4 tid=4 comm="a(b)" openat(AT_FDCWD, 0x13110,
    O_RDONLY|O_CLOEXEC) nr=56 ip=0x105b8 -> ERRNO(1) by
    filter 1 pc=6 [stack 1:ERRNO(1)]
part.
END
ok "verdict lines have names and fit the terminal; nothing else is touched"
script -qc "stty cols 70; ./qemu.sh run --icount --explain allow" /dev/null </dev/null | tr -d '\r' >"$tmp/1"
grep -q '^seccomp: .* openat(AT_FDCWD, 0x[0-9a-f]*,$' "$tmp/1" && grep -q '^    O_RDONLY|O_LARGEFILE) nr=56 .*' "$tmp/1" && ! grep -q '.\{71\}' "$tmp/1"
ok "so they are when qemu.sh is on a terminal"
printf '%s\n' 'audit: type=1326 audit(0.001:2): auid=4294967295 uid=0' 'fault: pid=2 tid=2 comm="a": write to 0x0, address' \
	'seccomp: filter=3 not inherited: private to tid=2' 'seccomp: the program ended without getting to main' | "$tool" lines --columns 40 >"$tmp/1"
[[ $(grep -c '^    ' "$tmp/1") == 4 ]] && ! grep -q '.\{41\}' "$tmp/1"
ok "so is every kind of line that the kernel writes of its own"
keyctl='seccomp: pid=2 tid=2 comm="a" keyctl(0xOP, 0xfffffffffffffffd, 0x0, 0xfffffffffffff000, 0x1000) nr=219 ip=0x10 -> ERRNO(1) by filter 1 pc=6'
"$tool" lines --columns 200 <<<"${keyctl/OP/63}" | grep -q ' keyctl(99, -3, NULL, 0xfffffffffffff000, 0x1000) nr=219 ' &&
	"$tool" lines --columns 200 <<<"${keyctl/OP/0}" | grep -q ' keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0) nr=219 '
ok "a number below 0 is one also where Linux takes any word"
script -qc "stty cols 50; ./qemu.sh run --explain -f $tmp/a.json -f $tmp/a.json deny" /dev/null </dev/null | tr -d '\r' >"$tmp/1"
grep -q '^filter 1 (' "$tmp/1" && grep -q '^filter 2 (' "$tmp/1" && grep -q '^    of what programs call' "$tmp/1" &&
	sed -n '/^filter 1/,/^seccomp/p' "$tmp/1" | grep -q '^        [a-z]' && ! sed -n '/^filter 1/,/^seccomp/p' "$tmp/1" | grep -q '.\{51\}'
ok "and what its filters are, before it starts"

{ printf 'sys\nsyscall: %s\n' 'socket: family AF_VSOCK is none of those that are here' | "$tool" lines --columns 40 && echo .; } >"$tmp/1"
diff "$tmp/1" - >&2 <<'END'
sys
syscall: socket: family AF_VSOCK is none
    of those that are here
.
END
ok "... also of what the kernel lacks"

# Callers: functions that were made part of others, and a stack of which not all was recorded.
cat >"$tmp/callers.c" <<'END'
static inline __attribute__((always_inline)) long call(long nr, long arg)
{
	register long a7 __asm__("a7") = nr, a0 __asm__("a0") = arg;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
	return a0;
}
static inline __attribute__((always_inline)) long ask(void) { return call(173, 0); }
__attribute__((noinline)) long deep(int n)
{
	volatile char room[2000];
	room[n] = 1;
	return ask() + room[n];
}
__attribute__((noinline)) long shallow(void) { return ask() + 1; }
__attribute__((noinline)) long middle(int n) { return n == 0 ? shallow() + 2 : deep(n) + 2; }
void _start(void)
{
	call(93, middle(0) + middle(1) == 0);
}
END
echo '{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["getppid"],"action":"SCMP_ACT_ERRNO"}]}' >"$tmp/g.json"
riscv64-unknown-elf-gcc -O1 -g -ffreestanding -nostdlib -static -Wl,-z,noexecstack "$tmp/callers.c" -o "$tmp/callers" && record -f "$tmp/g.json" "$tmp/callers"
grep -qx '      at call callers.c:4, inlined in ask callers.c:7, inlined in shallow+0x[0-9a-f]* callers.c:14' "$tmp/err" &&
	grep -qx '      called by middle+0x[0-9a-f]* callers.c:15 < _start+0x[0-9a-f]* callers.c:18' "$tmp/err" &&
	grep -A1 'inlined in deep+0x[0-9a-f]* callers.c:12$' "$tmp/err" | grep -qx '      called by middle+0x[0-9a-f]* callers.c:15 < \.\.\.'
ok "callers are told with what was inlined into them, and ... where the stack that was recorded ends"

# Callers across a signal: a handler that has unwind tables, and one that has none.
cat >"$tmp/signals.c" <<'END'
static long call(long nr, long x, const void *y, long z, long v)
{
	register long a7 __asm__("a7") = nr, a0 __asm__("a0") = x, a2 __asm__("a2") = z, a3 __asm__("a3") = v;
	register const void *a1 __asm__("a1") = y;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3) : "memory");
	return a0;
}
__attribute__((noinline)) static void looks(int s) { call(173, s, 0, 0, 0); }
__attribute__((noinline)) static void handler(int s) { looks(s); __asm__ volatile(""); }
void bare(int s);
__asm__(".type bare, @function\nbare: li a7, 173\necall\nret");
__attribute__((noinline)) static void interrupted(void (*f)(int))
{
	const struct { void (*f)(int); long flags, mask; } action = { f, 0, 0 };
	call(134, 10, &action, 0, 8);
	call(129, call(172, 0, 0, 0, 0), (void *)10, 0, 0);
	__asm__ volatile("");
}
void _start(void)
{
	interrupted(handler);
	interrupted(bare);
	call(93, 0, 0, 0, 0);
}
END
riscv64-unknown-elf-gcc -O1 -g -ffreestanding -nostdlib -static -Wl,-z,noexecstack "$tmp/signals.c" -o "$tmp/signals" && record -f "$tmp/g.json" "$tmp/signals"
grep -qx "      called by handler+0x[0-9a-f]* signals.c:9 < __vdso_rt_sigreturn+0x0 (\[vdso\]) < interrupted+0x[0-9a-f]* signals.c:18 < _start+0x[0-9a-f]* signals.c:2[12] < \.\.\." "$tmp/err" &&
	grep -A1 '^      at bare+' "$tmp/err" | grep -qx "      called by __vdso_rt_sigreturn+0x0 (\[vdso\]) < interrupted+0x[0-9a-f]* signals.c:18 < _start+0x[0-9a-f]* signals.c:2[12] < \.\.\."
ok "callers are told across a signal: who was interrupted"

# Of a program without symbols the address is told that its own file, with them, has.
mkdir "$tmp/bare" && riscv64-unknown-elf-strip -o "$tmp/bare/signals" "$tmp/signals" && record -f "$tmp/g.json" "$tmp/bare/signals"
at=$(sed -n 's/^      at signals+\(0x[0-9a-f]*\)$/\1/p' "$tmp/err")
# shellcheck disable=SC2086
[[ $(riscv64-unknown-elf-addr2line -f -e "$tmp/signals" $at | grep -v : | tr '\n' ' ') == 'call bare ' ]]
ok "... in a stripped program by addresses of its file"

# A program's own unwinder finds them, too: a thread that is cancelled where it computes, which is
# in a handler, calls what its callers left to be called at its end.
if command -v riscv64-linux-gnu-gcc >/dev/null && [[ -e /usr/riscv64-linux-gnu/lib/libc.a ]]; then
	cat >"$tmp/cancelled.c" <<'END'
#include <pthread.h>
#include <unistd.h>
static int cleaned, computes[2];
static void clean(void *by) { cleaned += *(int *)by; }
static void *thread(void *result)
{
	int by = 7;
	pthread_cleanup_push(clean, &by);
	pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
	write(computes[1], "", 1);
	for (;;)
		__asm__ volatile("");
	pthread_cleanup_pop(0);
	return result;
}
int main(void)
{
	pthread_t t;
	void *result;
	char c;
	if (pipe(computes) != 0 || pthread_create(&t, NULL, thread, NULL) != 0 || read(computes[0], &c, 1) != 1)
		return 1;
	pthread_cancel(t);
	pthread_join(t, &result);
	return result == PTHREAD_CANCELED ? cleaned : 2;
}
END
	riscv64-linux-gnu-gcc -O1 -static -w "$tmp/cancelled.c" -o "$tmp/cancelled" && ./qemu.sh run "$tmp/cancelled" >"$tmp/out" 2>&1 </dev/null
	[[ $? == 7 ]]
	ok "... also by the program itself"
else
	skip "... also by the program itself" "no cross-compiler with glibc"
fi

# A filter that is not installed stands among the calls that were refused, with its line.
cat >"$tmp/between.c" <<'END'
struct insn { unsigned short code; unsigned char jt, jf; unsigned k; } insns[] = { { 0x20, 0, 0, 0 }, { 0x20, 0, 0, 64 }, { 6, 0, 0, 0 } };
struct { unsigned short n; struct insn *insns; } program = { 3, insns };
static long call(long nr, long x, long y, void *z)
{
	register long a7 __asm__("a7") = nr, a0 __asm__("a0") = x, a1 __asm__("a1") = y;
	register void *a2 __asm__("a2") = z;
	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
	return a0;
}
void _start(void)
{
	call(173, 0, 0, 0);
	call(277, 1, 0, &program);
	call(173, 1, 0, 0);
	call(167, 22, 2, &program);
	call(93, 0, 0, 0);
}
END
riscv64-unknown-elf-gcc -O1 -g -ffreestanding -nostdlib -static -Wl,-z,noexecstack "$tmp/between.c" -o "$tmp/between" && record -f "$tmp/g.json" "$tmp/between"
[[ $(sed -nE 's/^  ([a-z]+)\(.*\)  ([A-Z()]+)(  .*)?$/\1 \2/p; s/^ +at .* between.c:([0-9]+), .* between.c:([0-9]+)$/\2/p; s/^ +(no filter.*)$/\1/p' "$tmp/err" | tr '\n' ,) == \
	'getppid ERRNO(EPERM),12,seccomp EINVAL,13,no filter was installed: instruction 1: loads past the end of seccomp_data,getppid ERRNO(EPERM),14,prctl EINVAL,15,no filter was installed: instruction 1: loads past the end of seccomp_data,' ]]
ok "a filter that is not installed stands among the refused calls, with the line of the program and the instruction"
jq 'del(.frame)' -c "$tmp/e" >"$tmp/1" && "$tool" events "$tmp/e" | cmp -s - "$tmp/e" && "$tool" refusals "$tmp/1" >"$tmp/out"
[[ $? == 1 ]] && grep -q '^  seccomp(...)  EINVAL' "$tmp/out" && grep -q '^      no filter was installed: instruction 1: ' "$tmp/out"
ok "... also where events do not say from where"

# Counting sees what the events tell, call for call and instruction for instruction.
counted() { ./qemu.sh run --icount --count "$@" >"$tmp/out" 2>"$tmp/c" </dev/null; }
listing() { grep -E '^ *([0-9]+|#####): +[0-9]+: '; }
same=''
for program in family stack3 strict thread tracer arguments-decide-alike-at-every-depth counting-changes-no-answer; do
	record "$program"
	perl -ne 'next if !/"event":"call"/ || /"again":true/; my ($c, $a) = /"call":"(\w+)".*?"answer":"(\w+)/ or next; $n{$c . ($a eq "ALLOW" || /"strict"/ ? "" : "!")}++; END { print "$_ $n{$_}\n" for keys %n }' \
		"$tmp/e" | sort >"$tmp/1"
	counted "$program"
	awk '/^ *calls  answer/ { on = 1; next } /^filter/ { exit } on { n[$NF ($2 ~ /^(ALLOW|no|by)/ ? "" : "!")] += $1 } END { for (k in n) print k, n[k] }' \
		"$tmp/c" | sort | diff "$tmp/1" - >&2 && [[ -s $tmp/1 ]] && same+=.
done
[[ $same == ....... ]] && counted counting-changes-no-answer && record family && grep -q '^ *4  ALLOW  *clone$\|^ *3  ALLOW  *clone$' <(counted family && cat "$tmp/c")
ok "--count counts each call once, whoever answered it"
"$tool" convert -q --to raw -o "$tmp/p.bpf" "$tmp/p.json"
record -f "$tmp/p.bpf" deny
"$tool" cover -q "$tmp/p.bpf" "$tmp/e" | listing >"$tmp/1" && grep -q '^ *1: .* ret ERRNO(13)' "$tmp/1" &&
	{ counted -f "$tmp/p.bpf" deny || true; } && sed '/^filter 2/,$d' "$tmp/c" | listing | diff "$tmp/1" - >&2
ok "and each instruction as often as it was reached"
printf 'ld [16]\njeq #1, 0, 1\nret #0x7fff0000\nret #0x7fff0000\n' >"$tmp/both.asm" && "$tool" convert -q --to raw -o "$tmp/both.bpf" "$tmp/both.asm" &&
	counted -f "$tmp/both.bpf" hello && listing <"$tmp/c" >"$tmp/1" && [[ $(cut -d: -f1 "$tmp/1" | tr -d ' ' | tr '\n' ' ') == '3 3 ##### 1 ' ]] &&
	grep -q '^ *2 calls went on in ways that depend on their arguments' "$tmp/c"
ok "where the answer is the same by any way, the way is not made up; the first execve is judged"
# Equal filters of two processes, and one that allows everything on another: each stack counts for
# itself.
assemble twins "_start: li a0, 17\\nli a7, 220\\necall\\nmv s0, a0\\nli a0, 1\\nli a1, 0\\nla a2, 2f\\nli a7, 277\\necall
	li s1, 3\\nbeqz s0, 1f\\nli s1, 5\\n1: li a7, 173\\necall\\naddi s1, s1, -1\\nbnez s1, 1b\\nbeqz s0, 1f
	mv a0, s0\\nli a1, 0\\nli a2, 0\\nli a3, 0\\nli a7, 260\\necall\\n1: li a0, 0\\nli a7, 94\\necall
	.balign 8\\n2: .quad 1, 3f\\n3: .word 6, 0x7fff0000" && counted "$tmp/twins" &&
	[[ $(listing <"$tmp/c" | cut -d: -f1 | sort -n | tr -d ' ' | tr '\n' ' ') == '4 7 ' ]] && printf '\6\0\0\0\0\0\xff\x7f' >"$tmp/allow.bpf" &&
	counted -f "$tmp/p.bpf" -f "$tmp/allow.bpf" hello && [[ $(listing <"$tmp/c" | sed -n 's/^ *\([0-9]*\): *0: .*/\1/p' | uniq | wc -l) == 1 ]]
ok "... and each stack for itself, also where another one is equal, or says no more than it"

# Of a run whose end is not there, whoever asks what was refused, or takes rules away, is told so.
sed '$d' "$tmp/e" >"$tmp/cut" && "$tool" refusals "$tmp/cut" >"$tmp/out" 2>"$tmp/err"
grep -q "^portcullis: $tmp/cut: the run did not end by itself" "$tmp/err" && "$tool" refusals -q "$tmp/cut" 2>&1 >"$tmp/out" | diff /dev/null - >&2 &&
	"$tool" policy --tighten "$tmp/p.json" "$tmp/cut" 2>&1 >"$tmp/out" | grep -q "^portcullis: $tmp/cut: the run did not end by itself"
ok "refusals and tightened policies of a run that was cut say so"
# Who closes the console at once ends the run before anything was reported.
assemble chatter '_start: li a0, 1\nla a1, 2f\nli a2, 3\nli a7, 64\necall\nj _start\n2: .ascii "on\\n"'
./qemu.sh run --events "$tmp/e" "$tmp/chatter" 2>"$tmp/err" </dev/null | head -n 1 >"$tmp/out"
[[ ${PIPESTATUS[0]} != 0 ]] && ! grep -q '\.records' "$tmp/err" && grep -q '^portcullis: .*/e: the run did not end\|before the kernel had reported' "$tmp/err"
ok "a console that is closed early is said to have ended the run"

# What was asked for and cannot be written is no success.
for option in events report; do
	./qemu.sh run --$option /dev/full hello >"$tmp/out" 2>"$tmp/err" </dev/null
	[[ $? == 2 ]] && grep -q '^qemu.sh: the program ended with status 0, but /dev/full could not be written$' "$tmp/err"
	ok "--$option on a full disk fails"
done

record vdso-tells-the-time-without-a-call
grep -q '^      at __vdso_clock_gettime+0x[0-9a-f]* (\[vdso\])\(,.*\)\?$' "$tmp/err" && grep -q 'note: C libraries ask the vDSO' "$tmp/err" &&
	[[ $(events map '"path":"[vdso]"') -ge 1 && $(events map '"path":"/"') == 0 ]]
ok "a call of the vDSO's has its function, and a word about it"

# Whoever interrupts a run has what it recorded until then, and is told that this is not all.
# The kernel hands over what it holds within 0.1 s, so that the program says that it is there after
# twice as long.
assemble endless '_start: li a7, 173\necall\nla a0, 3f\nli a1, 0\nli a7, 101\necall\nli a0, 2\nla a1, 2f\nli a2, 3\nli a7, 64\necall\n1: j 1b\n2: .ascii "on\\n"\n.balign 8\n3: .quad 0, 200000000'
# interrupted SIGNAL PROCESS OPTION...: the run, which this signal ends when it is in the middle. To
# PROCESS "-" it goes to all of them, as from a terminal.
interrupted() {
	rm -f "$tmp/out" "$tmp/err"
	set -m
	./qemu.sh run --timeout 0 --events "$tmp/e" "${@:3}" "$tmp/endless" >"$tmp/out" 2>"$tmp/err" </dev/null &
	set +m
	wait_until grep -qs '^on' "$tmp/out" "$tmp/err"
	kill -s "$1" -- "$2$!"
	wait $! 2>/dev/null
}
for signal in INT TERM HUP; do
	interrupted $signal -
	[[ $? == $((128 + $(kill -l $signal))) ]] && grep -q '"call":"getppid"' "$tmp/e" && grep -q "^portcullis: $tmp/e: the run did not end by itself" "$tmp/err"
	ok "a run that SIG$signal ends leaves its events, and has its status"
done
# The signal goes to the shell alone.
interrupted TERM '' -f "$tmp/log.json"
[[ $? == 143 ]] && grep -q '"call":"getppid"' "$tmp/e" && grep -q ' calls, 0 not allowed' "$tmp/err"
ok "... also where it does not reach QEMU"
tap_end
