/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events_json.h - one record of a run as a line of JSON, and back: docs/events.md has the schema.
 * Written and read again, a record is the same byte for byte.
 */
#pragma once

#include <stdio.h>

#include <portcullis/events.h>

#include "arena.h"

/* The event of that name; 0: none. */
enum event_type events_json_type(const char *name);

/* Writes E, whose lengths events_next() has checked, and a newline. */
void events_json_write(FILE *to, const struct event *e);

/*
 * The record that N bytes of LINE tell of, in KEEP's memory; SCRATCH is for what is needed
 * meanwhile. A key that is not known is passed over, and so is an event, which becomes a record of
 * no known type. NULL: *WHY says what is wrong with it, in SCRATCH's memory.
 */
const struct event *events_json_read(struct arena *keep, struct arena *scratch, const char *line, size_t n,
				     const char **why);
