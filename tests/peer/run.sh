#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [NAME...] - the programs of tests/guest on Portcullis and on Linux 6.1 for riscv64, the
# same files on the same machine: `make peer`. Status, audit records and output must agree, but
# for what must differ from run to run (times, process ids) and for the list of intended
# differences beside this file. Time counts instructions on both, so a busy machine changes
# nothing. Speaks TAP; not part of `make test`.
#
#   O=DIR     where the build is (build); built first unless PORTCULLIS_BUILT is set

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
folder=tests/guest
export O=${O:-build}
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"

[[ ${PORTCULLIS_BUILT-} ]] || make -s O="$O" run guest >&2 || exit 1
export PORTCULLIS_BUILT=1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# The audit records and the program's lines, each in their order: how the two are mixed is the
# console's affair. Portcullis' own lines have no counterpart on Linux, nor have Linux's here. An
# address above all programs is in the vDSO.
normalise() {
	tr -d '\r' <"$1" | sed -E 's/^\[ *[0-9]+\.[0-9]+\] //; s/^(audit: type=[0-9]+) audit\([0-9.:]+\)/\1 audit(T)/; s/ pid=[0-9]+/ pid=N/
		s/ ip=0x[0-9a-f]{10,}/ ip=VDSO/' >"$1.lines"
	grep -a '^audit: ' "$1.lines"
	grep -avE '^(audit|fault|syscall|seccomp|exec|init|leakcheck|__vm_enough_memory|mmap|random|sched|tmpfs): |^process |^$' "$1.lines"
}

# runs_there NAME: whether Linux is asked.
runs_there() { is_linuxs "$1" || grep -q "^$1 " tests/peer/differences; }

# judge NAME
judge() {
	local options ours theirs reason intended
	if ! runs_there "$1"; then
		echo "the claim is Portcullis's own"
		return 77
	fi
	theirs=$(<"$tmp/linux/$1.status")
	read -ra options < <(wanted_options "$1")
	./qemu.sh run --icount --tty --timeout $PATIENCE "${options[@]}" "$O/tests/guest/$1" </dev/null >"$tmp/ours/$1" 2>&1
	ours=$?
	if read -r intended reason < <(sed -n "s/^$1 //p" tests/peer/differences); then
		echo "differs as intended: $reason"
		((theirs == intended && ours == $(wanted_status "$1"))) && return 77
		echo "status $ours here, $theirs on Linux, which was said to be $intended"
		return 1
	fi
	((ours == theirs && ours == $(wanted_status "$1"))) || echo "status $ours here, $theirs on Linux, wanted $(wanted_status "$1")"
	normalise "$tmp/ours/$1" >"$tmp/ours/$1.log"
	normalise "$tmp/linux/$1" >"$tmp/linux/$1.log"
	diff -U 1 --label Portcullis --label Linux "$tmp/ours/$1.log" "$tmp/linux/$1.log" && ((ours == theirs && ours == $(wanted_status "$1")))
}

# One start of Linux for all of them; its console is cut at the marks.
(($#)) || mapfile -t all < <(all_names)
names=("${@:-${all[@]}}")
mkdir "$tmp/programs" "$tmp/ours" "$tmp/linux"
for name in "${names[@]}"; do
	! runs_there "$name" || cp "$O/tests/guest/$name" "$tmp/programs" || exit 1
done
PEER_OPTIONS='-m 2G --icount' tests/peer/boot.sh '' --list "$tmp/programs" >"$tmp/console" || exit 1
awk -v folder="$tmp/linux/" '
	/^peer: begin / { name = $3; sub(".*/", "", name); file = folder name; printf "" >file; next }
	/^peer: end /   { print $3 >(folder name ".status"); close(file); file = ""; next }
	file != ""      { print >file }' "$tmp/console"
for name in "${names[@]}"; do [[ -e $tmp/linux/$name.status ]] || echo 125 >"$tmp/linux/$name.status"; done
run_all judge "${names[@]}"
