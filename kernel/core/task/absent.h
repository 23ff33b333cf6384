/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent.h - says what a program asked for that Linux has and this kernel has not, so that nobody
 * takes it for a filter's doing.
 */
#pragma once

#include <stdint.h>

/*
 * One line of CALL's WHAT number NUMBER, called NAME (NULL: it has no name here), which
 * gets ERROR; for each number once.
 */
void absent_say(const char *call, const char *what, uint64_t number, const char *name, const char *error);

struct absent_name {
	uint64_t number;
	const char *name;
};

/* The name of NUMBER in TABLE of COUNT, or NULL. */
const char *absent_name(const struct absent_name *table, uint32_t count, uint64_t number);
