/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.h - for programs of several rows: with ROW=NAME in the environment only the row of that name
 * is run.
 */
#pragma once

#include "guest.h"

static inline int is_wanted(const char *name)
{
	const char *only = getenv("ROW");

	return only == NULL || strcmp(only, name) == 0;
}

struct body {
	const char *name;
	void (*run)(void);
};

/* Runs each row in a child: 0, or 1 when one does not end with 0, whose name it says. */
static inline int run_rows(const struct body *rows, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		if (is_wanted(rows[i].name) && status_of(rows[i].run) != 0) {
			dprintf(2, "%s\n", rows[i].name);
			return 1;
		}
	}
	return 0;
}
