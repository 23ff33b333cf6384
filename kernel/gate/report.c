/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.c - see report.h: tests whether a report is wanted, and calls kernel/linux/report for it.
 */
#include "report.h"

#include "options.h"
#include "words.h"

const struct report_ops *report_ops;

bool report_refusals(void)
{
	return options.explain || events & EVENTS_REFUSED;
}

bool report_all(void)
{
	return events & EVENTS_ALL;
}

uint64_t report_call(const struct seccomp_data *data, uint32_t ret, const struct seccomp_filter *match, uint32_t pc,
		     unsigned flags)
{
	return events == 0 ? 0 : report_ops->call(data, ret, match, pc, flags);
}

void report_result(uint64_t call, long value)
{
	if (call != 0 && events & EVENTS_RESULTS)
		report_ops->result(call, value);
}

void report_install(const struct filter *f, uint32_t flags, uint32_t boot)
{
	if (events != 0)
		report_ops->install(f, flags, boot);
}

void report_refused(int err, const char *why, uint32_t pc, uint32_t flags, uint32_t length)
{
	if (options.explain)
		words->not_installed(err, why, pc);
	if (events != 0)
		report_ops->refused(err, why, pc, flags, length);
}
