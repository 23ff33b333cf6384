/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * records.h - the functions that write records, for this folder's module.c.
 */
#pragma once

#include "events.h"
#include "report.h"

extern const struct event_ops report_tasks;	/* tasks.c */
extern const struct report_ops report_verdicts; /* verdicts.c */
