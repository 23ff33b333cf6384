/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidfd.h - descriptors that stand for a process: they stay with it when its id is somebody else's.
 *
 * What stands for a process (struct pidref) is counted by its openings and by the process itself.
 * Its group is NULL once that was waited for, and nobody gets it from there.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct group;

/*
 * A descriptor of the current task for G, its number also at user address TO:
 * it, -EMFILE, -ENOMEM, -EFAULT.
 */
[[nodiscard]] long pidfd_create(struct group *g, uint64_t to);

/* Every thread of G has ended: its pidfds are readable. G is about to be freed. */
void pidfd_group_ended(struct group *g);
void pidfd_group_gone(struct group *g);
