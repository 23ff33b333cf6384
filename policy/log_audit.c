/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log_audit.c - Linux's audit record (type=1326) as several programs write it; see logline.h.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "constants.h"
#include "foreign.h"
#include "logline.h"
#include "names.h"
#include "say.h"

/*
 * A name that audit wrote: in quotes as it is, else in hexadecimal, because of a character in
 * it [audit_log_untrustedstring].
 */
static const char *name_field(struct arena *arena, const char *line, const char *key)
{
	const char *value = log_field(arena, line, key);
	const char *quoted = strstr(line, arena_print(arena, "%s=\"", key));
	const size_t n = value != NULL ? strlen(value) : 0;
	char *text;

	if (value == NULL || quoted != NULL || n == 0 || n % 2 != 0)
		return value;
	text = arena_zalloc(arena, n / 2 + 1);
	for (size_t i = 0; i < n; i += 2) {
		const int high = source_hex_digit(value[i]), low = source_hex_digit(value[i + 1]);

		if (high < 0 || low < 0)
			return value;
		text[i / 2] = (char)(high << 4 | low);
		if (!isprint((unsigned char)text[i / 2]))
			text[i / 2] = '?';
	}
	return text;
}

/* The action of a record: its number, or a name as ausearch -i has it: kill-process, errno. */
static bool read_code(struct arena *arena, const char *code, uint32_t *answer)
{
	char *word = arena_copy(arena, code, strlen(code));

	if (isdigit((unsigned char)*code)) {
		/* Linux writes small letters; auditd's AUID= may stand right behind. */
		const size_t n = code[1] == 'x' ? 2 + strspn(code + 2, "0123456789abcdef") : strlen(code);

		*answer = (uint32_t)strtoull(arena_copy(arena, code, n), NULL, 16);
		return true;
	}
	for (char *c = word; *c != '\0'; c++)
		*c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
	return log_answer_parse(strcmp(word, "KILL") == 0 ? "KILL_THREAD" : word, answer);
}

/* The token of an architecture: a name as it is told, one of Linux's tokens, or a number. */
static uint32_t read_arch(struct arena *arena, const char *arch)
{
	const uint32_t known = arch_by_name(arch, strlen(arch));
	char *token = arena_print(arena, "AUDIT_ARCH_%s", arch);
	const struct constant *c;

	for (char *p = token; *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	c = constant_find(token, strlen(token));
	return known != 0 ? known : c != NULL ? (uint32_t)c->value : (uint32_t)strtoull(arch, NULL, 16);
}

/* The call of a record; snappy-debug writes "arch=c00000f3 198(socket) compat=0". NULL: none. */
static const char *find_number(struct arena *arena, const char *line)
{
	const char *nr = log_field(arena, line, "syscall"), *arch = strstr(line, " arch=");

	if (nr != NULL || arch == NULL)
		return nr;
	arch += 1 + strcspn(arch + 1, " ");
	nr = arch + strspn(arch, " ");
	return isdigit((unsigned char)*nr) && nr[strspn(nr, "0123456789")] == '('
		       ? arena_copy(arena, nr, strcspn(nr, "("))
		       : NULL;
}

/* The architecture and the call of a record: numbers, or names as ausearch -i has them. */
static bool read_number(struct arena *arena, const char *line, struct seccomp_data *data)
{
	const char *arch = log_field(arena, line, "arch"), *nr = find_number(arena, line);
	const struct call *call;

	if (arch != NULL)
		data->arch = read_arch(arena, arch);
	data->nr = (int)strtol(nr, NULL, 10);
	if (isdigit((unsigned char)*nr) || *nr == '-')
		return true;
	call = arch_call_by_name(data->arch, nr, strlen(nr));
	if (call != NULL)
		data->nr = (int)call->nr;
	return call != NULL;
}

/* A record of type SYSCALL, which may stand behind, has four arguments and how the call ended. */
static void read_args(struct arena *arena, const char *line, struct log_line *e)
{
	static const char *const names[] = { "a0", "a1", "a2", "a3" };
	const char *end = log_field(arena, line, "exit");

	if (log_field(arena, line, names[0]) == NULL)
		return;
	e->kind = LOG_STRACE;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		e->query.data.args[i] = log_number_field(arena, line, names[i], 16);
		e->query.known[i] = log_field(arena, line, names[i]) != NULL;
	}
	if (end != NULL && *end == '-')
		e->failed = strerrorname_np((int)strtol(end + 1, NULL, 10));
}

/*
 * Linux's own line, auditd's, the journal's of what comes by the audit socket, or what snappy-debug
 * and people leave of it.
 */
static bool is_audit(struct arena *arena, const char *line)
{
	return strstr(line, "type=1326") != NULL || strstr(line, "type=SECCOMP") != NULL ||
	       strstr(line, "SECCOMP auid=") != NULL || strncmp(line, "Log: auid=", 10) == 0 ||
	       (log_field(arena, line, "arch") != NULL && log_field(arena, line, "syscall") != NULL);
}

bool log_audit_parse(struct arena *arena, const char *line, struct log_line *e)
{
	const char *stamp = strstr(line, "audit("), *code = log_field(arena, line, "code");
	size_t known;

	if (!is_audit(arena, line) || find_number(arena, line) == NULL)
		return false;
	e->kind = LOG_AUDIT;
	e->pid = log_field(arena, line, "pid");
	e->comm = name_field(arena, line, "comm");
	e->exe = name_field(arena, line, "exe");
	e->when = stamp != NULL ? arena_copy(arena, stamp + 6, strcspn(stamp + 6, ":)")) : NULL;
	if (!read_number(arena, line, &e->query.data)) {
		arch_calls(e->query.data.arch, &known);
		e->wrong = arena_print(arena, known > 0 ? "%s has no call %s" : "of %s, no call %s is known here",
				       say_arch(arena, e->query.data.arch), find_number(arena, line));
	}
	e->ip = log_number_field(arena, line, "ip", 16);
	e->signal = (unsigned int)log_number_field(arena, line, "sig", 10);
	e->answered = code != NULL && read_code(arena, code, &e->answer);
	read_args(arena, line, e);
	return true;
}
