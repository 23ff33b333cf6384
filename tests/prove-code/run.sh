#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - proves the machine code of gates for a corpus of filters, over all arguments: `make prove-code`. As TAP, with a table: of the
# 512 numbers of each stack, how many have machine code, a constant answer, or are left to the interpreter. What z3 is asked about the
# corpus is asked of cvc5, too. The templates are proved for all operands, each of which is then made into code once.
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

# emitted EMIT: what it prints for the corpus.
emitted() {
	local stack
	while read -ra stack; do
		"$1" "${stack[@]}" || return
	done <"$out/stacks"
}

tools/setup.sh cross prove-code || exit 2
mkdir -p "$out"
build "$out/emit" seccomp/*.c &&
	tests/prove-code/corpus.sh "$out" >"$out/stacks" && [[ -s $out/stacks ]]
ok "the corpus is made"

emitted "$out/emit" >"$out/corpus" && $python tests/prove-code/prove.py --each --smt "$out/corpus.smt2" <"$out/corpus"
ok "the gates of known programs' filters answer as the filters do, for all arguments"

asked=$(grep -c '^(check-sat)' "$out/corpus.smt2")
[[ $asked -gt 0 ]] && cvc5 --incremental "$out/corpus.smt2" >"$out/corpus.answers" &&
	[[ $(sort -u "$out/corpus.answers") == unsat && $(wc -l <"$out/corpus.answers") == "$asked" ]]
ok "a second solver says the same of all $asked questions"

$python tests/prove-code/templates.py "$out/emit" "$out/shapes"
ok "each shape of a template is right for all operands of its form"

# sweep PROGRAM RV64.C: builds it on that file.
sweep() { ${CC:-cc} -std=gnu11 -O3 -Wall -Iinclude -I"${2%/*}" -Iseccomp -o "$1" tests/prove-code/sweep.c -pthread; }
sweep "$out/sweep" seccomp/rv64.c && "$out/sweep" "$out/shapes"
ok "the code of every operand has the shape of its form"

mkdir -p "$out/wrong"
sed 's/^\tif (is_short(k)) {$/\tif (k == 0x1badcafe)\n\t\tk ^= 1;\n&/' seccomp/rv64.c >"$out/wrong/rv64.c"
! cmp -s seccomp/rv64.c "$out/wrong/rv64.c" && sweep "$out/sweep-broken" "$out/wrong/rv64.c" &&
	! "$out/sweep-broken" "$out/shapes" 15 >"$out/sweep.log" && grep -q 'operand 0x1badcafe' "$out/sweep.log"
ok "one wrong constant of 2^32 is noticed"

# The proofs must notice when a template is wrong: the corpus' where it uses it, the templates' in any case.
others=()
for f in seccomp/*.c; do
	[[ $f == */rv64.c ]] || others+=("$f")
done
broken() {
	local name=$1
	sed "$2" seccomp/rv64.c >"$out/rv64.c"
	! cmp -s seccomp/rv64.c "$out/rv64.c" &&
		build "$out/broken" "$out/rv64.c" "${others[@]}" &&
		emitted "$out/broken" >"$out/broken.corpus" &&
		! $python tests/prove-code/prove.py <"$out/broken.corpus" >"$out/broken.log" &&
		grep -q 'not proved: ' "$out/broken.log"
	ok "code is refuted when $name"
}
broken "the upper half is loaded without its sign" 's/0x400 | 32/32/'
broken "JGT is made as JGE" 's/f3 = 6;/f3 = 7;/'
broken "an errno keeps its sign" 's/A0, 0 - data/A0, data/'
broken "a constant's halves do not carry" 's/k + 0x800/k/'
broken "a jump goes one instruction too far" 's/fail - 4 \* (c->n - start)/fail + 4 - 4 * (c->n - start)/'

"$out/emit" -g "${N:-1000}" >"$out/generated" && $python tests/prove-code/prove.py <"$out/generated"
ok "the gates of generated stacks answer as the filters do"
tap_end
