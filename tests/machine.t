#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# machine.t - the kernel on machines of every shape: memory, harts, page-table and timer extensions; what it maps, and how
# it ends when it cannot go on. Each boots a program that forks, writes and checks, with the leak check on.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
out=${O:-build}
program=$out/tests/guest/fork-inherits-the-filters
n=0

# shellcheck disable=SC2319
ok() {
	local good=$?
	n=$((n + 1))
	if ((good == 0)); then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		tail -n 20 "$tmp/out" | sed 's/^/# /'
	fi
}

boots() {
	local name=$1
	shift
	./qemu.sh run --timeout 60 --append leakcheck "$@" "$program" >"$tmp/out" 2>&1 </dev/null &&
		grep -q 'none lost' "$tmp/out"
	ok "$name"
}

for size in 32M 64M 512M 2G 8G; do
	boots "it runs in $size" -m "$size"
done
for harts in 2 4 8; do
	boots "it runs on one of $harts harts" --smp "$harts"
done
for cpu in rv64,sv48=off rv64,sv48=on rv64,sstc=off rv64,sstc=off,sv48=off; do
	boots "it runs on $cpu" --cpu "$cpu"
done

# The machine stops in the middle of a program; QEMU's monitor lists every mapping there is.
mapfile -t line < <(./qemu.sh run --dry-run --timeout 0 "$out/tests/guest/preemption-reaches-an-endless-loop" 2>/dev/null ||
	./qemu.sh run --dry-run "$program")
command=${line[-1]/-serial stdio/-serial null -monitor stdio}
{
	sleep 1
	echo stop
	echo info mem
	echo quit
} | eval "$command" >"$tmp/out" 2>&1
tr -d '\r' <"$tmp/out" | awk '$4 ~ /^[rwxugad-]+$/ && $1 ~ /^[0-9a-f]+$/' >"$tmp/map"
[[ $(wc -l <"$tmp/map") -ge 5 ]]
ok "the monitor lists the mappings"
! grep -E ' r?wx' "$tmp/map"
ok "nothing is writable and executable at once"
! awk '$1 >= "8000000000000000" && $4 ~ /u/' "$tmp/map" | grep .
ok "nothing of the kernel's half is user mode's"
[[ $(awk '$4 ~ /x/ && $1 >= "8000000000000000"' "$tmp/map" | wc -l) == 1 ]]
ok "the kernel's text is executable in one place"

# No room for the page descriptions: a kernel that cannot go on says so, with a status no program gives.
sed 's/-m 128M/-m 3M/' <<<"${line[-1]}" >"$tmp/command"
eval "$(<"$tmp/command")" >"$tmp/out" 2>&1 </dev/null
status=$?
[[ $status == 253 ]] && grep -q '^panic: .*memory' "$tmp/out" && grep -q 'panic: *0x[0-9a-f]* page_init+0x' "$tmp/out"
ok "a panic names its cause and its callers, and ends with 253"

echo "1..$n"
