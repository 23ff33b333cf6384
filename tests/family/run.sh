#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [COUNT [FIRST]] - plays COUNT (40) scripts of families, from seed FIRST (1) on, on
# Portcullis and on the build machine's own Linux, which judges the model that wrote them; as TAP. A
# family is several processes and threads that fork, execute, install filters, trace, answer for
# each other and end; what comes of each call must be what family.py says. What failed stays in
# O/family.
#
#   O=DIR      where the build is (build)

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
export O=${O:-build} PORTCULLIS_BUILT=1
count=${1:-40} first=${2:-1}
part=100 # scripts of one boot
folder=$O/family
mkdir -p "$folder" || exit 1
n=0 failed=0

# report NAME SCRIPTS: judges the status of the command before it; its output is in the log.
report() {
	local status=$?
	n=$((n + 1))
	grep -a '^family: ' "$folder/log" | sed 's/^/# /'
	if ((status == 0)); then
		echo "ok $n - $1"
		return
	fi
	failed=1
	echo "not ok $n - $1 (status $status)"
	grep -a -E '^[^ ]*/[0-9]+:[0-9]+: |panic|not so' "$folder/log" | head -n 20 | sed 's/^/# /'
	cp "$folder/log" "$folder/failed.$n"
}

on_portcullis() {
	./qemu.sh run --icount --timeout 600 --root "$folder/scripts" /family / "$1" "$2" </dev/null >"$folder/log" 2>&1
}

on_linux() {
	[[ $(uname -sm) == 'Linux x86_64' ]] && ((EUID == 0)) &&
		grep -qw user_notif /proc/sys/kernel/seccomp/actions_avail 2>/dev/null
}

echo "1..$((2 * ((count + part - 1) / part)))"
for ((at = first; at < first + count; at += part)); do
	scripts=$((first + count - at < part ? first + count - at : part))
	rm -rf "$folder/scripts"
	mkdir -p "$folder/scripts"
	/usr/bin/python3 tests/family/family.py "$folder/scripts" "$at" "$scripts" || exit 1
	cp "$O/tests/family" "$folder/scripts/family"
	on_portcullis "$at" "$scripts"
	report "$scripts families from seed $at on: on Portcullis all is as the model says"
	if on_linux; then
		timeout 600 "$O/tests/family-host" "$folder/scripts" "$at" "$scripts" >"$folder/log" 2>&1
		report "the same on this machine's Linux"
	else
		n=$((n + 1))
		echo "ok $n - the same on this machine's Linux # SKIP needs root on Linux x86-64 with seccomp filters"
	fi
done
exit "$failed"
