#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - proves the functions that decide, and the theorems beside this file, with Frama-C: `make
# prove`. As TAP, with how many properties of each file are proved. A file fails if a goal is open,
# if a function has no contract or a loop no bound, and if what is assumed contradicts itself
# (smoke tests: nothing false may follow). Then ten ways of breaking the code or a contract are
# tried, and each must be noticed.
#
#   O=DIR     where logs go (build)
#   STEPS=N   of a prover, for one goal (20,000,000): the same however busy the machine is
#   JOBS=N    proofs at a time (2)
#
# What was as it should be is not proved anew while the file, the headers that it reads, the options
# below and the provers stay as they were. `rm -r build/proof` forgets that.
#
# docs/assurance.md says what is proved, and under which assumptions.

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
out=${O:-build}/proof
steps=${STEPS:-20000000}

files=(seccomp/{decide,check,run,stack,gate,answers,way}.c policy/meaning.c tests/proof/{gate,paths}.c)

# frama_c TREE FILE OPTION...: on TREE/FILE, with the headers of TREE.
frama_c() {
	frama-c -c11 -machdep gcc_x86_64 -session "$out/session.$BASHPID" \
		-cpp-extra-args="-I$1/include -I$1/seccomp -I$1/policy" "$1/$2" "${@:3}" 2>&1
}

# wp TREE FILE OPTION...: what ends a hopeless attempt is the provers' steps; the time is there for
# a prover that counts none.
wp() {
	frama_c "$1" "$2" -wp -wp-rte -wp-cache none -wp-prover z3,cvc4 -wp-steps "$steps" -wp-timeout 600 -wp-par 2 "${@:3}"
}

# name_log TREE FILE OPTION...: sets $log; the name tells what the proof is made of, less comments
# and layout.
name_log() {
	local made_of
	made_of=$(
		printf '%s\n' "$versions" "$steps" "${@:2}"
		declare -f frama_c wp
		cd "$1" && cc -MM -Iinclude -Iseccomp -Ipolicy "$2" | sed 's/^[^:]*://; s/\\$//' | xargs cat |
			perl -0pe 's{/\*(?!@).*?\*/|//(?!@)[^\n]*}{}gs; s/\s+/ /g'
	)
	log=$(sha256sum <<<"$made_of")
	log=$out/made/${2//\//.}.${log:0:16}.log
}

# make_log TREE FILE OPTION...: the proof, if it is not there; says twice a minute how far it is.
make_log() {
	local log part n=0
	name_log "$@"
	[[ ! -e $log ]] || return
	part=$log.part
	wp "$@" >"$part" &
	while kill -0 $! 2>/dev/null; do
		sleep 1
		(((n += 1) % 30)) || echo "# $2: $(grep -cE '\] [0-9.]+ \[|: Valid|\[Passed\]' "$part") of" \
			"$(sed -n 's/^\[wp\] \([0-9]*\) goals scheduled/\1/p' "$part") goals" >&2
	done
	mv "$part" "$log"
}

# begin TREE FILE OPTION...: the proof in the background, when there is room.
begin() {
	while (($(jobs -rp | wc -l) >= ${JOBS:-2})); do
		wait -n
	done
	make_log "$@" &
}

# prove TREE FILE OPTION...: sets $goals to "PROVED of TOTAL" properties, and $smoke to the number
# of smoke tests, which pass when their contradiction cannot be proved; what is wrong stands in
# $out/open.
prove() {
	make_log "$@"
	name_log "$@"
	smoke=$(grep -c '^\[wp\] \[Passed\] Smoke-test' "$log")
	goals=$(sed -n 's|^\[wp\] Proved goals: *\([0-9]*\) / \([0-9]*\)$|\1 \2|p' "$log" |
		while read -r proved of; do echo "$((proved - smoke)) of $((of - smoke))"; done)
	grep -E '^\[wp\] \[(Failed|Unknown|Timeout|Stepout)\]|rror' "$log" | sort -u >"$out/open"
	[[ -n $goals && ${goals% of *} == "${goals#* of }" && ! -s $out/open ]]
}

# complete TREE FILE: in what was proved last there is a promise of each function of
# FILE, and a bound of each loop.
complete() {
	local name loops bounds
	frama_c "$1" "$2" -metrics -metrics-by-function >"$out/metrics"
	perl -0ne 'print "$1\n" while m{Stats for function <[^<>]*/\s*(\w+)>}g' "$out/metrics" | while read -r name; do
		grep -q "typed_${name}_ensures" "$log" || echo "no contract: $name"
	done >>"$out/open"
	loops=$(awk '/Stats for function/ { each = 1 } /Global metrics/ { each = 0 } each && $1 == "Loop" { n += $3 } END { print n + 0 }' \
		"$out/metrics")
	bounds=$(sed -n 's/.*Goal \(typed_.*_loop_variant\(_[0-9]*\)\{0,1\}_decrease\).* : Valid.*/\1/p' "$log" | sort -u | wc -l)
	((loops == bounds)) || echo "$loops loops, $bounds of them bounded" >>"$out/open"
	[[ ! -s $out/open ]]
}

# forget: what is not as it should be is tried anew the next time.
forget() {
	mv "$log" "$out/"
	return 1
}

tools/setup.sh prove || exit 2
mkdir -p "$out/made"
trap 'rm -rf "$out"/session.*' EXIT
export WHY3CONFIG=$PWD/$out/why3.conf
why3 config detect >"$out/why3.log" 2>&1
versions=$(frama-c -version; why3 --version; z3 --version; cvc4 --version | head -n 1)

contracts=(-wp-prop=-@lemma -wp-smoke-tests -wp-smoke-timeout 1)
# The last file sees all lemmas. Some speak of single bits of a number:
# these are proved for each bit.
lemmas=("${files[-1]}" -wp-prop=@lemma -wp-auto wp:range)

# Of numbers beyond a gate: which go the same way at a jump, and what a filter adds to a stack.
ranges=(seccomp/range.c "${contracts[@]}" -wp-fct "at_least,at_most,number_holds,seccomp_range_add")

mapfile -t longest_first < <(ls -S "${files[@]}")
for f in "${longest_first[@]}"; do
	begin . "$f" "${contracts[@]}"
done
begin . "${ranges[@]}"
begin . "${lemmas[@]}"
wait

# shellcheck disable=SC2034 # shown when a check fails
evidence=("$out/open")
proved=0
total=0
smokes=0
count() {
	proved=$((proved + ${goals%% *}))
	total=$((total + ${goals##* }))
	smokes=$((smokes + smoke))
}
declare -A whole
for f in "${files[@]}"; do
	{ prove . "$f" "${contracts[@]}" && complete . "$f"; } || forget
	whole[$f]=$log
	ok "$f: ${goals:-no} properties are proved, $smoke smoke tests pass"
	count
done

prove . "${ranges[@]}" || forget
ok "seccomp/range.c, four functions of it: ${goals:-no} properties are proved, $smoke smoke tests pass"
count

{ prove . "${lemmas[@]}" && [[ ${goals##* } == $(cat seccomp/* tests/proof/*.c | grep -c '^ *lemma ') ]]; } || forget
ok "lemmas: ${goals:-no} are proved"
count
echo "# $proved of $total properties are proved, $smokes smoke tests pass"

! grep -nE '\b(admit|axiom|axiomatic)\b' "${files[@]}" seccomp/*.h >"$out/open"
ok "nothing is taken for granted"

# begin_broken NAME FUNCTION FILE PERL [CHANGED OPTION]: begins the proof of FUNCTION in FILE with
# that file, or CHANGED, as PERL makes it.
begin_broken() {
	local tree=$out/broken.$2 changed=${5:-$3}
	rm -rf "$tree"
	mkdir -p "$tree"
	cp -r include seccomp "$tree"
	perl -0pi -e "$4" "$tree/$changed"
	begin "$tree" "$3" -wp-fct "$2" "${hasty[@]}" "${@:6}"
}

# easily LOG: its goals that were proved with a fraction of the steps and the time that the search
# for breaks has.
easily() {
	sed -nE 's/^\[wp\] \[Passed\] Smoke-test //p
		s/^\[wp\] \[Qed\] Goal ([^ ]*) : Valid.*/\1/p
		s/^\[wp\] \[CVC4 [^]]*\] Goal ([^ ]*) : Valid .*\([0-9]{1,5}\)$/\1/p
		s/^\[wp\] \[Z3 [^]]*\] Goal ([^ ]*) : Valid .*\([0-9]{1,6}\)$/\1/p' "$1"
}

# broken, with the same arguments: something of the function that was easily proved cannot be proved
# any more, or it makes no promise.
broken() {
	local tree=$out/broken.$2 changed=${5:-$3}
	easily "${whole[$3]}" >"$out/easy"
	prove "$tree" "$3" -wp-fct "$2" "${hasty[@]}" "${@:6}"
	complete "$tree" "$3"
	{ ! cmp -s "$changed" "$tree/$changed" &&
		sed -nE 's/^\[wp\] \[[A-Z][a-z]*\] (Goal|Smoke-test) //p; s/^(no contract: )/\1/p' "$out/open" |
		grep -qxFf <(grep "^typed_$2_" "$out/easy"; echo "no contract: promises_nothing"); } || forget
	ok "noticed: $1"
}

# each_break DO: calls DO for each.
# shellcheck disable=SC2016 # those are Perl's
each_break() {
	"$1" "actions are compared unsigned" seccomp_stricter seccomp/decide.c 's/\(int32_t\)//g' seccomp/seccomp.h
	"$1" "a jump may lead just past the end" classic_fault seccomp/check.c 's/i\.jt >= after/i.jt > after/'
	"$1" "a shift by 32 and more is not reduced" compute_with_x seccomp/run.c 's/a << x % 32/a << x/'
	"$1" "an older filter wins on ties" seccomp_evaluate seccomp/stack.c \
		's/seccomp_stricter\(r.ret, v.ret\)/!seccomp_stricter(v.ret, r.ret)/'
	"$1" "RET A is taken for constant" pass_point seccomp/gate.c 's/p->known == SECCOMP_A_CONSTANT, p->value/true, p->value/'
	"$1" "a constant answer may be one that is logged" is_known seccomp/answers.c 's/return !log \|\| .*;/return true;/'
	"$1" "code may refuse what an older filter kills for" seccomp_way_answer seccomp/way.c 's/log \|\| stricter \?/log ?/'
	"$1" "what asks the older filters runs" way_without_code seccomp/way.c 's/return \*below;/return (struct seccomp_way){ .kind = SECCOMP_WAY_RUN };/'
	"$1" "a contract asks for what cannot be" seccomp_decide seccomp/decide.c \
		's/(assigns .nothing;\s*ensures .result.action ==)/requires ret > 0xffffffff; $1/' seccomp/seccomp.h -wp-smoke-tests
	"$1" "a function has no contract" promises_nothing seccomp/decide.c \
		's/$/\nint promises_nothing(int i);\nint promises_nothing(int i)\n{\n\treturn i;\n}\n/'
}
steps=3000000
hasty=(-wp-timeout 20)
each_break begin_broken
wait
each_break broken
tap_end
