# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash disable=SC2154
#
# careful.sh - show and diff --careful: a second solver is asked, and its
# word counts. Sourced by policy.t.

file one.json <<'END'
{ "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [ { "names": ["socket"], "action": "SCMP_ACT_ALLOW", "args": [ { "index": 0, "value": 1, "op": "SCMP_CMP_EQ" } ] } ] }
END
sed 's/"value": 1/"value": 2/' "$tmp/one.json" | file two.json

# second WORD: a cvc5 that says so.
second() {
	mkdir -p "$tmp/solvers"
	printf '#!/bin/sh\n[ "$1" = --version ] && echo cvc5 || { cat >"%s"; echo %s; }\n' "$tmp/question" "$1" >"$tmp/solvers/cvc5"
	chmod +x "$tmp/solvers/cvc5"
}
careful() {
	local name=$1 want=$2
	PATH=$tmp/solvers:$PATH answers "$name" "$want" "${@:3}"
}

second unsat
careful "a second solver that agrees" 1 diff --careful one.json two.json
out '^cvc5 agrees: asked [1-9][0-9]* questions$'
ok "... is told"
grep -q '^(set-logic QF_BV)' "$tmp/question" && grep -q 'declare-fun' "$tmp/question" && grep -q '^(check-sat)$' "$tmp/question"
ok "... and was asked in SMT-LIB"
careful "without --careful it is not asked" 1 diff one.json two.json
! out cvc5
ok "... nor told of"
careful "a call is shown carefully" 0 show --careful one.json 'socket(AF_UNIX)'
for word in sat unknown ''; do
	second "$word"
	careful "one that says '$word' where z3 says unsat: undecided" 3 diff --careful one.json two.json
	err 'undecided: z3 says that there is no such call, and cvc5 does not'
	ok "... which is said"
	careful "... show, too" 3 show --careful one.json 'socket(AF_UNIX)'
done
rm "$tmp/solvers/cvc5"
ln -s "$(command -v grep)" "$(command -v tail)" "$(command -v cat)" "$(command -v sed)" "$tmp/solvers"
PATH=$tmp/solvers answers "without a second solver, --careful is refused" 2 diff --careful one.json two.json
err -- '--careful asks cvc5, too, and there is none'
ok "... and said why"
if command -v cvc5 >/dev/null; then
	answers "cvc5 itself agrees" 1 diff --careful one.json two.json
	out '^cvc5 agrees'
	ok "... and says so"
else
	skip "cvc5 itself agrees" "no cvc5"
fi
