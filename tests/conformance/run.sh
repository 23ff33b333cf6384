#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# run.sh - Linux 6.1's own seccomp self-test on Portcullis: `make conformance`. The test is
# compiled as it is, static, on glibc; shim/ stands in for libcap's header. What it prints is
# TAP and passes through; behind it stand the score beside Linux's and two tests of our own
# about it. Not part of `make test`.

set -u
cd "${BASH_SOURCE[0]%/*}/../.." || exit 1

# What Linux 6.1 itself fails on riscv64: a tracer that sets the number to -1 at a plain stop before
# the call, and a result with it, gets ENOSYS instead of that result.
linux_fails=(TRACE_syscall.ptrace.syscall_errno TRACE_syscall.ptrace.syscall_faked)
total=95

tools/setup.sh linux cross || exit 2
linux=$(tools/linux-source.sh) || exit 2
tests=$linux/tools/testing/selftests
program=.cache/seccomp_bpf
log=.cache/conformance.log

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
echo "# Linux 6.1:  $((total - ${#linux_fails[@]})) of $total passed, 0 skipped (it fails ${linux_fails[*]})"

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
