#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# mutation-kernel.t - a sample of the kernel's mutants: each is noticed by the program
# of tests/guest that stands beside it in mutation/kernel/sample. `make
# mutation-kernel` tries them all.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
# shellcheck source=tests/build.sh
. tests/build.sh
export SAMPLE=tests/mutation/kernel/sample
mapfile -t programs < <(sed -n '/^#/!s/.*\t//p' "$SAMPLE" | sort -u)
build_guests "${programs[@]}" || exit 1
exec tests/mutation/kernel.sh
