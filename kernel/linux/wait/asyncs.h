/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asyncs.h - signals that tell of files: see kernel/core/files/async.h.
 */
#pragma once

#include "async.h"

extern const struct async_ops async_signals;

/* fcntl's commands about them, as a struct file_controls has it. */
bool async_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
