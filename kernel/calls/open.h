/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * open.h - opens a path for a program. In sys_open.c; called by openat(2) and openat2(2).
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct open_args {
	uint32_t flags;
	uint32_t mode;
	unsigned walk; /* WALK_* that openat2 asks for */
	unsigned may;  /* MAY_* that the access mode needs */
};

/*
 * Refuses flags that contradict each other (STRICT: also those without effect), and drops those
 * without effect: 0 or -EINVAL. [build_open_flags]
 */
[[nodiscard]] int open_check_flags(struct open_args *a, bool strict);
/* Opens the path at UPATH, A checked, as openat does: the descriptor or -errno. */
[[nodiscard]] long open_at(int dirfd, uint64_t upath, struct open_args *a);
