#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults-every.t - a sample of tests/faults-every.sh.
#
# needs: run tests/guest/execve-keeps-a-killing-filter tests/guest/tsync-binds-every-thread
# needs: tests/guest/notify-adds-descriptors tests/guest/socket-passes-descriptors

MOST=40 exec "${BASH_SOURCE[0]%/*}/faults-every.sh" execve-keeps-a-killing-filter tsync-binds-every-thread \
	notify-adds-descriptors socket-passes-descriptors
