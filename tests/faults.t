#!/usr/bin/env bash
# SPDX-License-Identifier: BSD-2-Clause
#
# faults.t - a sample of tests/faults.sh.
#
# needs: run tests/guest/fork-inherits-a-killing-filter tests/guest/execve-keeps-a-killing-filter
# needs: tests/guest/generations-add-up tests/guest/tsync-binds-every-thread
# needs: tests/guest/notify-adds-descriptors tests/guest/socket-passes-descriptors
# needs: tests/guest/socket-of-nobody-is-freed tests/guest/epoll-tells-edges-from-levels
# needs: tests/guest/pipe-refusals tests/guest/kill-process-ends-every-thread
# needs: tests/guest/long-calls-give-way tests/guest/calls-survive-failing-memory

exec "${BASH_SOURCE[0]%/*}/faults.sh" fork-inherits-a-killing-filter execve-keeps-a-killing-filter \
	generations-add-up tsync-binds-every-thread \
	notify-adds-descriptors socket-passes-descriptors socket-of-nobody-is-freed epoll-tells-edges-from-levels \
	pipe-refusals kill-process-ends-every-thread long-calls-give-way calls-survive-failing-memory
