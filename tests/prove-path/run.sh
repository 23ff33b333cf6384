#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - proves the way of a system call through boot/trap.S, on the image that was built: `make
# prove-path`. As TAP. Every question that z3 is asked goes to a second solver, cvc5, too; then the
# image is broken in known ways.
#
#   O=DIR   where the build is (build)

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh
build=${O:-build}
out=$build/prove-path
python=/usr/bin/python3

tools/setup.sh prove-path || exit 2
mkdir -p "$out"
$python tests/prove-path/path.py --smt "$out/path.smt2" "$build"
ok "from ecall to the entry of a7, and from every end of it back to the program: proved for all registers"

asked=$(grep -c '^(check-sat)' "$out/path.smt2")
[[ $asked -gt 0 ]] && cvc5 --incremental "$out/path.smt2" >"$out/path.answers" &&
	[[ $(sort -u "$out/path.answers") == unsat && $(wc -l <"$out/path.answers") == "$asked" ]]
ok "a second solver says the same of all $asked questions"

$python tests/prove-path/breaks.py "$build"
ok "each way of breaking it is noticed"
tap_end
