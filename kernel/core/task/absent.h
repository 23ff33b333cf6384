/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.h - tells of what a program asked for that Linux has and this kernel lacks, so that nobody
 * takes it for a filter's doing.
 */
#pragma once

#include <stdint.h>

/* Prints one line, and reports one event: WHAT does not exist here; the current task gets ERROR. */
void absent_tell(const char *what, const char *error);

/*
 * The same, once for each NUMBER: CALL was asked for a WHAT (an option, a family ...) with this
 * NUMBER and NAME (NULL: the kernel has no name for it), and gave ERROR.
 */
void absent_say(const char *call, const char *what, uint64_t number, const char *name, const char *error);

struct absent_name {
	uint64_t number;
	const char *name;
};

/* The name of NUMBER in TABLE, which has COUNT rows, or NULL. */
const char *absent_name(const struct absent_name *table, uint32_t count, uint64_t number);

/* absent_say(), if NUMBER has a name in the array TABLE: what has none is unknown to Linux, too. */
#define absent_say_known(call, what, number, table, error) \
	absent_say_of(call, what, number, table, sizeof(table) / sizeof((table)[0]), error)
void absent_say_of(const char *call, const char *what, uint64_t number, const struct absent_name *table, uint32_t count,
		   const char *error);
