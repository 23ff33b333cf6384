#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# mutation.t - no line of check.c, run.c, decide.c, stack.c, answers.c and way.c can be deleted
# without a unit row noticing. `make mutation` changes operators and constants, too.

cd "${BASH_SOURCE[0]%/*}" || exit 1
exec mutation/run.sh lines
