/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.h - what is reported to the host of verdicts, and of filters as they are installed, when
 * somebody asked for it (core/task/events.h). kernel/linux/report writes the records.
 *
 * Called by the judge before it acts, and by sys_seccomp.c. The console's lines are audit.h's.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "events.h"
#include "filter.h"
#include "seccomp.h"

/* As the functions below, and only when events != 0. */
struct report_ops {
	uint64_t (*call)(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match, uint32_t pc,
			 unsigned flags);
	void (*result)(uint64_t call, long value);
	void (*install)(const struct filter *f, uint32_t flags, uint32_t boot);
	void (*refused)(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length);
	/* What was counted: see count.h. */
	void (*count)(const struct event_count *row, unsigned flags);
};

extern const struct report_ops *report_ops;

/*
 * Is every verdict but ALLOW to be reported? Then no gate refuses a call by itself: all go to the
 * judge.
 */
bool report_refusals(void);

/* Is every call to be reported? Then every entry of every gate is the judge. */
bool report_all(void);

/*
 * Reports that the current task's call in DATA was judged: the answer RET, by filter MATCH (NULL:
 * none) at instruction PC. FLAGS: EVENT_CALL_*. Returns the record's number plus 1, or 0 when
 * nothing was to be reported. Reads user memory, and may bring in pages for that.
 */
uint64_t report_call(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match, uint32_t pc,
		     unsigned flags);

/* Reports that the call returned VALUE; CALL is what report_call() said of it (0: nothing). */
void report_result(uint64_t call, long value);

/*
 * Reports that F is now the current task's newest filter. FLAGS: those of seccomp(2). BOOT: its
 * place on the command line, from 1, or 0 for a filter that a program installed.
 */
void report_install(const struct filter *f, uint32_t flags, uint32_t boot);

/*
 * Reports that seccomp(2) or prctl(2) refused a filter. LENGTH: its instructions, or 0 when
 * unknown; ERR: the errno, positive; WHY: the reason, at instruction PC.
 */
void report_refused(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length);
