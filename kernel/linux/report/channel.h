/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * channel.h - sends records to the host: <portcullis/events.h> has their form.
 *
 * A record is begun with its full length, filled piece by piece, and ended. Nothing in between may
 * sleep or write another record. A program can neither write to the channel nor make it lose a
 * record.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "events.h"

/*
 * Called at boot: from now on WHAT, EVENTS_*, is reported. Returns NULL, or why that cannot be done
 * (a constant string).
 */
const char *channel_init(uint32_t what);

/*
 * Begins a record of TYPE with FLAGS about the current task, with BODY bytes behind its head.
 * Returns its sequence number. event_put() appends N bytes of the body; event_end() pads the record
 * to a multiple of 8 bytes.
 */
uint64_t event_begin(enum event_type type, unsigned flags, size_t body);
void event_put(const void *data, size_t n);
void event_end(void);

/* Writes a record about the current task whose body is the N bytes at BODY. */
void event_whole(enum event_type type, const void *body, size_t n);

/* Writes the last record, the machine ends with STATUS; sends all of them; turns reports off. */
void events_end(unsigned status);
