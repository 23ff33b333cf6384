/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events.c - see events.h.
 */
#include "events.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "events_check.h"
#include "events_json.h"
#include "source.h"

bool events_trouble(struct events_log *log, const char *why)
{
	log->trouble = arena_print(log->arena, "%s: record %llu: %s", log->name, (unsigned long long)log->records, why);
	return false;
}

/*
 * The record on the line that begins at log->at; NULL if the line does not end, or with
 * log->trouble.
 */
static const struct event *next_line(struct events_log *log)
{
	const char *line = (const char *)log->data + log->at;
	const char *end = memchr(line, '\n', log->size - log->at);
	const struct event *e;
	const char *why;

	if (end == NULL)
		return NULL;
	e = events_json_read(log->arena, &log->scratch, line, (size_t)(end - line), &why);
	if (e == NULL)
		(void)events_trouble(log, why);
	else
		log->at += (size_t)(end - line) + 1;
	arena_free(&log->scratch);
	return e;
}

/*
 * The next record as it stands in the file. NULL in the middle of one: there the run was stopped
 * from outside.
 */
static const struct event *next_record(struct events_log *log)
{
	const struct event *e = (const void *)(log->data + log->at);
	const size_t left = log->size - log->at;

	if (left == 0)
		return NULL;
	if (log->lines)
		return next_line(log);
	if (left < sizeof(*e) || e->size > left)
		return NULL;
	log->at += e->size;
	return e;
}

bool events_open(struct events_log *log, struct arena *arena, const char *name)
{
	const int fd = source_open(name);
	const struct event_start *start;
	const struct event *e;
	struct stat st;
	void *map = NULL;

	*log = (struct events_log){ .arena = arena, .name = name };
	if (fd < 0 || fstat(fd, &st) != 0) {
		log->trouble = arena_print(arena, "%s: %s", name, strerror(errno));
		return false;
	}
	if (S_ISDIR(st.st_mode) || S_ISFIFO(st.st_mode)) {
		log->trouble = arena_print(arena, "%s: %s", name,
					   S_ISDIR(st.st_mode) ? strerror(EISDIR)
							       : "a pipe is read as standard input only (-)");
		close(fd);
		return false;
	}
	if (st.st_size > 0)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED) {
		log->trouble = arena_print(arena, "%s: %s", name, strerror(errno));
		return false;
	}
	log->data = map;
	log->size = (size_t)st.st_size;
	log->lines = log->size > 0 && log->data[0] == '{';
	e = next_record(log);
	start = e == NULL ? NULL : event_body(e);
	if (e == NULL || e->type != EVENT_START || e->size < sizeof(*e) + sizeof(*start) ||
	    start->magic != EVENTS_MAGIC) {
		log->trouble =
			arena_print(arena, "%s: these are no events of a run (see --events of qemu.sh run)", name);
		return false;
	}
	if (start->version != EVENTS_VERSION) {
		log->trouble = arena_print(arena, "%s: events of version %u; this portcullis reads version %u", name,
					   start->version, EVENTS_VERSION);
		return false;
	}
	log->asked = start->events;
	log->at = 0;
	return true;
}

const struct event_answer *event_answers(const struct event *e)
{
	return (const void *)((const struct event_call *)event_body(e) + 1);
}

const struct event_memory *event_memories(const struct event *e)
{
	return (const void *)(event_answers(e) + ((const struct event_call *)event_body(e))->answers);
}

const struct event_frame *event_frame(const struct event *e)
{
	const struct event_call *call = event_body(e);

	if (e->type == EVENT_REFUSED && e->flags & EVENT_FRAME)
		return (const void *)((const struct event_refused *)event_body(e) + 1);
	if (e->type != EVENT_CALL || !(e->flags & EVENT_FRAME))
		return NULL;
	return (const void *)(event_memories(e) + call->memories);
}

size_t event_reason_at(const struct event *e)
{
	return sizeof(struct event_refused) + (e->flags & EVENT_FRAME ? sizeof(struct event_frame) : 0);
}

const char *event_reason(struct arena *arena, const struct event *e)
{
	const struct event_refused *refused = event_body(e);
	const size_t at = event_reason_at(e);
	const char *insn = refused->pc == EVENT_NO_PC ? "" : arena_print(arena, "instruction %u: ", refused->pc);

	return arena_print(arena, "%s%.*s", insn, (int)(e->size - sizeof(*e) - at), (const char *)refused + at);
}

struct events_filter *events_find_filter(const struct events_log *log, uint64_t id)
{
	struct events_filter *f = log->filters;

	while (f != NULL && f->node.id != id)
		f = f->next;
	return f;
}

static struct events_task **task_list(const struct events_log *log, uint32_t tid)
{
	return (struct events_task **)&log->tasks[tid % 256];
}

struct events_task *events_find_task(const struct events_log *log, uint32_t tid)
{
	struct events_task *t = *task_list(log, tid);

	while (t != NULL && (t->tid != tid || t->ended))
		t = t->next;
	return t;
}

bool events_has_others(const struct events_log *log, const struct event *e)
{
	for (size_t i = 0; i < 256; i++)
		for (const struct events_task *t = log->tasks[i]; t != NULL; t = t->next)
			if (t->pid == e->pid && t->tid != e->tid && !t->ended)
				return true;
	return false;
}

static struct events_task *add_task(struct events_log *log, uint32_t pid, uint32_t tid)
{
	struct events_task *t = arena_zalloc(log->arena, sizeof(*t));

	t->pid = pid;
	t->tid = tid;
	t->next = *task_list(log, tid);
	*task_list(log, tid) = t;
	return t;
}

static struct events_task *task_of(struct events_log *log, const struct event *e)
{
	struct events_task *t = events_find_task(log, e->tid);

	return t != NULL ? t : add_task(log, e->pid, e->tid);
}

/* ---- the model ---- */

/* The length of the body was checked before. */
static bool take_install(struct events_log *log, const struct event *e, struct events_task *t)
{
	const struct event_install *install = event_body(e);
	struct seccomp_filter *newest = t->newest == NULL ? NULL : &t->newest->node;
	const size_t bytes = install->length * sizeof(struct sock_filter);
	struct seccomp_program *program;
	struct events_filter *f;
	uint16_t written[BPF_MAXINSNS];

	if (install->length == 0 || install->length > BPF_MAXINSNS || e->size < sizeof(*e) + sizeof(*install) + bytes)
		return events_trouble(log, "a filter of an impossible length");
	if (install->below != (newest == NULL ? 0 : newest->id))
		return events_trouble(log, "a filter was put on a stack that the task does not have");
	program = arena_zalloc(log->arena, sizeof(*program) + bytes);
	memcpy(program->insns, install + 1, bytes);
	program->len = install->length;
	if (seccomp_check(program->insns, program->len, written).err != 0)
		return events_trouble(log, "a filter was installed that may not be");
	program->cost = seccomp_cost(program->insns, program->len);
	f = arena_zalloc(log->arena, sizeof(*f));
	f->node.program = program;
	f->node.id = install->id;
	f->node.log = install->flags & SECCOMP_FILTER_FLAG_LOG;
	f->node.owner = install->flags & SECCOMP_FILTER_FLAG_PRIVATE_SELF ? e->tid : 0;
	if (seccomp_filter_attach(&newest, &f->node) != 0)
		return events_trouble(log, "a filter was installed on a stack that was full");
	f->boot = install->boot;
	f->flags = install->flags;
	f->pid = e->pid;
	f->tid = e->tid;
	f->next = log->filters;
	log->filters = f;
	t->newest = f;
	if (install->flags & SECCOMP_FILTER_FLAG_TSYNC)
		for (size_t i = 0; i < 256; i++)
			for (struct events_task *other = log->tasks[i]; other != NULL; other = other->next)
				if (other->pid == e->pid && !other->ended)
					other->newest = f;
	return true;
}

static void take_fork(struct events_log *log, const struct event *e, const struct events_task *parent)
{
	const struct event_fork *fork = event_body(e);
	struct events_task *t = add_task(log, fork->pid, fork->tid);

	t->parent = parent->tid;
	t->newest = parent->newest;
}

/* The leader's id goes to the thread that execs, with the thread's stack. */
static void take_exec(struct events_log *log, const struct event *e, struct events_task *leader)
{
	const struct event_exec *exec = event_body(e);
	struct events_task *t = exec->old_tid == e->tid ? NULL : events_find_task(log, exec->old_tid);

	if (t == NULL)
		return;
	leader->newest = t->newest;
	t->ended = true;
}

/* Is the record as long as the body that take_*() reads? */
static bool long_enough(const struct event *e)
{
	static const uint32_t least[] = {
		[EVENT_START] = sizeof(struct event_start),	[EVENT_CALL] = sizeof(struct event_call),
		[EVENT_RESULT] = sizeof(struct event_result),	[EVENT_INSTALL] = sizeof(struct event_install),
		[EVENT_REFUSED] = sizeof(struct event_refused), [EVENT_FORK] = sizeof(struct event_fork),
		[EVENT_EXEC] = sizeof(struct event_exec),	[EVENT_MAP] = sizeof(struct event_map),
		[EVENT_EXIT] = sizeof(struct event_exit),	[EVENT_END] = sizeof(struct event_end),
		[EVENT_COUNT] = sizeof(struct event_count),
	};

	if (e->type == EVENT_REFUSED && e->size < sizeof(*e) + event_reason_at(e))
		return false;
	return e->type >= sizeof(least) / sizeof(least[0]) || e->size >= sizeof(*e) + least[e->type];
}

static bool take_event(struct events_log *log, const struct event *e)
{
	struct events_task *t = task_of(log, e);

	switch (e->type) {
	case EVENT_CALL:
		return events_check_call(log, e, t);
	case EVENT_INSTALL:
		return take_install(log, e, t);
	case EVENT_FORK:
		take_fork(log, e, t);
		return true;
	case EVENT_EXEC:
		take_exec(log, e, t);
		return true;
	case EVENT_EXIT:
		t->ended = true;
		return true;
	case EVENT_END:
		log->complete = true;
		log->status = ((const struct event_end *)event_body(e))->status;
		return true;
	default:
		return true;
	}
}

const struct event *events_next(struct events_log *log)
{
	const struct event *e = log->trouble != NULL ? NULL : next_record(log);

	if (e == NULL)
		return NULL;
	if (e->size < sizeof(*e) || e->size % 8 != 0 || !long_enough(e)) {
		(void)events_trouble(log, "not of a record's form");
		return NULL;
	}
	if (e->seq != log->records) {
		(void)events_trouble(log, "a record is missing before it");
		return NULL;
	}
	if (e->time < log->time) {
		(void)events_trouble(log, "its time is before that of the last one");
		return NULL;
	}
	if (!take_event(log, e))
		return NULL;
	if (event_frame(e) != NULL && event_frame(e)->stack_size > EVENT_STACK_MAX) {
		(void)events_trouble(log, "more of a stack than a record holds");
		return NULL;
	}
	log->time = e->time;
	log->records++;
	return e;
}
