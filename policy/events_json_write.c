/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * events_json_write.c - a record to a line of JSON; see events_json.h.
 */
#include <inttypes.h>
#include <string.h>

#include "disasm.h"
#include "events.h"
#include "events_json.h"
#include "call_names.h"
#include "json_write.h"

static const char *const type_names[] = {
	[EVENT_START] = "start", [EVENT_CALL] = "call",	      [EVENT_RESULT] = "result", [EVENT_INSTALL] = "install",
	[EVENT_FORK] = "fork",	 [EVENT_REFUSED] = "refused", [EVENT_EXEC] = "exec",	 [EVENT_NAME] = "name",
	[EVENT_MAP] = "map",	 [EVENT_EXIT] = "exit",	      [EVENT_ABSENT] = "absent", [EVENT_END] = "end",
	[EVENT_COUNT] = "count",
};

enum event_type events_json_type(const char *name)
{
	for (unsigned int i = EVENT_START; i < sizeof(type_names) / sizeof(type_names[0]); i++)
		if (strcmp(type_names[i], name) == 0)
			return (enum event_type)i;
	return (enum event_type)0;
}

static void put_text(FILE *to, const char *key, const char *text)
{
	fprintf(to, ",\"%s\":", key);
	json_put_string(to, text, strlen(text));
}

static void put_bool(FILE *to, const char *key, bool value)
{
	fprintf(to, ",\"%s\":%s", key, value ? "true" : "false");
}

static void put_answer(FILE *to, const char *key, uint32_t ret)
{
	char text[SECCOMP_TEXT_MAX];

	seccomp_answer_text(text, ret);
	put_text(to, key, text);
}

/* The string that ends E, which begins behind FROM bytes of its body. */
static void put_tail(FILE *to, const char *key, const struct event *e, size_t from)
{
	const char *text = (const char *)event_body(e) + from;

	fprintf(to, ",\"%s\":", key);
	json_put_string(to, text, strnlen(text, e->size - sizeof(*e) - from));
}

static void put_hex(FILE *to, const char *key, const uint8_t *bytes, size_t n)
{
	fprintf(to, ",\"%s\":\"", key);
	for (size_t i = 0; i < n; i++)
		fprintf(to, "%02x", bytes[i]);
	putc('"', to);
}

static void put_memories(FILE *to, const struct event *e, uint32_t n)
{
	const struct event_memory *m = event_memories(e);

	fputs(",\"memory\":[", to);
	for (uint32_t i = 0; i < n; i++) {
		const size_t length = m[i].length <= sizeof(m[i].bytes) ? m[i].length : sizeof(m[i].bytes);

		fprintf(to, "%s{\"arg\":%u", i == 0 ? "" : ",", m[i].arg);
		if (m[i].kind == EVENT_MEMORY_BYTES)
			fprintf(to, ",\"size\":%u", m[i].size);
		if (m[i].flags & EVENT_MEMORY_FAULT) {
			fputs(",\"fault\":true", to);
		} else if (m[i].kind == EVENT_MEMORY_STRING) {
			fputs(",\"string\":", to);
			json_put_string(to, m[i].bytes, length);
		} else {
			put_hex(to, "bytes", m[i].bytes, length);
		}
		fprintf(to, "%s}", m[i].flags & EVENT_MEMORY_CUT ? ",\"cut\":true" : "");
	}
	putc(']', to);
}

static void put_frame(FILE *to, const struct event_frame *frame)
{
	for (unsigned int i = 0; i < sizeof(frame->x) / sizeof(frame->x[0]); i++)
		fprintf(to, "%s\"0x%" PRIx64 "\"", i == 0 ? ",\"frame\":{\"registers\":[" : ",", frame->x[i]);
	putc(']', to);
	put_hex(to, "memory", frame->stack,
		frame->stack_size <= sizeof(frame->stack) ? frame->stack_size : sizeof(frame->stack));
	putc('}', to);
}

static void put_data(FILE *to, const struct seccomp_data *data)
{
	const char *name = seccomp_syscall_name(data->nr, NULL);

	fprintf(to, ",\"nr\":%d", data->nr);
	if (name != NULL)
		put_text(to, "call", name);
	for (unsigned int i = 0; i < 6; i++)
		fprintf(to, "%s\"0x%" PRIx64 "\"", i == 0 ? ",\"args\":[" : ",", data->args[i]);
	fprintf(to, "],\"ip\":\"0x%" PRIx64 "\"", data->instruction_pointer);
}

static void put_flags(FILE *to, uint16_t set)
{
	static const struct {
		uint16_t flag;
		const char *name;
	} flags[] = {
		{ EVENT_CALL_CONSTANT, "constant" },	 { EVENT_CALL_STRICT, "strict" },
		{ EVENT_CALL_UNFILTERED, "unfiltered" }, { EVENT_CALL_SUSPENDED, "suspended" },
		{ EVENT_CALL_AGAIN, "again" },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (set & flags[i].flag)
			fprintf(to, ",\"%s\":true", flags[i].name);
}

static void put_call(FILE *to, const struct event *e)
{
	const struct event_call *call = event_body(e);
	const struct event_answer *a = event_answers(e);

	put_data(to, &call->data);
	put_answer(to, "answer", call->ret);
	if (call->id != 0)
		fprintf(to, ",\"filter\":%" PRIu64 ",\"pc\":%u", call->id, call->pc);
	put_flags(to, e->flags);
	if (call->answers > 0) {
		fputs(",\"stack\":[", to);
		for (uint32_t i = 0; i < call->answers; i++) {
			fprintf(to, "%s{\"filter\":%" PRIu64, i == 0 ? "" : ",", a[i].id);
			if (a[i].pc == EVENT_PC_UNBOUND) {
				fputs(",\"unbound\":true}", to);
				continue;
			}
			put_answer(to, "answer", a[i].ret);
			fprintf(to, ",\"pc\":%u}", a[i].pc);
		}
		putc(']', to);
	}
	if (call->memories > 0)
		put_memories(to, e, call->memories);
	if (event_frame(e) != NULL)
		put_frame(to, event_frame(e));
}

static void put_install(FILE *to, const struct event *e)
{
	const struct event_install *install = event_body(e);
	const struct sock_filter *insns = (const void *)(install + 1);

	fprintf(to, ",\"filter\":%" PRIu64 ",\"below\":%" PRIu64 ",\"flags\":%u", install->id, install->below,
		install->flags);
	if (install->boot != 0)
		fprintf(to, ",\"option\":%u", install->boot);
	fputs(",\"program\":[", to);
	for (uint32_t i = 0; i < install->length; i++)
		fprintf(to, "%s[%u,%u,%u,%u]", i == 0 ? "" : ",", insns[i].code, insns[i].jt, insns[i].jf, insns[i].k);
	putc(']', to);
}

static void put_start(FILE *to, const struct event_start *b)
{
	fprintf(to, ",\"version\":%u", b->version);
	put_bool(to, "all", b->events & EVENTS_ALL);
	put_bool(to, "results", b->events & EVENTS_RESULTS);
	if (b->events & EVENTS_COUNT) {
		put_bool(to, "count", true);
		put_bool(to, "refused", b->events & EVENTS_REFUSED);
	}
}

static void put_refused(FILE *to, const struct event *e)
{
	const struct event_refused *b = event_body(e);

	fprintf(to, ",\"errno\":%d,\"flags\":%u,\"length\":%u", b->error, b->flags, b->length);
	if (b->pc != EVENT_NO_PC)
		fprintf(to, ",\"pc\":%u", b->pc);
	put_tail(to, "why", e, event_reason_at(e));
	if (event_frame(e) != NULL)
		put_frame(to, event_frame(e));
}

static void put_exec(FILE *to, const struct event *e)
{
	const struct event_exec *b = event_body(e);

	if (b->old_tid != e->tid)
		fprintf(to, ",\"old_tid\":%u", b->old_tid);
	put_tail(to, "path", e, sizeof(*b));
}

static void put_map(FILE *to, const struct event *e)
{
	const struct event_map *b = event_body(e);

	fprintf(to, ",\"start\":\"0x%" PRIx64 "\",\"size\":%" PRIu64 ",\"offset\":%" PRIu64, b->start, b->size,
		b->offset);
	put_tail(to, "path", e, sizeof(*b));
}

static void put_count(FILE *to, const struct event *e)
{
	const struct event_count *b = event_body(e);

	put_data(to, &b->data);
	put_flags(to, e->flags);
	fprintf(to, ",\"filter\":%" PRIu64 ",\"calls\":%" PRIu64, b->stack, b->calls);
}

static void put_body(FILE *to, const struct event *e)
{
	const union {
		struct event_result result;
		struct event_fork fork;
		struct event_exit exit;
		struct event_end end;
	} *b = event_body(e);

	switch (e->type) {
	case EVENT_START:
		put_start(to, event_body(e));
		break;
	case EVENT_CALL:
		put_call(to, e);
		break;
	case EVENT_RESULT:
		fprintf(to, ",\"of\":%" PRIu64 ",\"value\":%" PRId64, b->result.call, b->result.value);
		break;
	case EVENT_INSTALL:
		put_install(to, e);
		break;
	case EVENT_REFUSED:
		put_refused(to, e);
		break;
	case EVENT_FORK:
		fprintf(to, ",\"child_pid\":%u,\"child_tid\":%u,\"flags\":\"0x%" PRIx64 "\"", b->fork.pid, b->fork.tid,
			b->fork.flags);
		break;
	case EVENT_EXEC:
		put_exec(to, e);
		break;
	case EVENT_MAP:
		put_map(to, e);
		break;
	case EVENT_EXIT:
		fprintf(to, ",\"status\":%u,\"process\":%s", b->exit.status, b->exit.last ? "true" : "false");
		break;
	case EVENT_ABSENT:
		put_tail(to, "what", e, 0);
		break;
	case EVENT_COUNT:
		put_count(to, e);
		break;
	case EVENT_END:
		fprintf(to, ",\"status\":%u", b->end.status);
		break;
	}
}

void events_json_write(FILE *to, const struct event *e)
{
	const bool known = e->type < sizeof(type_names) / sizeof(type_names[0]) && type_names[e->type] != NULL;

	fprintf(to, "{\"seq\":%" PRIu64 ",\"time\":%" PRIu64 ",\"event\":\"%s\",\"pid\":%u,\"tid\":%u", e->seq, e->time,
		known ? type_names[e->type] : "unknown", e->pid, e->tid);
	fputs(",\"comm\":", to);
	json_put_string(to, e->comm, strnlen(e->comm, sizeof(e->comm)));
	put_body(to, e);
	fputs("}\n", to);
}
