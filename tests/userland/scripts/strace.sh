#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A tracer: calls with arguments, children followed, signals, an injected fault.
cd "$(mktemp -d)" || exit 1
strace -e trace=openat,write -o log sh -c 'echo hello >file'
grep -o 'openat(AT_FDCWD, "file", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3' log
grep -o 'write(1, "hello\\n", 6) *= 6' log
strace -f -qq -e trace=execve -o log sh -c '(exec true); exec true' && grep -c 'execve("/usr/bin/true"' log
strace -e inject=getppid:error=EPERM -e trace=getppid -o log sh -c 'true'; echo "status $?"
strace -e trace=none -e signal=USR1 -o log sh -c 'trap : USR1; kill -USR1 $$'; grep -o 'SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER' log | head -n 1
strace -c -o log true && tail -n 1 log | grep -o total
