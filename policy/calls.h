/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls.h - the calls of recorded runs, with a count: calls that are alike in all that a filter
 * sees, but for the instruction pointer, are one entry.
 */
#pragma once

#include "command.h"
#include "events.h"

struct recorded_call {
	struct seccomp_data data; /* of the first one */
	const char *text;	  /* as strace has it, with what was read behind its arguments */
	uint32_t ret;		  /* what it was answered */
	uint64_t count;
	struct recorded_call *next;
};

/*
 * The calls of the run in FILE, in the order in which each kind was first seen, into *CALLS. False
 * after a line on stderr: FILE is no such record, or one of its verdicts is wrong. A run that did
 * not end by itself gets a line, too.
 */
bool calls_read(struct invocation *in, const char *file, struct recorded_call **calls);
