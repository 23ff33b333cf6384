#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# linux.t - the programs of tests/guest on this machine's own Linux, which
# must give the same results.

cd "${BASH_SOURCE[0]%/*}" || exit 1
exec guest/host.sh
