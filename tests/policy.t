#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# policy.t - portcullis, the policy tool, built with ASan and UBSan. The checks stand in
# tests/policy/*.sh; P='NAME ...' picks files.
#
# needs: run portcullis-asan

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
top=$PWD
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
O=${O:-build}
# shellcheck source=tests/build.sh
. tests/build.sh
build run "$O/portcullis-asan" || exit 1
built=${PORTCULLIS_BUILT:-needs}
export PORTCULLIS_BUILT=1
[[ $O == /* ]] || O=$PWD/$O
portcullis=$O/portcullis-asan
# What is left when the program ends is the system's to free, but for what a reader lost
# on its way: that is in arenas.
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 NO_COLOR=1

# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/out" "$tmp/err")

# run ARG...: runs portcullis in $tmp; what it says is in $tmp/out and
# $tmp/err, its status in $status. What goes on for a minute of a processor is ended, if a
# check has not set less.
run() {
	(cd "$tmp" && { ulimit -t 60 2>/dev/null || :; } && exec "$portcullis" "$@") >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

# file NAME: writes standard input to the file NAME, which the checks name without a folder.
file() { cat >"$tmp/$1"; }

# bytes NAME WORD...: a file of instructions, each given as 16 hexadecimal digits: code, jt, jf, k
# as struct sock_filter has them in memory.
bytes() {
	local name=$1
	shift
	printf %s "$@" | xxd -r -p >"$tmp/$name"
}

# answers NAME STATUS ARG...: the status is that, and nothing went wrong inside.
answers() {
	local name=$1 want=$2
	shift 2
	run "$@"
	[[ $status == "$want" ]] && ! grep -q 'Sanitizer\|runtime error' "$tmp/err"
	ok "$name"
}

# out PATTERN, err PATTERN: one line of the output (of the messages) matches
# the extended regular expression.
out() { grep -qE -- "$1" "$tmp/out"; }
err() { grep -qE -- "$1" "$tmp/err"; }

# builds_tool: the tool that qemu.sh asks, without ASan.
builds_tool() {
	local folder=${O#"$top"/}
	(cd "$top" && O=$folder PORTCULLIS_BUILT=$built build "$folder/portcullis")
}

# builds NAME SOURCE...: a program of tests/policy/readers on the parts of portcullis, as $tmp/NAME.
builds() {
	local name=$1
	shift
	rm -f "$tmp/policy.a" # without main.o, and what only that needs is left where it is
	find "$O/policy-asan" -name '*.o' ! -name main.o -exec ar rcs "$tmp/policy.a" {} + &&
		"${CC:-cc}" -std=gnu11 -D_GNU_SOURCE -g -no-pie -fsanitize=address,undefined -I"$top/policy" -I"$top/include" -I"$top/seccomp" \
			-I"$top/tests/unit" "$@" "$tmp/policy.a" "$O/asan/verdict.a" -lz3 -ldw -lelf -o "$tmp/$name" >"$tmp/out" 2>"$tmp/err"
}

# shellcheck source=tests/events.sh
. tests/events.sh

for part in "$top"/tests/policy/*.sh; do
	name=${part##*/}
	if [[ -z ${P:-} || " $P " == *" ${name%.sh} "* ]]; then
		# shellcheck source=/dev/null
		. "$part"
	fi
done
tap_end
