#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# oracle.t - 20,000 generated programs and some stacks, judged by this
# machine's Linux and by a model.
#
# needs: hostlib/verdict.a

cd "${BASH_SOURCE[0]%/*}/.." || exit 1
N=20000 STACKS=${STACKS:-2000} SEED=1 exec tests/oracle/run.sh
