#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# guest.t - the programs of tests/guest on Portcullis: all of them, or those that GUESTS names.
#
# needs: run

cd "${BASH_SOURCE[0]%/*}" || exit 1
# shellcheck disable=SC2086
exec guest/run.sh ${GUESTS-}
