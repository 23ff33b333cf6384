/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memfd.h - files in memory without a name, and the seals that they can be given.
 */
#pragma once

#include <stdint.h>

struct file;

/*
 * fcntl's F_ADD_SEALS and F_GET_SEALS: -EINVAL when F is no memfd, -EPERM when
 * it may not be sealed any more.
 */
[[nodiscard]] long memfd_add_seals(struct file *f, uint64_t seals);
[[nodiscard]] long memfd_get_seals(const struct file *f);
