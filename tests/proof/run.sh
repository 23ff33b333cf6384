#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - proves the functions that decide, and the theorems beside this file, with Frama-C: `make
# prove`. As TAP, with how many properties of each file are proved. A file fails if a goal is open,
# if a function has no contract or a loop no bound, and if what is assumed contradicts itself
# (smoke tests: nothing false may follow). Then nine ways of breaking the code or a contract are
# tried, and each must be noticed.
#
#   O=DIR     where logs go (build)
#   STEPS=N   of a prover, for one goal (20,000,000): the same however busy the machine is
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
	frama-c -c11 -machdep gcc_x86_64 -session "$out/session" -cpp-extra-args="-I$1/include -I$1/seccomp -I$1/policy" "$1/$2" "${@:3}" 2>&1
}

# prove TREE FILE OPTION...: sets $goals to "PROVED of TOTAL" properties, and $smoke to the number
# of smoke tests, which pass when their contradiction cannot be proved; what is wrong stands in
# $out/open. Every proof is made anew: nothing is remembered from one run to the next. What ends a
# hopeless attempt is its steps; the time is there for a prover that counts none.
prove() {
	log=$out/${2//\//.}.log
	[[ $1 == . ]] || log=$out/broken.log
	frama_c "$1" "$2" -wp -wp-rte -wp-cache none -wp-prover z3,cvc4 -wp-steps "$steps" -wp-timeout 600 -wp-par "$(nproc)" \
		"${@:3}" >"$log" &
	watch $! "$2"
	smoke=$(grep -c '^\[wp\] \[Passed\] Smoke-test' "$log")
	goals=$(sed -n 's|^\[wp\] Proved goals: *\([0-9]*\) / \([0-9]*\)$|\1 \2|p' "$log" |
		while read -r proved of; do echo "$((proved - smoke)) of $((of - smoke))"; done)
	grep -E '^\[wp\] \[(Failed|Unknown|Timeout|Stepout)\]|rror' "$log" | sort -u >"$out/open"
	[[ -n $goals && ${goals% of *} == "${goals#* of }" && ! -s $out/open ]]
}

# watch PID FILE: waits for it, and says twice a minute how far it has come.
watch() {
	local n=0
	while kill -0 "$1" 2>/dev/null; do
		sleep 1
		(((n += 1) % 30)) || echo "# $2: $(grep -cE ': Valid|\[Passed\]' "$log") so far" >&2
	done
	wait "$1"
}

# complete TREE FILE: in what was proved last there is a promise of each function of
# FILE, and a bound of each loop.
complete() {
	local name loops bounds
	frama_c "$1" "$2" -metrics -metrics-by-function >"$out/metrics"
	sed -n 's|.*Stats for function <.*/\([a-z_0-9]*\)>.*|\1|p' "$out/metrics" | while read -r name; do
		grep -q "typed_${name}_ensures" "$log" || echo "no contract: $name"
	done >>"$out/open"
	loops=$(awk '/Stats for function/ { each = 1 } /Global metrics/ { each = 0 } each && $1 == "Loop" { n += $3 } END { print n + 0 }' \
		"$out/metrics")
	bounds=$(sed -n 's/.*Goal \(typed_.*_loop_variant\(_[0-9]*\)\{0,1\}_decrease\).* : Valid.*/\1/p' "$log" | sort -u | wc -l)
	((loops == bounds)) || echo "$loops loops, $bounds of them bounded" >>"$out/open"
	[[ ! -s $out/open ]]
}

tools/setup.sh prove || exit 2
mkdir -p "$out"
export WHY3CONFIG=$PWD/$out/why3.conf
why3 config detect >"$out/why3.log" 2>&1

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
for f in "${files[@]}"; do
	prove . "$f" -wp-prop=-@lemma -wp-smoke-tests -wp-smoke-timeout 1 && complete . "$f"
	ok "$f: ${goals:-no} properties are proved, $smoke smoke tests pass"
	count
done

# The last file sees all lemmas. Some speak of single bits of a number:
# these are proved for each bit.
prove . "${files[-1]}" -wp-prop=@lemma -wp-auto wp:range && [[ ${goals##* } == $(cat seccomp/* tests/proof/*.c | grep -c '^ *lemma ') ]]
ok "lemmas: ${goals:-no} are proved"
count
echo "# $proved of $total properties are proved, $smokes smoke tests pass"

! grep -nE '\b(admit|axiom|axiomatic)\b' "${files[@]}" seccomp/*.h >"$out/open"
ok "nothing is taken for granted"

# broken NAME FUNCTION FILE PERL [CHANGED OPTION]: not everything can be proved of FUNCTION in FILE
# any more when PERL has changed it, or CHANGED.
steps=1000000
broken() {
	local changed=${5:-$3}
	rm -rf "$out/broken"
	mkdir -p "$out/broken"
	cp -r include seccomp "$out/broken"
	perl -0pi -e "$4" "$out/broken/$changed"
	prove "$out/broken" "$3" -wp-fct "$2" "${@:6}"
	complete "$out/broken" "$3"
	! cmp -s "$changed" "$out/broken/$changed" && grep -qE "typed_$2_|: $2\$" "$out/open"
	ok "noticed: $1"
}
broken "actions are compared unsigned" seccomp_stricter seccomp/decide.c 's/\(int32_t\)//g' seccomp/seccomp.h
broken "a jump may lead just past the end" classic_fault seccomp/check.c 's/i\.jt >= after/i.jt > after/'
broken "a shift by 32 and more is not reduced" alu seccomp/run.c 's/a << b % 32/a << b/'
broken "an older filter wins on ties" seccomp_evaluate seccomp/stack.c \
	's/seccomp_stricter\(r.ret, v.ret\)/!seccomp_stricter(v.ret, r.ret)/'
broken "RET A is taken for constant" pass seccomp/gate.c 's/p->known == SECCOMP_A_CONSTANT, p->value/true, p->value/'
broken "a constant answer may be one that is logged" is_known seccomp/answers.c 's/return !log \|\| .*;/return true;/'
broken "code may refuse what an older filter kills for" seccomp_way_answer seccomp/way.c 's/log \|\| stricter \?/log ?/'
broken "a contract asks for what cannot be" seccomp_decide seccomp/decide.c \
	's/(assigns .nothing;\s*ensures .result.action ==)/requires ret > 0xffffffff; $1/' seccomp/seccomp.h -wp-smoke-tests
broken "a function has no contract" promises_nothing seccomp/decide.c \
	's/$/\nint promises_nothing(int i);\nint promises_nothing(int i)\n{\n\treturn i;\n}\n/'
tap_end
