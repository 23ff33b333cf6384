/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify.h - listeners: open files through which a supervisor answers the calls of others.
 *
 * A listener is held by its filter and by its open file; either may go first. Calls that wait are told ENOSYS when the file
 * goes, and readers hear a hang-up when the filter goes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"

struct listener;
struct file;

/*
 * A new listener and its open file (mode O_RDWR), which has one reference, as has *OUT. NULL: no memory. KILLABLE:
 * SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV.
 */
struct file *listener_create(bool killable, struct listener **out);

/* Is its file still open? */
bool listener_is_open(const struct listener *l);

/* The filter is gone, and with it its reference: readers hear a hang-up. */
void listener_orphan(struct listener *l);

/* What became of a call that was put to a listener. */
struct notify_answer {
	bool run;	  /* CONTINUE: the call is to be run */
	bool interrupted; /* ret is a restart code: a signal came first */
	long ret;	  /* else what a0 gets */
};

/* Asks F's listener about the current task's call, and sleeps until it has answered. Without one: ENOSYS. */
struct notify_answer notify_ask(struct filter *f, const struct seccomp_data *data);
