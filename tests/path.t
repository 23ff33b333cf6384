#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
# needs: run
#
# path.t - the way of a system call through boot/trap.S is proved on the image that was built, by
# z3. `make prove-path` asks a second solver, and breaks the image.

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/tap.sh
. tests/tap.sh

tools/setup.sh test || exit 2
/usr/bin/python3 tests/prove-path/path.py "${O:-build}"
ok "from ecall to the entry of a7, and back to the program: proved for all registers"
tap_end
