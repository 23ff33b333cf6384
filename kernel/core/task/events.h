/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.h - the kernel's reports to the host: <portcullis/events.h> has the records.
 *
 * While reports are off, each place that reports tests one word. A record is begun with its full
 * length, filled piece by piece and ended; nothing between may sleep or report. A program can
 * neither write to the channel nor lose a record of it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <portcullis/events.h>

struct task;

extern uint32_t events; /* EVENTS_* of the kernel command line; 0: off */

/*
 * At boot: from now on WHAT is reported. Returns NULL, or why that cannot be done (a constant
 * string).
 */
const char *events_init(uint32_t what);

/*
 * Begins a record about the current task, with BODY bytes behind its head. Returns its number.
 * Called only when events != 0, as are all functions below.
 */
uint64_t event_begin(enum event_type type, unsigned flags, size_t body);
void event_put(const void *data, size_t n);
void event_end(void);

/* A record whose body is in one piece. */
void event_whole(enum event_type type, const void *body, size_t n);
void event_text(enum event_type type, const char *text);
void event_exit(uint32_t status, bool last);
void event_fork(const struct task *child, uint64_t flags);

/*
 * Sends what was written so far to the host. That is also done when the buffer is full, and a tenth
 * of a second after a record.
 */
void events_flush(void);

/* Writes the last record: the machine ends with STATUS. */
void events_end(unsigned status);
