/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace.h - what clone and exit do about namespaces: see pidns.h and userns.h.
 */
#pragma once

#include <stdint.h>

struct ns_kind;
struct task;

extern const struct ns_kind uts_kind, cgroup_kind;

/*
 * clone with FLAGS: puts CHILD, whose cred was copied and whom nobody can find yet, into its
 * namespaces: 0, or -EINVAL, -EPERM, -ENOSPC, -ENOMEM with nothing to undo.
 */
[[nodiscard]] int namespace_enter(struct task *child, uint64_t flags);

/* Undoes namespace_enter(), because CHILD's clone failed later. */
void namespace_cancel(struct task *child);

/* T's memory is about to be freed. Safe to call twice. */
void namespace_release(struct task *t);
