#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# calls.t - a sample of tests/fuzz/calls.sh: seeds of system calls, some with failing allocations.
#
# needs: run policy tests/fuzz-calls

SEED=1 SEEDS=${SEEDS:-6} CALLS=2000 ROUNDS=3 exec "${BASH_SOURCE[0]%/*}/fuzz/calls.sh"
