/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events_json_read.c - a line of JSON to a record; see events_json.h.
 */
#include <string.h>

#include <abi/audit.h>

#include "call_names.h"
#include "draft.h"
#include "events_json.h"
#include "logline.h"

static uint32_t read_answer(struct draft *d, const struct json *object)
{
	uint32_t ret = 0;

	if (!log_answer_parse(draft_string(d, object, "answer"), &ret))
		draft_spoil(d, "answer");
	return ret;
}

static void add_memory(struct draft *d, const struct json *o)
{
	const bool sized = json_get(o, "size") != NULL;
	struct event_memory m = {
		.arg = (uint8_t)draft_number(d, o, "arg"),
		.kind = sized ? EVENT_MEMORY_BYTES : EVENT_MEMORY_STRING,
		.size = (uint32_t)draft_number_or_0(d, o, "size"),
	};

	if (draft_true(o, "cut"))
		m.flags |= EVENT_MEMORY_CUT;
	if (draft_true(o, "fault")) {
		m.flags |= EVENT_MEMORY_FAULT;
	} else if (sized) {
		m.length = (uint8_t)draft_unhex(d, "bytes", draft_string(d, o, "bytes"), m.bytes, sizeof(m.bytes));
	} else {
		const char *text = draft_string(d, o, "string");
		const size_t n = strlen(text);

		if (n > sizeof(m.bytes))
			draft_spoil(d, "string");
		else
			memcpy(m.bytes, text, n);
		m.length = (uint8_t)n;
	}
	draft_add(d, &m, sizeof(m));
}

static void add_frame(struct draft *d, const struct json *o)
{
	struct event_frame *frame = arena_zalloc(d->arena, sizeof(*frame));
	size_t n;
	const struct json *x = draft_list(d, o, "registers", &n);

	if (n != sizeof(frame->x) / sizeof(frame->x[0]))
		draft_spoil(d, "registers");
	else
		for (size_t i = 0; x != NULL; x = x->next)
			frame->x[i++] = draft_value(d, "registers", x);
	frame->stack_size =
		(uint32_t)draft_unhex(d, "memory", draft_string(d, o, "memory"), frame->stack, sizeof(frame->stack));
	draft_add(d, frame, sizeof(*frame));
}

/* The name need not be there; if it is, it is the number's. */
static void check_name(struct draft *d, const struct json *o, int nr)
{
	const char *name = seccomp_syscall_name(nr, NULL);

	if (json_get(o, "call") != NULL && (name == NULL || strcmp(draft_string(d, o, "call"), name) != 0))
		draft_spoil(d, "call");
}

static struct seccomp_data data_of(struct draft *d, const struct json *o)
{
	size_t n;
	const struct json *arg = draft_list(d, o, "args", &n);
	const uint64_t nr = draft_number(d, o, "nr");
	struct seccomp_data data = { .nr = (int)nr,
				     .arch = AUDIT_ARCH_RISCV64,
				     .instruction_pointer = draft_number(d, o, "ip") };

	if ((uint64_t)data.nr != nr)
		draft_spoil(d, "nr");
	check_name(d, o, data.nr);
	if (n != 6)
		draft_spoil(d, "args");
	else
		for (size_t i = 0; i < 6; i++, arg = arg->next)
			data.args[i] = draft_value(d, "args", arg);
	return data;
}

/* The event's flags but EVENT_FRAME. */
static uint16_t flags_of(const struct json *o)
{
	return (uint16_t)(draft_true(o, "constant") * EVENT_CALL_CONSTANT |
			  draft_true(o, "strict") * EVENT_CALL_STRICT |
			  draft_true(o, "unfiltered") * EVENT_CALL_UNFILTERED |
			  draft_true(o, "suspended") * EVENT_CALL_SUSPENDED |
			  draft_true(o, "again") * EVENT_CALL_AGAIN);
}

static void add_count(struct draft *d, const struct json *o)
{
	const struct event_count count = { .data = data_of(d, o),
					   .stack = draft_number(d, o, "filter"),
					   .calls = draft_number(d, o, "calls") };

	draft_add(d, &count, sizeof(count));
}

static uint16_t add_call(struct draft *d, const struct json *o)
{
	size_t answers, memories;
	const struct json *a = draft_list(d, o, "stack", &answers);
	const struct json *m = draft_list(d, o, "memory", &memories);
	const struct json *frame = json_get(o, "frame");
	struct event_call call = {
		.data = data_of(d, o),
		.ret = read_answer(d, o),
		.pc = (uint32_t)draft_number_or_0(d, o, "pc"),
		.id = draft_number_or_0(d, o, "filter"),
		.answers = (uint32_t)answers,
		.memories = (uint32_t)memories,
	};

	draft_add(d, &call, sizeof(call));
	for (; a != NULL; a = a->next) {
		const bool unbound = draft_true(a, "unbound");
		const struct event_answer one = {
			.id = draft_number(d, a, "filter"),
			.ret = unbound ? 0 : read_answer(d, a),
			.pc = unbound ? EVENT_PC_UNBOUND : draft_u32(d, a, "pc"),
		};

		draft_add(d, &one, sizeof(one));
	}
	for (; m != NULL; m = m->next)
		add_memory(d, m);
	if (frame != NULL)
		add_frame(d, frame);
	return (uint16_t)(flags_of(o) | (frame != NULL) * EVENT_FRAME);
}

static void add_install(struct draft *d, const struct json *o)
{
	size_t length;
	const struct json *insn = draft_list(d, o, "program", &length);
	const struct event_install install = {
		.id = draft_number(d, o, "filter"),
		.below = draft_number(d, o, "below"),
		.length = (uint32_t)length,
		.flags = draft_u32(d, o, "flags"),
		.boot = (uint32_t)draft_number_or_0(d, o, "option"),
	};

	draft_add(d, &install, sizeof(install));
	for (; insn != NULL; insn = insn->next) {
		uint64_t part[4] = { 0 };
		const struct json *v = insn->first;

		if (insn->kind != JSON_ARRAY || insn->n != 4)
			draft_spoil(d, "program");
		else
			for (size_t i = 0; i < 4; i++, v = v->next)
				part[i] = draft_value(d, "program", v);
		draft_add(d,
			  &(struct sock_filter){ (uint16_t)part[0], (uint8_t)part[1], (uint8_t)part[2],
						 (uint32_t)part[3] },
			  sizeof(struct sock_filter));
	}
}

static void add_start(struct draft *d, const struct json *o)
{
	const struct event_start start = {
		.magic = EVENTS_MAGIC,
		.version = draft_u32(d, o, "version"),
		.events =
			EVENTS_REFUSED | draft_true(o, "all") * EVENTS_ALL | draft_true(o, "results") * EVENTS_RESULTS,
	};

	draft_add(d, &start, sizeof(start));
}

static void add_fork(struct draft *d, const struct json *o)
{
	const struct event_fork fork = { .pid = draft_u32(d, o, "child_pid"),
					 .tid = draft_u32(d, o, "child_tid"),
					 .flags = draft_number(d, o, "flags") };

	draft_add(d, &fork, sizeof(fork));
}

static void add_exec(struct draft *d, const struct json *o, uint32_t tid)
{
	const uint32_t old = (uint32_t)draft_number_or_0(d, o, "old_tid");
	const struct event_exec exec = { .old_tid = old != 0 ? old : tid };

	draft_add(d, &exec, sizeof(exec));
	draft_add_string(d, o, "path");
}

static void add_map(struct draft *d, const struct json *o)
{
	const struct event_map map = { .start = draft_number(d, o, "start"),
				       .size = draft_number(d, o, "size"),
				       .offset = draft_number(d, o, "offset") };

	draft_add(d, &map, sizeof(map));
	draft_add_string(d, o, "path");
}

static uint16_t add_refused(struct draft *d, const struct json *o)
{
	const struct json *frame = json_get(o, "frame");
	const struct event_refused refused = { .error = (int32_t)draft_number(d, o, "errno"),
					       .pc = json_get(o, "pc") != NULL ? draft_u32(d, o, "pc") : EVENT_NO_PC,
					       .flags = draft_u32(d, o, "flags"),
					       .length = draft_u32(d, o, "length") };

	draft_add(d, &refused, sizeof(refused));
	if (frame != NULL)
		add_frame(d, frame);
	draft_add_string(d, o, "why");
	return frame != NULL ? EVENT_FRAME : 0;
}

/* What stands behind the head. Returns the head's flags. */
static uint16_t add_body(struct draft *d, const struct json *o, enum event_type type, uint32_t tid)
{
	switch (type) {
	case EVENT_START:
		add_start(d, o);
		break;
	case EVENT_CALL:
		return add_call(d, o);
	case EVENT_RESULT:
		draft_add(d, &(struct event_result){ draft_number(d, o, "of"), (int64_t)draft_number(d, o, "value") },
			  sizeof(struct event_result));
		break;
	case EVENT_INSTALL:
		add_install(d, o);
		break;
	case EVENT_REFUSED:
		return add_refused(d, o);
	case EVENT_FORK:
		add_fork(d, o);
		break;
	case EVENT_EXEC:
		add_exec(d, o, tid);
		break;
	case EVENT_NAME:
		break;
	case EVENT_COUNT:
		add_count(d, o);
		return flags_of(o);
	case EVENT_MAP:
		add_map(d, o);
		break;
	case EVENT_EXIT:
		draft_add(d, &(struct event_exit){ draft_u32(d, o, "status"), draft_true(o, "process") },
			  sizeof(struct event_exit));
		break;
	case EVENT_ABSENT:
		draft_add_string(d, o, "what");
		break;
	case EVENT_END:
		draft_add(d, &(struct event_end){ .status = draft_u32(d, o, "status") }, sizeof(struct event_end));
		break;
	}
	return 0;
}

static const struct event *make_record(struct draft *d, const struct json *o)
{
	struct event e = { .type = (uint16_t)events_json_type(draft_string(d, o, "event")),
			   .seq = draft_number(d, o, "seq"),
			   .time = draft_number(d, o, "time"),
			   .pid = draft_u32(d, o, "pid"),
			   .tid = draft_u32(d, o, "tid") };
	const char *comm = draft_string(d, o, "comm");
	static const uint8_t zeros[8];

	if (strlen(comm) >= sizeof(e.comm))
		draft_spoil(d, "comm");
	else
		memcpy(e.comm, comm, strlen(comm));
	draft_add(d, &e, sizeof(e));
	if (e.type != 0)
		e.flags = add_body(d, o, (enum event_type)e.type, e.tid);
	draft_add(d, zeros, (8 - d->n % 8) % 8);
	e.size = (uint32_t)d->n;
	memcpy(d->bytes, &e, sizeof(e));
	return (const void *)d->bytes;
}

const struct event *events_json_read(struct arena *keep, struct arena *scratch, const char *line, size_t n,
				     const char **why)
{
	struct notes notes = { .arena = scratch };
	const struct json *o =
		json_parse(scratch, &notes, source_text(scratch, "line", arena_copy(scratch, line, n), n));
	struct draft d = { .arena = scratch };
	const struct event *e;

	if (o == NULL) {
		*why = notes.first->text;
		return NULL;
	}
	e = make_record(&d, o);
	if (d.bad == NULL)
		return (const void *)arena_copy(keep, (const char *)e, e->size);
	*why = arena_print(scratch, "\"%s\" is missing, or not what it should be", d.bad);
	return NULL;
}
