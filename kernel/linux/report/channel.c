/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * channel.c - gathers records in one buffer: see channel.h. The buffer is sent through a virtio
 * console when it is full, some time after a record has begun (FLUSH_AFTER), and at the end.
 */
#include "channel.h"

#include <string.h>

#include "page.h"
#include "task.h"
#include "virtio.h"

#define BUFFER_ORDER 3
#define BUFFER_SIZE (PAGE_SIZE << BUFFER_ORDER)
#define FLUSH_AFTER 100000000UL /* ns */

static uint8_t *buffer;
static size_t used;
static uint64_t next_seq;
static size_t open; /* how many bytes of the record that was begun are still to be written */

static void flush_late(struct timer *t);
static struct timer flush_timer = { .fire = flush_late };

const char *channel_init(uint32_t what)
{
	const struct event_start start = { .magic = EVENTS_MAGIC, .version = EVENTS_VERSION, .events = what };

	if (!virtio_console_init())
		return "there is no virtio console (version 2) to report to";
	buffer = page_alloc(BUFFER_ORDER);
	if (buffer == NULL)
		return "no memory";
	events = what;
	event_whole(EVENT_START, &start, sizeof(start));
	return NULL;
}

/* Sends what was written so far to the host. */
static void flush_records(void)
{
	if (used == 0)
		return;
	virtio_console_write(buffer, used);
	used = 0;
}

static void flush_late(struct timer *t)
{
	(void)t;
	flush_records();
}

void event_put(const void *data, size_t n)
{
	const uint8_t *from = data;

	open -= n;
	while (n > 0) {
		const size_t room = BUFFER_SIZE - used;
		const size_t part = n < room ? n : room;

		memcpy(buffer + used, from, part);
		used += part;
		from += part;
		n -= part;
		if (used == BUFFER_SIZE)
			flush_records();
	}
}

uint64_t event_begin(enum event_type type, unsigned flags, size_t body)
{
	const struct task *t = current;
	struct event e = {
		.size = (uint32_t)((sizeof(e) + body + 7) & ~7UL),
		.type = (uint16_t)type,
		.flags = (uint16_t)flags,
		.seq = next_seq++,
		.time = time_now(),
	};

	if (t != NULL && t->group != NULL) {
		e.pid = t->group->id;
		e.tid = t->tid;
		memcpy(e.comm, t->comm, sizeof(e.comm));
	}
	if (!timer_pending(&flush_timer))
		timer_start(&flush_timer, e.time + FLUSH_AFTER);
	open = e.size;
	event_put(&e, sizeof(e));
	return e.seq;
}

void event_end(void)
{
	static const uint8_t zeros[8];

	event_put(zeros, open);
}

void event_whole(enum event_type type, const void *body, size_t n)
{
	event_begin(type, 0, n);
	event_put(body, n);
	event_end();
}

void events_end(unsigned status)
{
	const struct event_end end = { .status = status };

	event_whole(EVENT_END, &end, sizeof(end));
	timer_stop(&flush_timer);
	flush_records();
	events = 0;
}
