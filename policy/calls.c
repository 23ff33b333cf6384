/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls.c - see calls.h.
 */
#include "calls.h"

#include <string.h>

#include "pointee.h"

#define BUCKETS 4096U

struct table {
	struct entry {
		struct recorded_call *call;
		struct entry *next;
	} * buckets[BUCKETS];
	struct recorded_call **last;
};

static uint32_t hash_call(const struct event_call *call)
{
	uint64_t h = (uint64_t)call->data.nr ^ (uint64_t)call->ret << 32;

	for (unsigned int i = 0; i < 6; i++)
		h = (h ^ call->data.args[i]) * UINT64_C(0x9e3779b97f4a7c15);
	return (uint32_t)(h >> 40) % BUCKETS;
}

static void count_call(struct table *t, struct arena *arena, const struct event *e)
{
	const struct event_call *call = event_body(e);
	struct entry **bucket = &t->buckets[hash_call(call)];
	struct entry *entry = *bucket;

	while (entry != NULL && (entry->call->data.nr != call->data.nr || entry->call->ret != call->ret ||
				 memcmp(entry->call->data.args, call->data.args, sizeof(call->data.args)) != 0))
		entry = entry->next;
	if (entry == NULL) {
		entry = arena_zalloc(arena, sizeof(*entry));
		entry->call = arena_zalloc(arena, sizeof(*entry->call));
		entry->call->data = call->data;
		entry->call->ret = call->ret;
		entry->call->text = pointee_call(arena, e);
		entry->next = *bucket;
		*bucket = entry;
		*t->last = entry->call;
		t->last = &entry->call->next;
	}
	entry->call->count++;
}

bool calls_read(struct invocation *in, const char *file, struct recorded_call **calls)
{
	struct table *t = arena_zalloc(&in->arena, sizeof(*t));
	struct events_log log;

	*calls = NULL;
	t->last = calls;
	if (events_open(&log, &in->arena, file))
		for (const struct event *e; (e = events_next(&log)) != NULL;)
			if (e->type == EVENT_CALL)
				count_call(t, &in->arena, e);
	if (log.trouble != NULL)
		complain("portcullis: %s\n", log.trouble);
	else if (!log.complete)
		complain("portcullis: %s: the run did not end by itself; its last calls are not there\n", file);
	return log.trouble == NULL;
}
