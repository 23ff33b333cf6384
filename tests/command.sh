# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=bash
#
# command.sh - what the tests of qemu.sh as a command share: running it, and judging what came of
# it. It makes a folder, $tmp, which goes at the end.

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# q ARG...: qemu.sh with its output and status kept.
q() {
	./qemu.sh "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

# refuses WORDS NAME ARG...: status 2, one line on stderr with WORDS, nothing on stdout.
refuses() {
	local words=$1 name=$2
	shift 2
	q "$@"
	[[ $status == 2 && $(<"$tmp/err") == *"$words"* && $(wc -l <"$tmp/err") == 1 && ! -s $tmp/out ]]
	ok "$name"
}

bytes() {
	local b
	for b; do printf '%b' "\\x$b"; done
}

# not_begun WORDS NAME: the run ended with 251, which is no program's, and one line with
# WORDS; the program said nothing.
not_begun() {
	cat "$tmp/err" "$tmp/out" >"$tmp/all"
	[[ $status == 251 && $(<"$tmp/all") == *"$1"*": nothing runs" && $(wc -l <"$tmp/all") == 1 ]]
	ok "$2"
}
