/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h - listeners: open files through which a supervisor answers other tasks' calls.
 *
 * A listener is held by its filter and by its open file, and either may be closed or freed first.
 * When the file is closed, calls that wait get ENOSYS. When the filter is freed, poll(2) on the
 * file reports POLLHUP, and RECV gives ENOENT.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"

/*
 * Makes a listener, with one reference in *OUT for the filter, and returns its open file (O_RDWR),
 * which has one reference. NULL: no memory. KILLABLE: SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV.
 * [init_listener]
 */
[[nodiscard]] struct file *listener_create(bool killable, struct listener **out);

/*
 * The listener_ops.ask of these listeners: queues the current task's call, DATA, for LISTENER, and
 * sleeps until the supervisor has answered or a signal comes. Returns the answer; -ENOSYS if the
 * listener's file is closed; or `interrupted`, with -ERESTARTSYS. [seccomp_do_user_notification]
 */
struct notify_answer notify_ask(struct listener *listener, const struct seccomp_data *data);
