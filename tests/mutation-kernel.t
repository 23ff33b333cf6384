#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# mutation-kernel.t - a sample of the kernel's mutants: each is noticed by the program
# of tests/guest that stands beside it in mutation/kernel/sample. `make
# mutation-kernel` tries them all.
# needs: run guest

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
SAMPLE=tests/mutation/kernel/sample exec tests/mutation/kernel.sh
