#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# family.t - a sample of tests/family/run.sh.
#
# needs: run tests/family tests/family-host

exec "${BASH_SOURCE[0]%/*}/family/run.sh" 40
