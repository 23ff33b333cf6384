#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# surroundings.t - what qemu.sh run --uid, --cap, --rlimit, --env, --stdin ... give a program is
# what setpriv, prlimit, env and unshare give the same program on this machine's Linux; what cannot
# be given is refused before anything boots; and standard output and error go their own ways.
#
# needs: run tests/guest/surroundings-are-as-asked tests/host/surroundings-are-as-asked

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
out=${O:-build}
# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out" "$tmp/err")
program=surroundings-are-as-asked
cp "$out/tests/host/$program" "$tmp/host"
chmod 755 "$tmp" "$tmp/host"

# here OPTION...: the program in Portcullis.
here() {
	./qemu.sh run "$@" "$program" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

# alike NAME PATTERN LINUX... -- OPTION...: the lines that match PATTERN are those of the program
# started by the command LINUX.
alike() {
	local name=$1 pattern=$2 linux=()
	shift 2
	while [[ $1 != -- ]]; do
		linux+=("$1")
		shift
	done
	shift
	if ! "${linux[@]}" "$tmp/host" >"$tmp/linux.all" 2>"$tmp/linux.err" </dev/null; then
		skip "$name" "this machine does not let: ${linux[*]}"
		return
	fi
	grep -E "$pattern" "$tmp/linux.all" >"$tmp/linux"
	here "$@"
	grep -E "$pattern" "$tmp/out" | cmp "$tmp/linux" - >>"$tmp/err" 2>&1 && [[ $status == 0 && -s $tmp/linux ]]
	ok "$name"
}

if ((EUID == 0)); then
	none=--bounding-set=-all
	alike "--uid and --gid: setpriv" '^(uid|gid|group|CapPrm|CapEff|CapInh|CapAmb|NoNew)' \
		setpriv --reuid 1000 --regid 100 --clear-groups -- --uid 1000 --gid 100
	alike "--groups" '^(uid|gid|group)' setpriv --reuid 7 --regid 8 --groups 5,6,99 -- --uid 7 --gid 8 --groups 5,6,99
	alike "root's --cap" '^Cap' setpriv $none,+net_raw,+kill -- --cap net_raw,CAP_KILL
	alike "root's --cap none" '^Cap' setpriv $none -- --cap none
	alike "another user's --cap" '^Cap' setpriv --reuid 1000 --inh-caps=-all,+net_raw --ambient-caps=-all,+net_raw $none,+net_raw -- \
		--uid 1000 --cap net_raw
	alike "another user's --cap none" '^(uid|Cap)' setpriv --reuid 1000 --inh-caps=-all $none -- --uid 1000 --cap none
	alike "--hostname" ' on box$' unshare --uts sh -c 'hostname box && cd / && exec "$0"' -- --hostname box
else
	skip "ids and rights are those that Linux gives" "needs root"
fi
alike "--rlimit" '^limit (4|7|3) ' prlimit --core=0:0 --nofile=16:20 --stack=65536:131072 -- \
	--rlimit core=0 --rlimit NOFILE=16:20 --rlimit stack=65536:131072
alike "--rlimit NAME=unlimited" '^limit 5 ' prlimit --rss=unlimited -- --rlimit rss=unlimited
alike "--env: env" '^env' env -i A=1 B='two words' A=3 EMPTY= -- --env A=1 --env B='two words' --env A=3 --env=EMPTY=
alike "words of the command line are variables, as on Linux" '^env' env -i A=1 'Q=two words' -- \
	--append 'x.y=1 A=0 A=1' --append 'Q="two words"'
alike "--cwd" '^in /tmp ' sh -c 'cd /tmp && exec "$0"' -- --cwd /tmp --hostname "$(uname -n)"

# --- standard input, output and error ---

# streams NAME REDIRECTED-COMMAND: what fd, fstat and isatty say, on Linux and here.
streams() {
	# shellcheck disable=SC2034 # used by what is evaluated
	local run=("$tmp/host")
	eval "$2" >"$tmp/l.out" 2> >(cat >"$tmp/l.err")
	# shellcheck disable=SC2034
	run=(./qemu.sh run "$program")
	eval "$2" >"$tmp/out" 2> >(cat >"$tmp/err")
	status=$?
	sed -i '/^\(uid\|gid\|group\|Cap\|NoNew\|in\|limit\|env\) \?/d' "$tmp/l.out" "$tmp/out"
	cmp "$tmp/l.out" "$tmp/out" >>"$tmp/err" && [[ $status == 0 && -s $tmp/out ]]
	ok "$1"
}
printf 'a\nb\20c\4' >"$tmp/in"
streams "pipes: their kinds, and what goes through, byte for byte" 'cat "$tmp/in" | "${run[@]}" | cat'
streams "standard input that ends at once" '"${run[@]}" </dev/null | cat'
head -c 200000 /dev/urandom >"$tmp/in"
cat "$tmp/in" | ./qemu.sh run --timeout 300 "$program" 2>"$tmp/err" | tail -c 200000 | cmp - "$tmp/in" >>"$tmp/err"
ok "200,000 bytes of any kind go in and out again"
for from in "$tmp/in" pipe; do
	./qemu.sh run --timeout 300 --stdin "$from" "$program" 2>"$tmp/err" <"$tmp/in" >"$tmp/out"
	status=$?
	grep -aq "^fd 0 kind $([[ $from == pipe ]] && echo 10000 || echo 100000) terminal 0" "$tmp/out" &&
		tail -c 200000 "$tmp/out" | cmp - "$tmp/in" >>"$tmp/err"
	ok "--stdin ${from/"$tmp/in"/FILE}"
done
./qemu.sh run --timeout 1 --stdin pipe "$program" >/dev/null 2>"$tmp/err" <"$tmp/in"
status=$?
[[ $status == 124 && $(<"$tmp/err") == *'did not end within 1 s' ]]
ok "a run whose time is up with input on its way says so"
here
[[ $(<"$tmp/err") == 'the end' && $(<"$tmp/out") == *'fd 1 kind 10000 terminal 0'* && $(<"$tmp/out") != *'the end'* ]]
ok "standard error has a way of its own"
# getcwd, 17, fails with 0.
printf '\40\0\0\0\0\0\0\0\25\0\0\1\21\0\0\0\6\0\0\0\0\0\5\0\6\0\0\0\0\0\377\177' >"$tmp/errno-0.bpf"
here --explain --at start -f "$tmp/errno-0.bpf"
[[ $(<"$tmp/err") == *'seccomp: '* && $(<"$tmp/out") != *'seccomp: '* ]]
ok "so has what the kernel says: standard error, too"
here --log "$tmp/log"
[[ $(cat "$tmp/out" "$tmp/err") == "$(<"$tmp/log")" ]]
ok "--log has both"
here --tty --stdin null
grep -q '^fd 1 kind 20000 terminal 1' "$tmp/out" && grep -q 'the end' "$tmp/out" && [[ ! -s $tmp/err ]]
ok "--tty: output and error are a terminal"
script -qec "./qemu.sh run --stdin null $program" /dev/null </dev/null >"$tmp/out" 2>"$tmp/err" &&
	[[ $(tr -d '\r' <"$tmp/out") == *'fd 1 kind 20000 terminal 1
fd 2 kind 20000 terminal 1'* ]]
ok "... as they are on a terminal"

# --- packed, and under a filter ---

./qemu.sh pack --uid 5 --env A=1 --rlimit nofile=7 --stdin "$tmp/errno-0.bpf" --hostname box -o "$tmp/image" "$program" >"$tmp/out" 2>"$tmp/err" &&
	timeout 300 qemu-system-riscv64 -machine virt -nographic -kernel "$tmp/image" >"$tmp/out" 2>"$tmp/err" </dev/null
status=$?
found=''
for want in 'uid 5 5 5' 'env A=1' 'limit 7 7 7' 'on box' 'fd 0 kind 100000'; do grep -aq "$want" "$tmp/out" && found+=.; done
[[ $status == 0 && $found == ..... ]]
ok "a packed image has the same"
printf '\40\0\0\0\0\0\0\0\25\0\0\1\222\0\0\0\6\0\0\0\0\0\0\200\6\0\0\0\0\0\377\177' >"$tmp/setuid.bpf"
here --uid 3 -f "$tmp/setuid.bpf"
[[ $status == 0 ]] && grep -q '^uid 3 3 3' "$tmp/out" && grep -q '^NoNewPrivs:.1' "$tmp/out"
ok "filters come last: one that kills setuid does not see --uid; no_new_privs is set, as seccomp(2) demands of another user"
here -f "$tmp/setuid.bpf"
grep -q '^NoNewPrivs:.0' "$tmp/out"
ok "... and not for root, who need not"

# --- what cannot be given ---

refuses() {
	local words=$1
	shift
	here "$@"
	[[ $status == 2 && $(<"$tmp/err") == "qemu.sh: $1 "* && $(<"$tmp/err") == *"$words"* && $(wc -l <"$tmp/err") == 1 && ! -s $tmp/out ]]
	ok "refused: $*"
}
refuses 'NAME=VALUE' --env NAME
refuses 'NAME=VALUE' --env =x
refuses '--uid root' --uid root
refuses '4294967294' --uid 4294967295
refuses '--gid -1' --gid -1
refuses '--groups' --groups 1,,2
refuses 'no such capability' --cap net_row
refuses 'there are cpu' --rlimit files=3
refuses 'whole number' --rlimit nofile=many
refuses 'above' --rlimit nofile=9:8
refuses 'above' --rlimit nofile=unlimited:8
refuses 'begins with /' --cwd tmp
refuses 'letters' --hostname 'a b'
refuses 'neither pipe nor null' --stdin "$tmp/none"
./qemu.sh run --cap kill --rlimit nofile=64 --events "$tmp/events" --log "$tmp/log" "$program" >"$tmp/out" 2>"$tmp/err" </dev/null
[[ -s $tmp/events && -s $tmp/log ]]
ok "options of a run follow those of the program's surroundings"
./qemu.sh pack --stdin pipe -o "$tmp/x" "$program" >"$tmp/out" 2>"$tmp/err"
status=$?
[[ $status == 2 && $(<"$tmp/err") == *'nobody'* ]]
ok "refused: pack --stdin pipe"
for word in uid=x uid=4294967295 uid=99999999999999999999 gid= groups=1,x caps=zz caps=fffffffffffffff cwd=/none cwd=/bin/tour rlimit=16:1:1 rlimit=7:2:1 rlimit=7:1 stdin=x stdout=file; do
	here --append "$word"
	[[ $status == 251 && $(<"$tmp/err") == *': nothing runs' ]]
	ok "the kernel does not believe the command line: $word"
done

# The lists of names are Linux's.
# shellcheck source=tools/surroundings.sh
. tools/surroundings.sh
awk '/#define CAP_[A-Z_]+[ \t]+[0-9]+$/ && $2 != "CAP_LAST_CAP" { print tolower(substr($2, 5)) }' include/abi/capability.h | cmp - <(printf '%s\n' "${capabilities[@]}") >"$tmp/err"
ok "every capability has its name"
awk '/#define RLIMIT_/ { print tolower(substr($2, 8)) }' include/abi/resource.h | cmp - <(printf '%s\n' "${limits[@]}") >"$tmp/err"
ok "every limit has its name"
tap_end
