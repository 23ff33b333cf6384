/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * channel.h - the way of records to the host: <portcullis/events.h> has their form.
 *
 * A record is begun with its full length, filled piece by piece and ended; nothing between may
 * sleep or report. A program can neither write to the channel nor lose a record of it.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "events.h"

/*
 * At boot: from now on WHAT is reported. Returns NULL, or why that cannot be done (a constant
 * string).
 */
const char *channel_init(uint32_t what);

/* Begins a record about the current task, with BODY bytes behind its head. Returns its number. */
uint64_t event_begin(enum event_type type, unsigned flags, size_t body);
void event_put(const void *data, size_t n);
void event_end(void);

/* A record whose body is in one piece. */
void event_whole(enum event_type type, const void *body, size_t n);

/* Writes the last record: the machine ends with STATUS. */
void events_end(unsigned status);
