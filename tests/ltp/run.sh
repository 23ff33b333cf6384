#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [DIRECTORY...] - tests of the Linux Test Project, built for riscv64 from a clone of it,
# on Portcullis; those that do not pass here also on Linux 6.1 (tests/peer), the same files in the
# same root: `make ltp LTP=CLONE FOLDERS='...'`. A DIRECTORY is one of its
# testcases/kernel/syscalls (all). Each test is a boot's row, as runtest/syscalls has it. Speaks
# TAP: a test passes with status 0, and is skipped when it does not pass on Linux either, or is one
# of `absent` beside this file; at the end a table of the directories that differ, and the sum.
# Nothing of the project is kept here but in the cache folder, which git ignores. Not part of `make
# test`.
#
#   O=DIR      where the build is (build)      LTP=CLONE  a clone, with or without a work tree
#
# What a test's status on Linux was is kept in .cache/ltp/linux; who removes that has it asked anew.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
here=tests/ltp
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
	for name in sh cat cp false ls mkdir mount poweroff rm setsid sleep timeout true umount zcat; do
		ln -f "$cache/busybox/root/usr/bin/busybox" "$1/bin/$name"
	done
	printf '%s:x:%s:%s::/:/bin/sh\n' root 0 0 daemon 1 1 bin 2 2 nobody 65534 65534 >"$1/etc/passwd"
	printf '%s:x:%s:\n' root 0 daemon 1 bin 2 users 100 nogroup 65534 nobody 65534 >"$1/etc/group"
	printf 'CONFIG_%s=y\n' CHECKPOINT_RESTORE DNOTIFY EPOLL EVENTFD FUTEX INET INOTIFY_USER IPC_NS IPV6 NAMESPACES NET_NS PID_NS POSIX_MQUEUE \
		PROC_FS SECCOMP SECCOMP_FILTER SIGNALFD SYSCTL SYSVIPC SYSVIPC_SYSCTL TIMERFD TMPFS UNIX USER_NS \
		UTS_NS >"$1/config"
}

# run_here <TESTS: prints "NAME STATUS" for each test, 1 for one that was killed.
run_here() {
	cat >"$cache/part"
	make_root "$cache/root" <"$cache/part"
	cut -d ' ' -f 3- "$cache/part" | sed 's|.*|--rw /testcases/bin/& => status 0|' >"$cache/each"
	./qemu.sh run -m 4G --icount --tty --timeout 900 --env KCONFIG_PATH=/config --env LTPROOT=/ --env PATH=/testcases/bin:/bin \
		--root "$cache/root" --log "$1" --each "$cache/each" 2>&1 |
		awk 'FILENAME ~ /part$/ { name[FNR] = $2; next }
			/^ok / { print name[$2], 0 } /^not ok / { n = $3 } /^# the status is / { print name[n], $5 + 0 }' "$cache/part" -
}

# run_linux <TESTS: the same of Linux. The first program there is a shell that runs them.
run_linux() {
	cat >"$cache/part.linux"
	make_root "$cache/root.linux" <"$cache/part.linux"
	rm "$cache/root.linux/config"
	cp "$cache/part.linux" "$cache/root.linux/tests"
	cp $here/init.sh "$cache/root.linux/init"
	PEER_OPTIONS='-m 2G' timeout 3600 tests/peer/boot.sh panic=-1 --root "$cache/root.linux" /init >"$1"
	sed -n 's/^ltp: end //p' "$1"
}

# in_parts COMMAND FOLDER <TESTS: all programs together are more than a machine takes. COMMAND has
# some at a time, and a name in FOLDER for what they say.
in_parts() {
	local part
	rm -rf "$cache"/tests.part.* "$2"
	mkdir "$2"
	split -l 400 -d - "$cache/tests.part."
	for part in "$cache"/tests.part.*; do
		[[ ! -e $part ]] || "$1" "$2/${part##*.}" <"$part"
	done
}

[[ ${LTP-} || -e $cache/ready ]] || skip "LTP=CLONE says where the Linux Test Project is"
[[ ${PORTCULLIS_BUILT-} ]] || make -s O="${O:-build}" run >&2 || exit 1
mkdir -p "$cache/programs"
prepare || skip "the Linux Test Project cannot be built: $cache/log"
tests/peer/build.sh || skip "Linux cannot be built"
(($#)) || mapfile -t all < <(cd "$tests" && printf '%s\n' */ | tr -d /)
for directory in "${@:-${all[@]}}"; do
	list "$directory"
done >"$cache/tests"
[[ -s $cache/tests ]] || skip "no test was built: $cache/log"

: >>"$cache/linux"
in_parts run_here "$cache/logs.here" <"$cache/tests" >"$cache/here"
awk 'FILENAME ~ /tests$/ { if (!($2 in known)) print; next } !/ 0$/ && FILENAME ~ /here$/ { next } { known[$1] = 1 }' \
	"$cache/linux" "$cache/here" "$cache/tests" >"$cache/asked"
in_parts run_linux "$cache/logs.linux" <"$cache/asked" >>"$cache/linux"

awk '
	FILENAME ~ /here$/   { ours[$1] = $2; next }
	FILENAME ~ /linux$/  { theirs[$1] = $2; next }
	FILENAME ~ /absent$/ { if (!/^#/) { name = $1; sub(/^[^ ]* /, ""); absent[name] = $0 } next }
	{
		directory = $1; name = $2; why = ""
		if (!(directory in tests)) order[++directories] = directory
		tests[directory]++
		if (ours[name] == "0") {
			passed[directory]++
			there[directory] += !(name in theirs) || theirs[name] == 0
		} else if (theirs[name] != "0")
			why = " # SKIP Linux does not pass it either: status " theirs[name]
		else {
			there[directory]++
			if (name in absent) why = " # SKIP " absent[name]
		}
		print (ours[name] == "0" || why != "" ? "" : "not ") "ok " ++n " - " directory "/" name why
	}
	END {
		print "1.." n "\n# | directory | tests | pass on Linux | pass here |\n# |---|---|---|---|"
		for (i = 1; i <= directories; i++) {
			d = order[i]
			row = sprintf("%d | %d | %d |", tests[d], there[d], passed[d])
			if (there[d] > passed[d]) print "# | " d " | " row
			all += tests[d]; linux += there[d]; we += passed[d]
		}
		printf "# | all | %d | %d | %d |\n", all, linux, we
	}' "$cache/here" "$cache/linux" $here/absent "$cache/tests"
