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
 * A new listener and its open file (mode O_RDWR), which has one reference, as has *OUT. NULL: no
 * memory. KILLABLE: SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV.
 */
[[nodiscard]] struct file *listener_create(bool killable, struct listener **out);

/* As listener_ops.ask. */
struct notify_answer notify_ask(struct listener *listener, const struct seccomp_data *data);
