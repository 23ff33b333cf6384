#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [DIRECTORY...] - tests of the Linux Test Project, built for riscv64 from a clone of it,
# on Portcullis: `make ltp LTP=CLONE FOLDERS='...'`. A DIRECTORY is one of its
# testcases/kernel/syscalls (all). Each test is a boot's row, as runtest/syscalls has it. Speaks
# TAP: a test passes with status 0, and is skipped when it says itself that it cannot run (32), or
# wants a block device, of which there are none; at the end a table, by directory, of how many did.
# Nothing of the project is kept here but in the cache folder, which git ignores. Not part of `make
# test`.
#
#   O=DIR      where the build is (build)      LTP=CLONE  a clone, with or without a work tree

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
cache=$PWD/.cache/ltp
source=$cache/src
tests=$source/testcases/kernel/syscalls

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}

# The parts that all tests need; they stay. A shell and its tools are Debian 13's busybox.
prepare() {
	[[ -e $cache/ready ]] && return
	tools/setup.sh cross ltp || return
	mkdir -p "$source" && git -C "$LTP" archive HEAD | tar -x -C "$source" || return
	(cd "$source" && make -s autotools && ./configure --host=riscv64-linux-gnu LDFLAGS=-static &&
		make -s -C lib && make -s -k -C libs) >"$cache/log" 2>&1
	tools/debian13.sh "$cache/busybox" busybox-static >>"$cache/log" 2>&1
	[[ -e $source/lib/libltp.a ]] && : >"$cache/ready"
}

# list DIRECTORY: its tests' lines, "DIRECTORY NAME PROGRAM ARG ..."; the programs are built.
# Scripts are left out.
list() {
	local program name
	nice make -s -k -j2 -C "$tests/$1" >>"$cache/log" 2>&1
	find "$tests/$1" -type f -perm -1 | LC_ALL=C sort | while read -r program; do
		name=${program##*/}
		[[ $cache/programs/$name -nt $program ]] ||
			riscv64-linux-gnu-strip -o "$cache/programs/$name" "$program" 2>>"$cache/log" || continue
		sed -nE "s/^([A-Za-z0-9_]+)[ \t]+$name( .*)?$/$1 \1 $name\2/p" "$source"/runtest/syscalls{,-ipc} | LC_ALL=C sort -u
	done
}

# make_root FOLDER <LINES: what these tests look for: their programs, those that some of them
# execute, users, groups, a shell, and what this kernel is like.
make_root() {
	local program name
	rm -rf "$1"
	mkdir -p "$1"/{bin,etc,tmp,testcases/bin}
	while read -r _ _ program _; do
		ln -f "$cache/programs/$program" "$1/testcases/bin/"
	done
	for program in "$cache"/programs/*{_child,_errno,child_}*; do
		[[ ! -e $program ]] || ln -f "$program" "$1/testcases/bin/"
	done
	for name in sh cat cp false ls rm sleep true; do
		[[ ! -e $cache/busybox/root/usr/bin/busybox ]] || ln -f "$cache/busybox/root/usr/bin/busybox" "$1/bin/$name"
	done
	printf '%s:x:%s:%s::/:/bin/sh\n' root 0 0 daemon 1 1 bin 2 2 nobody 65534 65534 >"$1/etc/passwd"
	printf '%s:x:%s:\n' root 0 daemon 1 bin 2 users 100 nogroup 65534 nobody 65534 >"$1/etc/group"
	printf 'CONFIG_%s=y\n' FUTEX IPC_NS NAMESPACES NET_NS PID_NS PROC_FS SECCOMP SECCOMP_FILTER SYSCTL SYSVIPC \
		SYSVIPC_SYSCTL USER_NS UTS_NS >"$1/config"
}

[[ ${LTP-} || -e $cache/ready ]] || skip "LTP=CLONE says where the Linux Test Project is"
[[ ${PORTCULLIS_BUILT-} ]] || make -s O="${O:-build}" run >&2 || exit 1
mkdir -p "$cache/programs"
prepare || skip "the Linux Test Project cannot be built: $cache/log"
(($#)) || mapfile -t all < <(cd "$tests" && printf '%s\n' */ | tr -d /)
for directory in "${@:-${all[@]}}"; do
	list "$directory"
done >"$cache/tests"
[[ -s $cache/tests ]] || skip "no test was built: $cache/log"

# All programs together are more than a machine takes: a boot for some at a time, and what came of
# each row, by its number among all tests.
rm -rf "$cache"/{tests.part.*,root.*,logs.*}
split -l 400 -d "$cache/tests" "$cache/tests.part."
: >"$cache/devices"
before=0
for part in "$cache"/tests.part.*; do
	number=${part##*.}
	make_root "$cache/root" <"$part"
	cut -d ' ' -f 3- "$part" | sed 's|.*|--rw /testcases/bin/& => status 0|' >"$cache/each"
	./qemu.sh run -m 4G --tty --timeout 120 --env KCONFIG_PATH=/config --env LTPROOT=/ --env PATH=/testcases/bin:/bin \
		--root "$cache/root" --log "$cache/logs.$number" --each "$cache/each" 2>&1 |
		awk -v before="$before" '/^ok / { $2 += before } /^not ok / { $3 += before } { print }'
	grep -la 'TBROK.*Failed to acquire device' "$cache/logs.$number"/*.log | sed 's|.*/||; s|\.log$||' |
		awk -v before="$before" '{ print $1 + before }' >>"$cache/devices"
	before=$((before + $(wc -l <"$part")))
done >"$cache/answers"

# The answers of --each, by name, and the table.
awk '
	FILENAME ~ /tests$/ { directory[FNR] = $1; name[FNR] = $2; next }
	FILENAME ~ /devices$/ { device[$1] = 1; next }
	/^(not )?ok / { number = /^not/ ? $3 : $2; status[number] = /^not/ ? 1 : 0; if (number > last) last = number }
	/^# the status is / { status[number] = $5 + 0 }
	END {
		print "1.." length(name)
		for (n = 1; n in name; n++) {
			d = directory[n]
			if (!(d in tests)) order[++directories] = d
			tests[d]++
			if (!(n in status)) status[n] = 1
			why = n in device ? " # SKIP it wants a block device" : \
				status[n] == 32 ? " # SKIP it says that it cannot run" : ""
			if (why == "" && status[n] == 0) passed[d]++
			if (why != "") skipped[d]++
			print (status[n] == 0 || why != "" ? "" : "not ") "ok " n " - " d "/" name[n] why
		}
		print "# | directory | tests | passed | skipped |\n# |---|---|---|---|"
		for (n = 1; n <= directories; n++)
			printf "# | %s | %d | %d | %d |\n", order[n], tests[order[n]], passed[order[n]], skipped[order[n]]
	}' "$cache/tests" "$cache/devices" "$cache/answers"
