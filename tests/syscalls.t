#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# syscalls.t - do docs/syscalls.md and docs/conformance.md tell of what is there? Every call of
# Linux stands in the first, in the part that kernel/gate/calls.def decides; every function, file
# and test that the second names exists.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
n=0
failed=0

# nothing NAME: a test that passes when there is nothing on stdin, which says what is wrong.
nothing() {
	local wrong
	mapfile -t wrong
	n=$((n + 1))
	if ((${#wrong[@]} == 0)); then
		echo "ok $n - $1"
	else
		failed=1
		echo "not ok $n - $1"
		printf '# %s\n' "${wrong[@]}"
	fi
}

# names PATTERN: what stands between backquotes on stdin and matches as a whole.
# shellcheck disable=SC2016
names() { grep -o '`[^`]*`' | tr -d '`' | grep -xE "$1" | LC_ALL=C sort; }

# difference HERE THERE: of two sorted lists on fd 3 and 4.
difference() { diff <(cat <&3) <(cat <&4) | sed -n "s/^</$1: /p; s/^>/$2: /p"; }

# part HEADING: the names in that part of docs/syscalls.md; of a table's row, the first.
part() { sed -n "/^## $1\$/,/^## /{ s/^\(| [^|]*|\).*/\1/; p; }" docs/syscalls.md | names '[a-z0-9_]+'; }
here() { sed -n 's/^[A-Z]*(\([a-z0-9_]*\))$/\1/p' kernel/gate/calls.def | LC_ALL=C sort; }
linux() { sed -n 's/^SYSCALL([0-9]*, *\([a-z0-9_]*\),.*/\1/p' include/abi/syscall.def | LC_ALL=C sort; }
said() { names "$1" <docs/conformance.md | uniq; }

missing_tests() {
	said '[a-z0-9]+(-[a-z0-9]+)+' | while read -r test; do
		[[ -f tests/guest/$test.c ]] || echo "$test"
	done
}

missing_files() {
	said '(unit|kernel|boot|include|tests)/.*' | while read -r file; do
		[[ -e $file || -e tests/$file || -e tests/$file.c ]] || echo "$file"
	done
}

missing_functions() {
	said '[a-z]+(_[a-z]+)*' | grep -vxE 'explain' | while read -r function; do
		grep -qE "(^|[ *])$function\(" kernel/*.c kernel/*/*.c kernel/*/*/*.c seccomp/*.c || echo "$function"
	done
}

echo 1..5
nothing "docs/syscalls.md: each call of kernel/gate/calls.def is full or partial, once" < <(
	difference 'not here' 'not said to be here' 3< <({ part Partial && part Full; } | LC_ALL=C sort) 4< <(here)
)
nothing "docs/syscalls.md: each other call of Linux is absent" < <(
	difference 'not absent' 'not said to be absent' 3< <(part Absent) 4< <(LC_ALL=C comm -13 <(here) <(linux))
)
nothing "docs/conformance.md: each program that it names is in tests/guest" < <(missing_tests)
nothing "docs/conformance.md: each file that it names exists" < <(missing_files)
nothing "docs/conformance.md: each function that it names exists" < <(missing_functions)
exit $failed
