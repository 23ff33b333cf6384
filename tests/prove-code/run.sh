#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - proves the machine code of gates for a corpus of filters, over all arguments: `make
# prove-code`. As TAP, with a table: of the 512 numbers of each stack, how many have machine code, a
# constant answer, or are left to the interpreter. What z3 is asked about the corpus is asked of
# cvc5, too. The templates are proved for all operands, each of which is then made into code once.
#
#   O=DIR   where the build is (build)      N=N   generated stacks (1000, some ten minutes)
#
# z3 and libseccomp are Debian's, for Debian's Python.

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
out=${O:-build}/prove-code
python=/usr/bin/python3

build() { ${CC:-cc} -std=gnu11 -O2 -Wall -Iinclude -Iseccomp -Itests/unit -o "$1" tests/prove-code/emit.c "${@:2}"; }

# emitted EMIT <STACKS: what it prints for them.
emitted() {
	local stack
	while read -ra stack; do
		"$1" "${stack[@]}" || return
	done
}

tools/setup.sh cross prove-code || exit 2
mkdir -p "$out"
build "$out/emit" seccomp/*.c &&
	tests/prove-code/corpus.sh "$out" >"$out/stacks" && [[ -s $out/stacks ]]
ok "the corpus is made"

emitted "$out/emit" <"$out/stacks" >"$out/corpus" && $python tests/prove-code/prove.py --each --smt "$out/corpus.smt2" <"$out/corpus"
ok "the gates of known programs' filters answer as the filters do, for all arguments"

asked=$(grep -c '^(check-sat)' "$out/corpus.smt2")
[[ $asked -gt 0 ]] && cvc5 --incremental "$out/corpus.smt2" >"$out/corpus.answers" &&
	[[ $(sort -u "$out/corpus.answers") == unsat && $(wc -l <"$out/corpus.answers") == "$asked" ]]
ok "a second solver says the same of all $asked questions"

$python tests/prove-code/templates.py "$out/emit" "$out/shapes"
ok "each shape of a template is right for all operands of its form"

# sweep PROGRAM RV64.C: builds it on that file.
sweep() { ${CC:-cc} -std=gnu11 -O3 -Wall -Iinclude -I"${2%/*}" -Iseccomp -o "$1" tests/prove-code/sweep.c -pthread; }
mkdir -p "$out/wrong"
sed 's/^\tif (is_short(k)) {$/\tif (k == 0x1badcafe)\n\t\tk ^= 1;\n&/' seccomp/rv64.c >"$out/wrong/rv64.c"
! cmp -s seccomp/rv64.c "$out/wrong/rv64.c" && sweep "$out/sweep-broken" "$out/wrong/rv64.c" &&
	! "$out/sweep-broken" "$out/shapes" 15 >"$out/sweep.log" && grep -q 'operand 0x1badcafe' "$out/sweep.log"
ok "one wrong constant of 2^32 is noticed"

# What makes code is broken, one line at a time. Without the validation that each piece goes
# through when it is made, the proof must notice; with it, the code must be right again, for the
# validation refuses what is not.
grep -v '^log:' "$out/stacks" | grep -E '/(equal-64|older-kills|older-traps|edges|arithmetic|address|registers|systemd-restrict|snapd-socket-30|chromium-prctl-30|words-shifted)\.bpf$' >"$out/few"
cat >"$out/yes.c" <<'END'
#include "validate_search.h"

bool seccomp_rv64_search_valid(struct seccomp_validate_search *s, struct seccomp_choices *c, const struct seccomp_claim *claim,
			       const uint32_t *code, uint32_t n, uint32_t *steps)
{
	(void)s, (void)c, (void)claim, (void)code, (void)n, (void)steps;
	return true;
}

bool seccomp_rv64_valid(struct seccomp_validate *v, const struct seccomp_claim *claim, const uint32_t *code, uint32_t n,
			uint32_t *steps)
{
	(void)v, (void)claim, (void)code, (void)n, (void)steps;
	return true;
}
END
pieces() { grep -c '^way [0-9]* 3 ' "$1"; }
emitted "$out/emit" <"$out/few" >"$out/few.corpus"
all=$(pieces "$out/few.corpus")
[[ $all -gt 0 ]] && $python tests/prove-code/prove.py <"$out/few.corpus"
ok "a few small stacks have code for $all numbers"

# broken WHAT FILE SED
broken() {
	local f others=() left=''
	for f in seccomp/*.c; do
		[[ $f == */"$2" || $f == */validate*.c ]] || others+=("$f")
	done
	sed "$3" "seccomp/$2" >"$out/broken.c"
	! cmp -s "seccomp/$2" "$out/broken.c" &&
		build "$out/broken" "$out/broken.c" "$out/yes.c" "${others[@]}" &&
		emitted "$out/broken" <"$out/few" >"$out/broken.corpus" &&
		! $python tests/prove-code/prove.py <"$out/broken.corpus" >"$out/broken.log" &&
		grep -q 'not proved: ' "$out/broken.log"
	ok "code is refuted when $1"
	build "$out/broken" "$out/broken.c" seccomp/validate*.c "${others[@]}" &&
		emitted "$out/broken" <"$out/few" >"$out/broken.corpus" &&
		{ left=$(pieces "$out/broken.corpus"); [[ $left -lt $all ]]; } &&
		$python tests/prove-code/prove.py <"$out/broken.corpus" >"$out/broken.log"
	ok "and is not used then: $left pieces are left"
}
broken "the upper half is loaded without its sign" rv64.c 's/0x400 | 32/32/'
broken "JGT is made as JGE" rv64.c 's/f3 = 6;/f3 = 7;/'
broken "an errno keeps its sign" rv64.c 's/A0, 0 - data/A0, data/'
broken "a constant's halves do not carry" rv64.c 's/k + 0x800/k/'
broken "a jump goes one instruction too far" rv64.c 's/fail - 4 \* (c->n - start)/fail + 4 - 4 * (c->n - start)/'
broken "a test's two ways are exchanged" residual.c 's/place_of(s, t->hold, t/place_of(s, t->fail, t/'
broken "a search goes the wrong way" search_code.c 's/BGEU, T0, T1, 4 \*/BLTU, T0, T1, 4 */'
broken "a search looks for the value beside" search_code.c 's/put_either(x, BEQ, row\[only\].last,/put_either(x, BEQ, row[only].last + 1,/'
broken "a register is not the shift's other one" search_code.c 's/rv64_put_load(&x->code, T1, v->op\[i\].k)/rv64_put_load(\&x->code, T1, v->k)/'
broken "both ways of a test are the same" specialise.c 's/at.pc = t->at.pc + 1 + jump.jf;/at.pc = t->at.pc + 1 + jump.jt;/'

"$out/emit" -g "${N:-1000}" >"$out/generated" && $python tests/prove-code/prove.py <"$out/generated"
ok "the gates of generated stacks answer as the filters do"

# By far the longest.
sweep "$out/sweep" seccomp/rv64.c && "$out/sweep" "$out/shapes"
ok "the code of every operand has the shape of its form"
tap_end
