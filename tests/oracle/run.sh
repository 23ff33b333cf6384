#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - the verdict library against two judges: this machine's own Linux, and a model
# in Python. TAP. Called by `make oracle` (campaigns: N=1000000 [SEED=2]) and, with
# small numbers, by tests/oracle.t.
#
#   N       generated programs (20000)
#   STACKS  random stacks for the model (N, at most 100000), and as many under Linux
#   SEED    another seed, other programs

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."
out=${O:-build}/oracle
n=${N:-20000}
stacks=${STACKS:-$((n < 100000 ? n : 100000))}
seed=${SEED:-1}
mkdir -p "$out"

for name in programs stacks; do
	${CC:-cc} -std=gnu11 -O2 -g -Wall -Wextra -Werror -Wshadow -Iinclude -Iseccomp "tests/oracle/$name.c" \
		"${O:-build}/hostlib/verdict.a" -static -o "$out/$name.test"
done

# One plan for all parts: each says ok or not ok, or `1..0 # SKIP why` where its judge is missing.
status=0
number=0
part() {
	local line
	while IFS= read -r line; do
		case $line in
		'1..0 # SKIP'*) printf 'ok %d - %s # SKIP%s\n' $((number += 1)) "$1" "${line#*# SKIP}" ;;
		1..*) ;;
		'ok '*) printf 'ok %d - %s\n' $((number += 1)) "${line#ok * - }" ;;
		'not ok '*) printf 'not ok %d - %s\n' $((number += 1)) "${line#not ok * - }"; status=1 ;;
		'# '*) printf '%s\n' "$line" ;;
		*) printf 'Bail out! %s\n' "$line"; exit 1 ;;
		esac
	done
}
part 'Linux and generated programs' < <("$out/programs.test" "$n" "$seed" || true)
part 'Linux and random stacks' < <("$out/stacks.test" linux "$stacks" "$seed" || true)
if [[ -x /usr/bin/python3 ]]; then
	part 'the model and random stacks' < <("$out/stacks.test" model "$stacks" "$seed" | /usr/bin/python3 tests/oracle/model.py || true)
else
	part 'the model and random stacks' <<<'1..0 # SKIP no /usr/bin/python3'
fi
((number >= 3)) || { printf 'Bail out! a judge died\n'; exit 1; }
printf '1..%d\n' "$number"
exit "$status"
