/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * records.h - who writes records about what.
 */
#pragma once

#include "events.h"
#include "report.h"

extern const struct event_ops report_tasks;	/* tasks.c */
extern const struct report_ops report_verdicts; /* verdicts.c */
