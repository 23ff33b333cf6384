/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.h - reports of verdicts and of installed filters to the host, if the command line asks for
 * them (core/task/events.h). kernel/linux/report writes the records.
 *
 * Called by the judge before it acts, and by sys_seccomp.c. The console's lines are audit.h's.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "events.h"
#include "filter.h"
#include "seccomp.h"

/* kernel/linux/report's: as the functions below, and called only when events != 0. */
struct report_ops {
	uint64_t (*call)(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match, uint32_t pc,
			 unsigned flags);
	void (*result)(uint64_t call, long value);
	void (*install)(const struct filter *f, uint32_t flags, uint32_t boot);
	void (*refused)(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length);
	/* Reports what a row has counted: see count.h. */
	void (*count)(const struct event_count *row, unsigned flags);
};

extern const struct report_ops *report_ops;

/*
 * Is every verdict but ALLOW to be reported? Then gates refuse no call by themselves: refusals are
 * the judge's.
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

/*
 * Reports that the call returned VALUE. CALL: what report_call() returned for it (0: does nothing).
 */
void report_result(uint64_t call, long value);

/*
 * Reports that F is now the current task's newest filter. FLAGS: those of seccomp(2). BOOT: its
 * place on the command line, from 1, or 0 for a filter that a program installed.
 */
void report_install(const struct filter *f, uint32_t flags, uint32_t boot);

/*
 * Reports that seccomp(2) or prctl(2) refused a filter. LENGTH: its instructions, or 0 when
 * unknown; ERR: the errno, positive; WHY: the reason, at instruction PC, or EVENT_NO_PC.
 */
void report_refused(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length);
