/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidfd.h - pidfds: descriptors that stand for a process, and still do when its id is given to
 * another one.
 *
 * A struct pidref stands for a process. It is counted by its open files and by the process itself.
 * Its group is NULL once the process was waited for, and nobody finds the process through it then.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;

/*
 * Makes a pidfd for G in the current task, and stores its number at user address TO: the
 * descriptor, -EMFILE, -ENOMEM or -EFAULT.
 */
[[nodiscard]] long pidfd_create(struct group *g, uint64_t to);

/*
 * Called when every thread of G has ended: its pidfds are readable now. Called when G is about to
 * be freed.
 */
void pidfd_group_ended(struct group *g);
void pidfd_group_gone(struct group *g);
