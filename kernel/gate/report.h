/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.h - what is told of verdicts and of filters as they are installed: records for
 * the host (core/task/events.h).
 *
 * Called by the judge before it acts, and by sys_seccomp.c. The console's lines are audit.h's.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"
#include "seccomp.h"

/*
 * Is every verdict other than ALLOW told to somebody? Then no gate refuses a
 * call by itself: the judge sees it.
 */
bool report_refusals(void);

/* Is every call to be told of? Then every entry of every gate is the judge. */
bool report_all(void);

/*
 * The current task's call in DATA was judged: RET, by filter MATCH (NULL: none) at instruction PC;
 * FLAGS: EVENT_CALL_*. Returns the record's number plus 1, or 0 where nothing was to be told. Reads
 * user memory, and may bring pages in for it.
 */
uint64_t report_call(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match, uint32_t pc,
		     unsigned flags);

/* The call that report_call() numbered CALL (0: none) returned VALUE. */
void report_result(uint64_t call, long value);

/*
 * F is the current task's newest filter now. FLAGS: of seccomp(2). BOOT: its place on the
 * command line, from 1; 0: a program's.
 */
void report_install(const struct filter *f, uint32_t flags, uint32_t boot);

/*
 * seccomp(2) or prctl(2) refuses a filter of LENGTH instructions (0: unknown) with ERR (an errno,
 * positive): WHY, at instruction PC.
 */
void report_refused(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length);
