/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events_check.h - what events.c and events_check.c share.
 */
#pragma once

#include "events.h"

/* events.c: keeps WHY as what is wrong with the record that was read last. False. */
bool events_trouble(struct events_log *log, const char *why);
/*
 * Is the verdict in E the one that the filters of its task T give? False: log->trouble says why
 * not.
 */
bool events_check_call(struct events_log *log, const struct event *e, const struct events_task *t);
