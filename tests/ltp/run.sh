#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [DIRECTORY...] - tests of the Linux Test Project, built for riscv64 from a clone of it,
# on Portcullis: `make ltp LTP=CLONE FOLDERS='...'`. A DIRECTORY is one of its
# testcases/kernel/syscalls (all). Each test is a boot's row, as runtest/syscalls has it. Speaks
# TAP: a test passes with status 0, and is skipped when it says itself (32) that it cannot run; at
# the end a table, by directory, of how many did. Nothing of the project is kept here but in the
# cache folder, which git ignores. Not part of `make test`.
#
#   O=DIR      where the build is (build)      LTP=CLONE  a clone, with or without a work tree

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
cache=$PWD/.cache/ltp
source=$cache/src
tests=$source/testcases/kernel/syscalls
bin=$cache/root/testcases/bin

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}

# The parts that all tests need; they stay.
prepare() {
	[[ -e $cache/ready ]] && return
	tools/setup.sh cross ltp || return
	mkdir -p "$source" && git -C "$LTP" archive HEAD | tar -x -C "$source" || return
	(cd "$source" && make -s autotools && ./configure --host=riscv64-linux-gnu LDFLAGS=-static &&
		make -s -C lib && make -s -k -C libs) >"$cache/log" 2>&1
	[[ -e $source/lib/libltp.a ]] && : >"$cache/ready"
}

# What the tests look for beside their programs: users, groups, and what this kernel is like.
make_root() {
	mkdir -p "$cache/root"/{etc,tmp} "$bin"
	printf '%s:x:%s:%s::/:/bin/sh\n' root 0 0 daemon 1 1 bin 2 2 nobody 65534 65534 >"$cache/root/etc/passwd"
	printf '%s:x:%s:\n' root 0 daemon 1 bin 2 users 100 nogroup 65534 nobody 65534 >"$cache/root/etc/group"
	printf 'CONFIG_%s=y\n' FUTEX IPC_NS NAMESPACES NET_NS PID_NS PROC_FS SECCOMP SECCOMP_FILTER SYSCTL SYSVIPC \
		SYSVIPC_SYSCTL USER_NS UTS_NS >"$cache/root/config"
}

# list DIRECTORY: its tests' lines, "NAME PROGRAM ARG ..."; the programs are built and go into the
# root. Scripts are left out: there is no shell.
list() {
	local program name
	nice make -s -k -C "$tests/$1" >>"$cache/log" 2>&1
	find "$tests/$1" -type f -perm -1 | LC_ALL=C sort | while read -r program; do
		name=${program##*/}
		riscv64-linux-gnu-strip -o "$bin/$name" "$program" 2>>"$cache/log" || continue
		sed -nE "s/^([A-Za-z0-9_]+)[ \t]+$name( .*)?$/\1 $name\2/p" "$source/runtest/syscalls" "$source/runtest/syscalls-ipc" |
			LC_ALL=C sort -u
	done
}

[[ ${LTP-} || -e $cache/ready ]] || skip "LTP=CLONE says where the Linux Test Project is"
[[ ${PORTCULLIS_BUILT-} ]] || make -s O="${O:-build}" run >&2 || exit 1
mkdir -p "$cache"
prepare || skip "the Linux Test Project cannot be built: $cache/log"
make_root
(($#)) || mapfile -t all < <(cd "$tests" && printf '%s\n' */ | tr -d /)
for directory in "${@:-${all[@]}}"; do
	list "$directory" | sed "s/^/$directory /"
done >"$cache/tests"
[[ -s $cache/tests ]] || skip "no test was built: $cache/log"
cut -d ' ' -f 3- "$cache/tests" | sed 's|.*|--rw /testcases/bin/& => status 0|' >"$cache/each"
./qemu.sh run -m 4G --tty --timeout 120 --env KCONFIG_PATH=/config --env LTPROOT=/ --env PATH=/testcases/bin \
	--root "$cache/root" --log "$cache/logs" --each "$cache/each" >"$cache/answers" 2>&1

# The answers of --each, by name, and the table.
awk '
	NR == FNR { directory[NR] = $1; name[NR] = $2; next }
	/^(not )?ok / { number = /^not/ ? $3 : $2; status[number] = /^not/ ? 1 : 0; if (number > last) last = number }
	/^# the status is / { status[number] = $5 + 0 }
	END {
		print "1.." length(name)
		for (n = 1; n in name; n++) {
			d = directory[n]
			if (!(d in tests)) order[++directories] = d
			tests[d]++
			if (!(n in status)) status[n] = 1
			if (status[n] == 0) passed[d]++
			if (status[n] == 32) skipped[d]++
			print (status[n] == 0 || status[n] == 32 ? "" : "not ") "ok " n " - " d "/" name[n] \
				(status[n] == 32 ? " # SKIP it says that it cannot run" : "")
		}
		print "# | directory | tests | passed | skipped |\n# |---|---|---|---|"
		for (n = 1; n <= directories; n++)
			printf "# | %s | %d | %d | %d |\n", order[n], tests[order[n]], passed[order[n]], skipped[order[n]]
	}' "$cache/tests" "$cache/answers"
