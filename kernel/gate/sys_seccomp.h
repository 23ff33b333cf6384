/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_seccomp.h - what seccomp(2) and prctl(PR_SET_SECCOMP) have in common, and what
 * kernel/linux/notify adds to it.
 */
#pragma once

#include <stdbool.h>

#include <stdint.h>

/*
 * Puts the current task into mode strict: 0, or -EINVAL when it has filters.
 * [seccomp_set_mode_strict]
 */
[[nodiscard]] long seccomp_set_strict(void);

/*
 * Installs a filter for the current task; UPROG is the user address of a struct sock_fprog. Returns
 * 0, the descriptor of the new listener or, for TSYNC, the id (in the current task's pid namespace)
 * of a thread that cannot follow. Errors, in this order: -EINVAL (flags), -EFAULT (UPROG), -EINVAL
 * (length), -EACCES (no right), -EINVAL or -EFAULT (the program's address), -EINVAL (the program),
 * -EMFILE, -EINVAL (strict mode), -EBUSY (a second listener), -ENOMEM (path budget), -ESRCH (TSYNC
 * with TSYNC_ESRCH). -ENOMEM also where memory is missing. [seccomp_set_mode_filter]
 */
[[nodiscard]] long seccomp_set_filter(uint32_t flags, uint64_t uprog);

struct file;
struct listener;

/*
 * At boot: CREATE makes a listener, in *OUT, and its open file, which it returns, each with one
 * reference; NULL: no memory. KILLABLE: SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV. Unless this is
 * called, the flags that ask for a listener count as unknown.
 */
void seccomp_on_listener(struct file *(*create)(bool killable, struct listener **out));
