/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone.h - makes a thread or process. In sys_clone.c; called by clone(2) and clone3(2).
 */
#pragma once

struct clone_args;

/*
 * Makes a new thread or process, as A says. Unlike clone3's, a->stack is the new stack pointer (0:
 * the parent's), not the lowest address. Returns the new id as the current task sees it; or
 * -EINVAL, -EPERM, -EAGAIN (too many threads), -ENOSPC (namespaces), -EMFILE or -EFAULT (the
 * pidfd), -ENOMEM, -EINTR (killed meanwhile). [kernel_clone]
 */
[[nodiscard]] long clone_task(const struct clone_args *a);
