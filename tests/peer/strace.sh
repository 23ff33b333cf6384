#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# strace.sh [NAME...] - what `portcullis record` tells of a program's calls, beside what `strace -f`
# tells of them on Linux 6.1 for riscv64: `make peer`. The programs are those of tests/programs, the
# same files on both; strace is Debian 13's. Process by process the calls must be the same, as many,
# with the same arguments and results, as far as a kernel does not choose them (calls.pl), but for
# those that `calls-that-differ` beside this file names, with the reason. Speaks TAP; not part of
# `make test`. What cannot be had here is a SKIP.
#
#   O=DIR     where the build is (build); built first unless PORTCULLIS_BUILT is set

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
export O=${O:-build}
here=tests/peer
cache=.cache/strace
libraries=/strace/usr/lib/riscv64-linux-gnu
strace=("$libraries/ld-linux-riscv64-lp64d.so.1" --library-path "$libraries" /strace/usr/bin/strace)

# name | program and arguments, in the root of tests/programs
cases='
dash         | /bin/dash /test/shell.sh
busybox      | /bin/busybox sh /test/shell.sh
lua          | /bin/lua /test/interpreter.lua
bzip2        | /bin/sh /test/compressor.sh
dynamic      | /bin/sh /test/dynamic.sh
esbuild      | /bin/esbuild --minify /test/minify.js
'

skip_all() {
	echo "1..0 # SKIP ${1##*$'\n'}"
	exit 0
}

# The root for both, with strace beside the programs.
prepare() {
	tests/programs/build.sh && root=$(tests/programs/root.sh) || return
	[[ -e $cache/ready ]] || { tools/debian13.sh --with-dependencies "$cache" strace && : >"$cache/ready"; } || return
	$here/build.sh
}

[[ ${PORTCULLIS_BUILT-} ]] || make -s O="$O" run policy >&2 || exit 1
export PORTCULLIS_BUILT=1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
prepare >"$tmp/why" 2>&1 || skip_all "$(<"$tmp/why")"
cp -a "$root" "$tmp/root" && mkdir -p "$tmp/root/strace/usr/bin" "$tmp/root/strace/usr/lib" &&
	cp "$cache/root/usr/bin/strace" "$tmp/root/strace/usr/bin" &&
	cp -a "$cache/root/usr/lib/riscv64-linux-gnu" "$tmp/root/strace/usr/lib" &&
	rm -rf "$tmp/root$libraries/gconv" || exit 1

# shellcheck source=tests/tap.sh
. tests/tap.sh
evidence=("$tmp/said")

# on_linux PROGRAM ARG...: what strace's log tells, in $tmp/linux, less its first call, which is the
# execve of strace's own child. Standard input and output are pipes, as here.
on_linux() {
	# shellcheck disable=SC2016 # for the shell there
	PEER_OPTIONS='-m 1G' $here/boot.sh '' --root "$tmp/root" /bin/sh -c \
		'true | "$@" 2>&1 | cat; echo "peer: the log"; cat /dev/shm/log' sh \
		/bin/busybox env -i PATH=/bin "${strace[@]}" -f -o /dev/shm/log "$@" >"$tmp/console"
	sed '1,/^peer: the log$/d' "$tmp/console" | sed 1d | $here/calls.pl >"$tmp/linux"
}

# here_too PROGRAM ARG...: the same of Portcullis's record, in $tmp/ours.
here_too() {
	./qemu.sh policy record -q -o "$tmp/e" --root "$tmp/root" -- "$@" >"$tmp/console.ours" 2>&1 </dev/null
	"$O/portcullis" calls "$tmp/e" | $here/calls.pl >"$tmp/ours"
}

# unlisted FILE: the lines of FILE that calls-that-differ does not have for this program. Where a
# row ends in "...", it has what begins like it; with a process before the call, that one's.
unlisted() {
	awk 'FILENAME == ARGV[1] { begins = sub(/\.\.\.$/, ""); call[++n] = $0; whole[n] = !begins; next }
		{ it = $0; sub(/^[^ ]* /, "", it); found = 0
		  for (i = 1; i <= n; i++) found = found || (whole[i] ? it == call[i] : index(it, call[i]) == 1 || index($0, call[i]) == 1) }
		!found' "$tmp/listed" "$1"
}

while IFS='|' read -r name words; do
	read -r name <<<"$name"
	[[ -n $name && (-z $* || " $* " == *" $name "*) ]] || continue
	read -ra words <<<"$words"
	on_linux "${words[@]}"
	here_too "${words[@]}"
	awk -F ' \\| ' -v name="$name" '$1 == name { print $2 }' $here/calls-that-differ >"$tmp/listed"
	unlisted "$tmp/ours" >"$tmp/ours.rest"
	unlisted "$tmp/linux" >"$tmp/linux.rest"
	all=$(wc -l <"$tmp/linux") alike=$(wc -l <"$tmp/linux.rest")
	diff -U 2 --label Portcullis --label Linux "$tmp/ours.rest" "$tmp/linux.rest" >"$tmp/said" && ((alike > 60))
	ok "$name: $alike of $all calls, their arguments and results are those that strace sees on Linux"
	[[ -z ${KEEP-} ]] || cp "$tmp/linux" "$KEEP/$name.linux"
	[[ -z ${KEEP-} ]] || cp "$tmp/ours" "$KEEP/$name.ours"
done <<<"$cases"
tap_end
