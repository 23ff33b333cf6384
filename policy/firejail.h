/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * firejail.h - what read_firejail.c and firejail_list.c share.
 */
#pragma once

#include "read.h"

struct firejail {
	struct stack *stack;
	const struct source *source;
	uint32_t denied; /* the answer to what is denied */
	bool debuggers;	 /* the default list lets them be */
	bool secondary;	 /* calls of other architectures are denied, too */
	bool bad;	 /* an error was told */
};

/* Of several lines, firejail makes a filter of the last one of the last kind here. */
enum firejail_kind { FIREJAIL_DEFAULT, FIREJAIL_DEFAULT_AND_DROP, FIREJAIL_DROP, FIREJAIL_KEEP, FIREJAIL_KINDS };

/* The answer that "kill" or an errno means; LOG: or "log". Tells of anything else. */
uint32_t firejail_take_answer(struct firejail *r, struct place at, bool log);

/* Does each word of the list stand for a call or a group? */
bool firejail_is_list(struct place list);

/* Makes a filter of the list, whose setting stands AT. */
void firejail_push_list(struct firejail *r, enum firejail_kind kind, struct place list, struct place at);
