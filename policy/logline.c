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
#include "constants.h"
#include "foreign.h"
#include "names.h"
#include "say.h"

const char *log_field(struct arena *arena, const char *line, const char *key)
{
	const size_t n = strlen(key);

	for (const char *at = line; (at = strstr(at, key)) != NULL; at += n) {
		const char *value = at + n + 1;

		if (at[n] != '=' || (at != line && at[-1] != ' ' && at[-1] != ':'))
			continue;
		if (*value == '"')
			return arena_copy(arena, value + 1, strcspn(value + 1, "\""));
		return arena_copy(arena, value, strcspn(value, " \t\r\n"));
	}
	return NULL;
}

uint64_t log_number_field(struct arena *arena, const char *line, const char *key, int base)
{
	const char *value = log_field(arena, line, key);

	return value != NULL ? strtoull(value, NULL, base) : 0;
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
	e->pid = log_field(arena, line, "pid");
	e->comm = log_field(arena, line, "comm");
	e->query.data.nr = (int)strtol(log_field(arena, line, "nr"), NULL, 10);
	e->ip = log_number_field(arena, line, "ip", 16);
	e->answered = log_answer_parse(arrow + 3, &e->answer);
	if (by != NULL) {
		e->filter = (uint32_t)strtoul(by + 11, NULL, 10);
		e->pc = (uint32_t)log_number_field(arena, by, "pc", 10);
	}
}

/*
 * What a call returned, behind the last "= " that follows a bracket and blanks, as strings may hold
 * anything; *END is behind the bracket. NULL: nothing does.
 */
static const char *find_result(const char *call, const char **end)
{
	const char *result = NULL;

	for (const char *at = strchr(call, ')'); at != NULL; at = strchr(at + 1, ')')) {
		const size_t blanks = strspn(at + 1, " ");

		if (blanks == 0 || strncmp(at + 1 + blanks, "= ", 2) != 0)
			continue;
		*end = at + 1;
		result = *end + blanks + 2;
	}
	return result;
}

static void read_strace(struct arena *arena, const char *line, const char *call, struct log_line *e)
{
	struct notes notes = { .arena = arena };
	const char *pid = strstr(line, "[pid "), *end, *result = find_result(call, &end);

	if (result == NULL)
		return;
	e->kind = LOG_STRACE;
	if (!query_parse(arena, &notes, arena_copy(arena, call, (size_t)(end - call)), &e->query))
		e->wrong = arena_print(arena, "%.*s: %s", (int)strcspn(call, "("), call, note_text(arena, notes.first));
	if (pid != NULL && pid < call)
		e->pid = arena_copy(arena, pid + 5 + strspn(pid + 5, " "),
				    strspn(pid + 5 + strspn(pid + 5, " "), "0123456789"));
	if (strncmp(result, "-1 (errno ", 10) == 0)
		e->failed = strerrorname_np((int)strtol(result + 10, NULL, 10));
	else if (strncmp(result, "-1 ", 3) == 0)
		e->failed = arena_copy(arena, result + 3, strcspn(result + 3, " \n"));
}

/*
 * strace's line of a SIGSYS: {si_signo=SIGSYS, ..., si_syscall=__NR_mount,
 * si_arch=AUDIT_ARCH_RISCV64}
 */
static void read_sigsys(struct arena *arena, const char *line, struct log_line *e)
{
	const char *name = log_field(arena, line, "si_syscall"), *arch = log_field(arena, line, "si_arch");
	const char *at = log_field(arena, line, "si_call_addr");
	const struct constant *token = arch != NULL ? constant_find(arch, strcspn(arch, "}, ")) : NULL;
	const struct call *call;

	if (token != NULL)
		e->query.data.arch = (uint32_t)token->value;
	if (strncmp(name, "__NR_", 5) != 0)
		return;
	call = arch_call_by_name(e->query.data.arch, name + 5, strcspn(name + 5, ", }"));
	if (call == NULL)
		return;
	e->kind = LOG_STRACE;
	e->query.data.nr = (int)call->nr;
	e->ip = at != NULL ? strtoull(at, NULL, 0) : 0;
	e->answered = true;
	e->answer = SECCOMP_RET_TRAP;
}

/*
 * The line as it may be shown. The group separator, behind which auditd repeats a record in words,
 * becomes a blank; what journalctl -o json has before its quotes is left out.
 */
static const char *shown_line(struct arena *arena, const char *line)
{
	char *copy = arena_copy(arena, line, strlen(line)), *to = copy;
	const bool json = *line == '{';

	for (const char *c = copy; *c != '\0'; c++)
		if (!json || c[0] != '\\' || c[1] != '"')
			*to++ = *c == '\035' ? ' ' : (char)source_shown((unsigned char)*c);
	*to = '\0';
	return copy;
}

struct log_line log_line_parse(struct arena *arena, const char *given)
{
	struct log_line e = { .query.data.arch = AUDIT_ARCH_RISCV64 };
	const char *line = shown_line(arena, given);
	const char *call = find_call(line), *arrow = strstr(line, " -> ");

	if (log_audit_parse(arena, line, &e))
		return e;
	if (call != NULL && arrow != NULL && arrow > call && log_field(arena, line, "nr") != NULL)
		read_verdict(arena, line, call, arrow + 1, &e);
	else if (strstr(line, "SIGSYS {") != NULL && log_field(arena, line, "si_syscall") != NULL)
		read_sigsys(arena, line, &e);
	else if (!log_words_parse(line, &e) && call != NULL)
		read_strace(arena, line, call, &e);
	return e;
}
