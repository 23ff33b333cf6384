/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for events: `events=` on the command line, through a virtio console.
 */
#include "module.h"

#include "channel.h"
#include "counts.h"
#include "options.h"
#include "panic.h"
#include "power.h"
#include "records.h"

static void end_report(unsigned status)
{
	if (counts_calls())
		count_end();
	events_end(status);
}

/* If events cannot be reported, the boot ends: a report without events would be misleading. */
static void init_report(void)
{
	const bool count = options.events & EVENTS_COUNT;
	const char *why;

	if (options.events == 0)
		return;
	event_ops = &report_tasks;
	report_ops = &report_verdicts;
	why = channel_init(options.events);
	if (why == NULL && count)
		why = count_init();
	if (why != NULL)
		refuse("main: events cannot be reported: %s", why);
	power_at_end = end_report;
}

const struct module report_module = { .name = "report", .init = init_report };
