/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pointee.c - see pointee.h. The bytes are a program's: nothing in them is believed.
 */
#include "pointee.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>

#include <abi/syscall.h>

#include "constants.h"
#include "say.h"

#define NR_openat2 437

static const char *say_quoted(struct arena *arena, const uint8_t *s, size_t n, bool cut)
{
	return arena_print(arena, "\"%s\"%s", say_escaped(arena, s, n), cut ? "..." : "");
}

static uint64_t memory_word(const struct event_memory *m, size_t at)
{
	uint64_t value = 0;

	if (at < m->length)
		memcpy(&value, m->bytes + at, m->length - at < sizeof(value) ? m->length - at : sizeof(value));
	return value;
}

/* Was the whole word that begins at AT given? A structure may be shorter than it could be. */
static bool has_word(const struct event_memory *m, size_t at)
{
	return m->length >= at + sizeof(uint64_t);
}

static const char *say_flags(struct arena *arena, enum argument_kind kind, uint64_t value)
{
	return constant_print(arena, ARG_ULONG, kind, value);
}

static const char *socket_address(struct arena *arena, const struct event_memory *m)
{
	const uint16_t family = (uint16_t)memory_word(m, 0);
	const char *name = constant_print(arena, ARG_INT, KIND_FAMILY, family);
	const unsigned int port = ntohs((uint16_t)memory_word(m, 2));
	const size_t rest = m->length > 2 ? m->length - 2U : 0;
	char text[INET6_ADDRSTRLEN];

	if (family == AF_UNIX && rest > 0 && m->bytes[2] == '\0')
		return arena_print(arena, "{%s, @%s}", name, say_quoted(arena, m->bytes + 3, rest - 1, false));
	if (family == AF_UNIX)
		return arena_print(arena, "{%s, %s}", name,
				   say_quoted(arena, m->bytes + 2, strnlen((const char *)m->bytes + 2, rest), false));
	if (family == AF_INET && m->length >= 8 && inet_ntop(AF_INET, m->bytes + 4, text, sizeof(text)) != NULL)
		return arena_print(arena, "{%s, %s:%u}", name, text, port);
	if (family == AF_INET6 && m->length >= 24 && inet_ntop(AF_INET6, m->bytes + 8, text, sizeof(text)) != NULL)
		return arena_print(arena, "{%s, [%s]:%u}", name, text, port);
	return arena_print(arena, "{%s, ...}", name);
}

static const char *say_bytes(struct arena *arena, const struct event_memory *m)
{
	const char *text = "{";

	for (unsigned int i = 0; i < m->length && i < 16; i++)
		text = arena_print(arena, "%s%s%02x", text, i == 0 ? "" : " ", m->bytes[i]);
	return arena_print(arena, "%s%s}", text, m->length > 16 || m->flags & EVENT_MEMORY_CUT ? " ..." : "");
}

static const char *say_limit(struct arena *arena, uint64_t value)
{
	return value == UINT64_MAX ? "RLIM_INFINITY" : arena_print(arena, "%" PRIu64, value);
}

const char *pointee_text(struct arena *arena, uint32_t nr, const struct event_memory *m)
{
	struct event_memory safe = *m;

	if (safe.length > sizeof(safe.bytes))
		safe.length = sizeof(safe.bytes);
	if (m->kind == EVENT_MEMORY_STRING)
		return say_quoted(arena, safe.bytes, safe.length, m->flags & EVENT_MEMORY_CUT);
	switch (nr) {
	case __NR_bind:
	case __NR_connect:
	case __NR_sendto:
		return safe.length < sizeof(uint16_t) ? say_bytes(arena, &safe) : socket_address(arena, &safe);
	case __NR_sethostname:
	case __NR_setdomainname:
		return say_quoted(arena, safe.bytes, safe.length, m->flags & EVENT_MEMORY_CUT);
	case __NR_clone3:
		if (!has_word(&safe, 0))
			return say_bytes(arena, &safe);
		if (!has_word(&safe, 32))
			return arena_print(arena, "{flags=%s}", say_flags(arena, KIND_CLONE3, memory_word(&safe, 0)));
		return arena_print(arena, "{flags=%s, exit_signal=%s}",
				   say_flags(arena, KIND_CLONE3, memory_word(&safe, 0)),
				   constant_print(arena, ARG_INT, KIND_SIGNAL, memory_word(&safe, 32)));
	case NR_openat2:
		if (!has_word(&safe, 16))
			return has_word(&safe, 0) ? arena_print(arena, "{flags=%s}",
								say_flags(arena, KIND_OPEN, memory_word(&safe, 0)))
						  : say_bytes(arena, &safe);
		return arena_print(arena, "{flags=%s, mode=0%" PRIo64 ", resolve=%s}",
				   say_flags(arena, KIND_OPEN, memory_word(&safe, 0)), memory_word(&safe, 8),
				   say_flags(arena, KIND_RESOLVE, memory_word(&safe, 16)));
	case __NR_prlimit64:
		if (!has_word(&safe, 8))
			return say_bytes(arena, &safe);
		return arena_print(arena, "{%s, %s}", say_limit(arena, memory_word(&safe, 0)),
				   say_limit(arena, memory_word(&safe, 8)));
	default:
		return say_bytes(arena, &safe);
	}
}

const char *pointee_call(struct arena *arena, const struct event *e)
{
	const struct event_call *call = event_body(e);
	const struct event_memory *m = event_memories(e);
	const char *shown[6] = { NULL };

	for (uint32_t i = 0; i < call->memories; i++)
		if (m[i].arg < 6 && !(m[i].flags & EVENT_MEMORY_FAULT))
			shown[m[i].arg] = pointee_text(arena, (uint32_t)call->data.nr, &m[i]);
	return constant_print_call_shown(arena, call_by_number((uint32_t)call->data.nr), (uint32_t)call->data.nr,
					 call->data.args, shown);
}
