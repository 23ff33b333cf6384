/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logline.c - reading lines of logs; see logline.h.
 */
#include "logline.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "actions.h"
#include "disasm.h"
#include "names.h"

/*
 * What stands behind KEY= as a word of its own in LINE, up to a blank or the closing
 * quote; NULL if it is not there.
 */
static const char *find_field(struct arena *arena, const char *line, const char *key)
{
	const size_t n = strlen(key);

	for (const char *at = line; (at = strstr(at, key)) != NULL; at += n) {
		const char *value = at + n + 1;

		if (at[n] != '=' || (at != line && at[-1] != ' ' && at[-1] != ':' && at[-1] != '\035'))
			continue;
		if (*value == '"')
			return arena_copy(arena, value + 1, strcspn(value + 1, "\""));
		return arena_copy(arena, value, strcspn(value, " \t\r\n\035"));
	}
	return NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)toupper((unsigned char)c);
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/*
 * A name that audit wrote: in quotes as it is, else in hexadecimal, because of a character in
 * it [audit_log_untrustedstring].
 */
static const char *name_field(struct arena *arena, const char *line, const char *key)
{
	const char *value = find_field(arena, line, key);
	const char *quoted = strstr(line, arena_print(arena, "%s=\"", key));
	const size_t n = value != NULL ? strlen(value) : 0;
	char *text;

	if (value == NULL || quoted != NULL || n == 0 || n % 2 != 0)
		return value;
	text = arena_zalloc(arena, n / 2 + 1);
	for (size_t i = 0; i < n; i += 2) {
		const int high = hex_digit(value[i]), low = hex_digit(value[i + 1]);

		if (high < 0 || low < 0)
			return value;
		text[i / 2] = (char)(high << 4 | low);
		if (!isprint((unsigned char)text[i / 2]))
			text[i / 2] = '?';
	}
	return text;
}

static uint64_t number_field(struct arena *arena, const char *line, const char *key, int base)
{
	const char *value = find_field(arena, line, key);

	return value != NULL ? strtoull(value, NULL, base) : 0;
}

static void read_audit(struct arena *arena, const char *line, struct log_line *e)
{
	const char *stamp = strstr(line, "audit(");

	e->kind = LOG_AUDIT;
	e->pid = find_field(arena, line, "pid");
	e->comm = name_field(arena, line, "comm");
	e->exe = name_field(arena, line, "exe");
	e->when = stamp != NULL ? arena_copy(arena, stamp + 6, strcspn(stamp + 6, ":)")) : NULL;
	e->query.data.arch = (uint32_t)number_field(arena, line, "arch", 16);
	e->query.data.nr = (int)strtol(find_field(arena, line, "syscall"), NULL, 10);
	e->ip = number_field(arena, line, "ip", 16);
	e->signal = (unsigned int)number_field(arena, line, "sig", 10);
	e->answered = find_field(arena, line, "code") != NULL;
	e->answer = (uint32_t)number_field(arena, line, "code", 16);
}

/* Where a call begins in LINE: the name before the first bracket. NULL if there is none. */
static const char *find_call(const char *line)
{
	const char *comm = strstr(line, "comm=\""), *bracket, *name;

	/* The program chooses this name. There is no quote in it. */
	if (comm != NULL && strchr(comm + 6, '"') != NULL)
		line = strchr(comm + 6, '"');
	bracket = strchr(line, '(');

	if (bracket == NULL)
		return NULL;
	for (name = bracket; name > line && (isalnum((unsigned char)name[-1]) || name[-1] == '_');)
		name--;
	return name < bracket && !isdigit((unsigned char)*name) ? name : NULL;
}

bool log_answer_parse(const char *text, uint32_t *answer)
{
	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const char *name = seccomp_actions[i].name;
		const size_t n = strlen(name);

		if (strncmp(text, name, n) != 0 || isalnum((unsigned char)text[n]) || text[n] == '_')
			continue;
		*answer = seccomp_actions[i].ret;
		if (text[n] == '(')
			*answer |= (uint32_t)strtoul(text + n + 1, NULL, 0) & SECCOMP_RET_DATA;
		return true;
	}
	if (strncmp(text, "0x", 2) != 0)
		return false;
	*answer = (uint32_t)strtoul(text, NULL, 16);
	return true;
}

static void read_verdict(struct arena *arena, const char *line, const char *call, const char *arrow, struct log_line *e)
{
	struct notes unheard = { .arena = arena };
	const char *by = strstr(arrow, " by filter ");

	if (!query_parse(arena, &unheard, arena_copy(arena, call, (size_t)(arrow - call)), &e->query))
		return;
	e->kind = LOG_VERDICT;
	e->pid = find_field(arena, line, "pid");
	e->comm = find_field(arena, line, "comm");
	e->query.data.nr = (int)strtol(find_field(arena, line, "nr"), NULL, 10);
	e->ip = number_field(arena, line, "ip", 16);
	e->answered = log_answer_parse(arrow + 3, &e->answer);
	if (by != NULL) {
		e->filter = (uint32_t)strtoul(by + 11, NULL, 10);
		e->pc = (uint32_t)number_field(arena, by, "pc", 10);
	}
}

static void read_strace(struct arena *arena, const char *line, const char *call, struct log_line *e)
{
	struct notes unheard = { .arena = arena };
	const char *result = strstr(call, ") = ");
	const char *pid = strstr(line, "[pid ");

	/* The last one: strings may hold anything. */
	for (const char *more = result; more != NULL; more = strstr(more + 1, ") = "))
		result = more;
	if (result == NULL ||
	    !query_parse(arena, &unheard, arena_copy(arena, call, (size_t)(result + 1 - call)), &e->query))
		return;
	e->kind = LOG_STRACE;
	if (pid != NULL && pid < call)
		e->pid = arena_copy(arena, pid + 5, strspn(pid + 5, " 0123456789"));
	if (strncmp(result + 4, "-1 ", 3) == 0)
		e->failed = arena_copy(arena, result + 7, strcspn(result + 7, " \n"));
}

struct log_line log_line_parse(struct arena *arena, const char *line)
{
	struct log_line e = { .query.data.arch = AUDIT_ARCH_RISCV64 };
	const char *call = find_call(line), *arrow = strstr(line, " -> ");

	if ((strstr(line, "type=1326") != NULL || strstr(line, "type=SECCOMP") != NULL) &&
	    find_field(arena, line, "syscall") != NULL)
		read_audit(arena, line, &e);
	else if (call != NULL && arrow != NULL && arrow > call && find_field(arena, line, "nr") != NULL)
		read_verdict(arena, line, call, arrow + 1, &e);
	else if (call != NULL)
		read_strace(arena, line, call, &e);
	return e;
}
