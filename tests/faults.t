#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults.t - a sample of tests/faults.sh.
#
# needs: run guest

exec "${BASH_SOURCE[0]%/*}/faults.sh" fork-inherits-a-killing-filter execve-keeps-a-killing-filter \
	generations-add-up tsync-binds-every-thread \
	notify-adds-descriptors socket-passes-descriptors socket-of-nobody-is-freed epoll-tells-edges-from-levels \
	pipe-refusals kill-process-ends-every-thread long-calls-give-way calls-survive-failing-memory
