/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h - listeners: open files through which a supervisor answers other tasks' calls.
 *
 * A listener is held by its filter and by its open file; either may go first. When the file goes,
 * calls that wait get ENOSYS. When the filter goes, readers get a hang-up.
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

/* What listener_ops.ask does for these listeners. */
struct notify_answer notify_ask(struct listener *listener, const struct seccomp_data *data);
