#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh [VERSION] - Linux's own seccomp self-test on Portcullis, as VERSION of Linux brings it, 6.1
# or 6.12: `make conformance` runs both. The test is compiled as it is, static, on glibc; shim/
# stands in for libcap's header. What it prints is TAP and passes through; behind it stand the score
# beside Linux's and two tests of our own about it. Not part of `make test`.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1
version=${1:-6.1}
program=.cache/seccomp_bpf-$version
log=.cache/conformance-$version.log

# Prints the folder of the self-tests of Linux 6.12, which Debian 13 has.
selftests_of_debian13() {
	local to=.cache/linux-selftests-6.12
	local archive=$to/root/usr/src/linux-source-6.12.tar.xz tests=linux-source-6.12/tools/testing/selftests
	if [[ ! -e $to/$tests/seccomp/seccomp_bpf.c ]]; then
		tools/debian13.sh "$to" linux-source-6.12 && tar -xf "$archive" -C "$to" --wildcards "$tests/seccomp/*" "$tests/*.h" &&
			rm -rf "$to/root" "$to/archives" || return 2
	fi
	echo "$to/$tests"
}

tools/setup.sh linux cross || exit 2
case $version in
6.1)
	# What Linux 6.1 itself fails on riscv64: a tracer that sets the number to -1 at a plain
	# stop before the call, and a result with it, gets ENOSYS instead of that result.
	linux='93 of 95 passed, 0 skipped (it fails TRACE_syscall.ptrace.syscall_errno TRACE_syscall.ptrace.syscall_faked)'
	total=95
	tests=$(tools/linux-source.sh)/tools/testing/selftests || exit 2
	;;
6.12)
	linux=
	total=99
	tests=$(selftests_of_debian13) || {
		echo '1..0 # SKIP the source of Linux 6.12 cannot be had'
		exit 0
	}
	;;
*)
	echo "run.sh: $version: neither 6.1 nor 6.12" >&2
	exit 2
	;;
esac

if [[ ! -x $program || -n $(find tests/conformance -newer "$program") ]]; then
	riscv64-linux-gnu-gcc -O2 -Wall -static -pthread -Itests/conformance/shim -o "$program" \
		"$tests/seccomp/seccomp_bpf.c" || exit 2
fi

./qemu.sh run --timeout "${TIMEOUT:-300}" "$program" | sed -u "s/^1\.\.$total\$/1..$((total + 2))/" | tee "$log"
status=${PIPESTATUS[0]}
passed=$(grep -cE '^ok [0-9]+ ' "$log")
skipped=$(grep -ciE '^ok [0-9]+ .*# SKIP' "$log")
score="$((passed - skipped)) of $total passed, $skipped skipped"

echo "# Portcullis: $score"
[[ -z $linux ]] || echo "# Linux $version:  $linux"

failed=0
if [[ $status == 0 && $score == "$total of $total passed, 0 skipped" ]]; then
	echo "ok $((total + 1)) - Linux's self-test passes as a whole"
else
	echo "not ok $((total + 1)) - Linux's self-test passes as a whole (status $status)"
	failed=1
fi
if grep -qF "**$score**" docs/conformance.md; then
	echo "ok $((total + 2)) - docs/conformance.md states this score"
else
	echo "not ok $((total + 2)) - docs/conformance.md states this score"
	failed=1
fi
exit $failed
