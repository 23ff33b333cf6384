/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * counts.h - counting calls, as kernel/gate/count.h says.
 */
#pragma once

#include "count.h"

/* Called at boot: from now on calls are counted. NULL, or why not (a constant string). */
const char *count_init(void);

/* Counts a call that has come to the judge, if boot/count.S has not. */
void count_judged(const struct seccomp_data *data);

/* At the end of the run: reports everything that was counted. */
void count_end(void);
