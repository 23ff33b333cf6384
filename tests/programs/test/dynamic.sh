# SPDX-License-Identifier: BSD-2-Clause
# shellcheck shell=dash
#
# dynamic.sh - a program on glibc's loader and shared library does what the static one does.
# dynamic.out is what it must say.

cd /tmp || exit 1
bzip2-dynamic -c /test/shell.sh >dynamic.bz2 || exit 1
bzip2 -c /test/shell.sh | cmp - dynamic.bz2 && echo "as the static one"
bzip2-dynamic -d <dynamic.bz2 | cmp - /test/shell.sh && echo "and back"
/lib/ld-linux-riscv64-lp64d.so.1 --verify /bin/bzip2 || echo "a static program: $?"
/lib/ld-linux-riscv64-lp64d.so.1 --verify /bin/bzip2-dynamic && echo "a dynamic program"
