#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# host.sh [NAME...] - runs the programs of this folder, built for this machine, on its own Linux, as
# TAP: the kernel that the claims are about is their judge. Claims that are not Linux's are skipped.
#
#   O=DIR     where the build is (build); built as they are run unless PORTCULLIS_BUILT is set

cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
folder=tests/guest
export O=${O:-build}
# shellcheck source=tests/guest/expect.sh
. "$folder/expect.sh"
# shellcheck source=tests/build.sh
. tests/build.sh

if [[ $(uname -s) != Linux || $(uname -m) != x86_64 ]]; then
	echo "1..0 # SKIP the programs know Linux on x86-64 and riscv64 only"
	exit 0
fi
if ((EUID != 0)); then
	echo "1..0 # SKIP the programs give up root's privileges: run as root"
	exit 0
fi
if ! grep -qw user_notif /proc/sys/kernel/seccomp/actions_avail 2>/dev/null; then
	echo "1..0 # SKIP this kernel has no seccomp filters"
	exit 0
fi

# What this machine lets be done, and where the programs that want it say so.
absent=''
unshare --user true 2>/dev/null || absent+=' users'
unshare --mount --propagation private true 2>/dev/null || absent+=' mounts'
[[ $(</proc/sys/kernel/core_pattern) == core ]] || absent+=' cores'
[[ -e /sys/devices ]] || absent+=' sys'

# lacks WHAT WORD: is that absent, and the program's text, in `text`, has WORD?
lacks() { [[ $absent == *" $1"* && $text == *"$2"* ]]; }

# judge NAME
judge() {
	local status wanted left text
	read -r -d '' text <"$folder/$1.c"
	is_linuxs "$1" || {
		echo "the claim is Portcullis's own"
		return 77
	}
	is_alone "$1" && {
		echo "it changes a setting of the whole system"
		return 77
	}
	lacks users CLONE_NEWUSER && {
		echo "user namespaces are refused here, as in every chroot"
		return 77
	}
	lacks cores WCOREDUMP && {
		echo "core files go elsewhere here: /proc/sys/kernel/core_pattern"
		return 77
	}
	lacks mounts MS_PRIVATE && {
		echo "/ is no mount here, as in every chroot"
		return 77
	}
	lacks sys '"/sys/' && {
		echo "there is no /sys here"
		return 77
	}
	(
		ulimit -S -c 0
		exec timeout $PATIENCE "$O/tests/host/$1" </dev/null
	)
	status=$?
	# What a program leaves behind: under Portcullis it would end with it.
	for left in /proc/[0-9]*; do
		[[ ! $left/exe -ef $O/tests/host/$1 ]] || kill -KILL "${left#/proc/}" 2>/dev/null
	done
	wanted=$(wanted_status "$1")
	((status == wanted)) || {
		echo "status $status, wanted $wanted"
		return 1
	}
}

(($#)) || mapfile -t all < <(all_names)
names=("${@:-${all[@]}}")
echo "1..${#names[@]}"
judge_some() { run_some judge "$@"; }
in_batches tests/host judge_some "${names[@]}"
