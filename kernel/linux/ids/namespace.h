/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace.h - what clone and exit ask of namespaces: see pidns.h and userns.h.
 */
#pragma once

#include <stdint.h>

struct task;

/*
 * clone with FLAGS: CHILD, with its cred copied and before anybody can find it, gets its
 * namespaces: 0, or -EINVAL, -EPERM, -ENOSPC, -ENOMEM with nothing to give back.
 */
[[nodiscard]] int namespace_enter(struct task *child, uint64_t flags);

/* CHILD's clone failed after that. */
void namespace_cancel(struct task *child);

/* T's memory is about to be freed. Safe to call twice. */
void namespace_release(struct task *t);
