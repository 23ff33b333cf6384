/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * query.c - reading a call; see query.h.
 */
#include "query.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include <abi/audit.h>
#include "build.h"
#include "constants.h"
#include "depends.h"
#include "foreign.h"
#include "say.h"

/* Does what strace -y says of a descriptor begin here, as in 3</etc/passwd>? */
static bool begins_aside(const char *text, size_t n)
{
	return n > 0 && text[n] == '<' && text[n + 1] != '<' && isalnum((unsigned char)text[n - 1]) != 0;
}

/* Behind the > that ends it; of -yy, it may hold "->". */
static size_t skip_aside(const char *text, size_t n)
{
	while (text[n] != '\0' && (text[n] != '>' || text[n - 1] == '-'))
		n++;
	return n + (text[n] == '>');
}

/*
 * Where the argument at TEXT ends: at a comma or the closing bracket that is not
 * inside quotes or other brackets.
 */
static size_t length_of_argument(const char *text)
{
	unsigned int depth = 0;
	size_t n = 0;

	while (text[n] != '\0') {
		if (begins_aside(text, n)) {
			n = skip_aside(text, n);
			continue;
		}
		if (text[n] == '"') {
			for (n++; text[n] != '\0' && text[n] != '"'; n++)
				n += text[n] == '\\' && text[n + 1] != '\0' ? 1 : 0;
			if (text[n] == '\0')
				break;
		} else if (strchr("([{", text[n]) != NULL) {
			depth++;
		} else if (depth == 0 && (text[n] == ',' || text[n] == ')')) {
			break;
		} else if (strchr(")]}", text[n]) != NULL && depth > 0) {
			depth--;
		}
		n++;
	}
	return n;
}

/* Is it something that has no value of its own: any value, a string, a structure? */
static bool is_any(const char *text, size_t n)
{
	return n == 0 || (n == 1 && *text == '*') || strchr("\"{[&", *text) != NULL ||
	       (n >= 3 && strncmp(text, "...", 3) == 0) || memmem(text, n, "/*", 2) != NULL;
}

static void trim_blanks(const char **text, size_t *n)
{
	while (*n > 0 && isspace((unsigned char)**text)) {
		++*text;
		--*n;
	}
	while (*n > 0 && isspace((unsigned char)(*text)[*n - 1]))
		--*n;
}

/* Which argument has that name, as Linux or, of clone, as strace has it? Or -1. */
static int find_argument(const struct call *call, const char *name, size_t n)
{
	static const char *const clone[] = { "flags", "child_stack", "parent_tid", "tls", "child_tidptr" };
	const int i = call_argument(call, name, n);

	for (int k = 0; i < 0 && k < 5 && strcmp(call->name, "clone") == 0; k++)
		if (strlen(clone[k]) == n && strncmp(clone[k], name, n) == 0)
			return k;
	return i;
}

/* One argument, at position I unless it has a name. */
static bool read_argument(struct arena *arena, struct notes *notes, const struct source *source, const char *text,
			  size_t n, const struct call *call, unsigned int i, struct query *q)
{
	const size_t word = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	size_t bad = 0, length = 0;
	const char *wrong;
	int named;

	if (word > 0 && word < n && text[word] == '=' && text[word + 1] != '=') {
		named = call != NULL ? find_argument(call, text, word) : -1;
		if (named < 0)
			return note_error(notes, source_place(source, (size_t)(text - source->text), word), "",
					  "the call has no argument of that name");
		i = (unsigned int)named;
		text += word + 1;
		n -= word + 1;
	}
	trim_blanks(&text, &n);
	for (size_t k = 1; k < n; k++)
		if (begins_aside(text, k))
			n = k;
	if (is_any(text, n))
		return true;
	if (i > 5 || (call != NULL && i >= call->nargs))
		return note_error(notes, source_place(source, (size_t)(text - source->text), n), "",
				  "the call has %u arguments", call != NULL ? call->nargs : 6);
	wrong = n == 4 && strncmp(text, "NULL", 4) == 0 ? NULL
							: constant_evaluate(text, n, &q->data.args[i], &bad, &length);
	if (wrong != NULL)
		return note_error(notes, source_place(source, (size_t)(text - source->text) + bad, length),
				  arena_print(arena, "numbers, names of constants, | between them; * for any value"),
				  "%s", wrong);
	q->known[i] = true;
	return true;
}

static bool read_name(struct notes *notes, const struct source *source, const char *text, size_t n, struct query *q)
{
	const struct call *call = arch_call_by_name(q->data.arch, text, n);
	const char *digits = n > 8 && strncmp(text, "syscall_", 8) == 0 ? text + 8 : text;
	size_t length = n - (size_t)(digits - text);
	const char *instead, *near;
	uint64_t nr = 0;
	size_t bad, bad_length;

	if (call != NULL) {
		q->data.nr = (int)call->nr;
		return true;
	}
	if (length > 0 && (isdigit((unsigned char)*digits) || *digits == '-') &&
	    constant_evaluate(digits, length, &nr, &bad, &bad_length) == NULL &&
	    (nr <= UINT32_MAX || nr >= (uint64_t)INT32_MIN)) {
		q->data.nr = (int)(uint32_t)nr;
		return true;
	}
	if (q->data.arch != AUDIT_ARCH_RISCV64)
		return note_error(notes, source_place(source, (size_t)(text - source->text), n), "",
				  "%s has no such call", seccomp_arch_name(q->data.arch));
	instead = call_instead(text, n);
	if (instead != NULL && *instead != '\0')
		return note_error(notes, source_place(source, (size_t)(text - source->text), n), instead,
				  "riscv64 has no %.*s; C libraries call this in its place:", (int)n, text);
	near = call_nearest(text, n);
	return note_error(notes, source_place(source, (size_t)(text - source->text), n), near != NULL ? near : "",
			  near != NULL ? "no such call; did you mean this one?" : "no such call");
}

const struct call *query_call(const struct query *q)
{
	return arch_call(q->data.arch, (uint32_t)q->data.nr);
}

bool query_parse(struct arena *arena, struct notes *notes, const char *text, struct query *q)
{
	return query_parse_of(arena, notes, text, AUDIT_ARCH_RISCV64, q);
}

bool query_parse_of(struct arena *arena, struct notes *notes, const char *text, uint32_t arch, struct query *q)
{
	const struct source *source = source_text(arena, "call", text, strlen(text));
	size_t n = strcspn(text, "(");
	const char *name = text, *at = text + n + (text[n] == '(' ? 1 : 0);
	const struct call *call;

	*q = (struct query){ .text = text, .data.arch = arch };
	trim_blanks(&name, &n);
	if (!read_name(notes, source, name, n, q))
		return false;
	/* Of a number, strace writes all six. */
	call = strncmp(name, "syscall_", 8) != 0 ? query_call(q) : NULL;
	for (unsigned int i = 0; *at != '\0' && *at != ')'; i++) {
		const char *argument = at;
		size_t length = length_of_argument(at);

		at += length;
		trim_blanks(&argument, &length);
		if (!read_argument(arena, notes, source, argument, length, call, i, q))
			return false;
		at += *at == ',' ? 1 : 0;
	}
	if (at > text + n && *at == '\0' && text[n] == '(')
		return note_error(notes, source_place(source, strlen(text), 1), "as in write(1, *, *)",
				  "a ) is missing");
	return true;
}

bool query_likely(const char *operand)
{
	const size_t n = strcspn(operand, "(");

	return access(operand, F_OK) != 0 &&
	       (operand[n] == '(' || call_by_name(operand, n) != NULL || call_instead(operand, n) != NULL ||
		strncmp(operand, "syscall_", 8) == 0 ||
		(*operand != '\0' && operand[strspn(operand, "0123456789")] == '\0'));
}

Z3_ast query_term(struct symbols *sym, const struct query *q, bool to_linux)
{
	const struct call *call = query_call(q);
	Z3_ast term = NULL;

	for (uint32_t i = 0; i < 6; i++) {
		struct condition is = condition_on((enum field)i, TEST_EQ, q->data.args[i], (struct place){ 0 });

		if (to_linux && call != NULL && i < call->nargs && argument_bits(call->args[i].type) == 32) {
			is.width = 32;
			is.value = (uint32_t)is.value;
		}
		if (q->known[i])
			term = both_terms(sym, term, condition_term(sym, &is));
	}
	return term;
}

struct call query_meant(const struct query *q, const struct call *call)
{
	uint32_t known = 0;

	for (unsigned int i = 0; i < 6; i++)
		known |= (uint32_t)q->known[i] << i;
	return call_meant(call, q->data.args, known);
}

const char *query_text(struct arena *arena, const struct query *q)
{
	const struct call *call = query_call(q);
	const unsigned int nargs = call != NULL ? call->nargs : 6;
	struct call meant;
	const char *text =
		arena_print(arena, "%s(", call != NULL ? call->name : say_call_name(arena, (uint32_t)q->data.nr));

	if (call != NULL)
		meant = query_meant(q, call);
	for (unsigned int i = 0; i < nargs; i++) {
		const char *value = "*";

		if (q->known[i])
			value = call != NULL
					? constant_print(arena, meant.args[i].type, meant.args[i].kind, q->data.args[i])
					: arena_print(arena, "0x%" PRIx64, q->data.args[i]);
		text = arena_print(arena, "%s%s%s", text, i > 0 ? ", " : "", value);
	}
	return arena_print(arena, q->data.arch == AUDIT_ARCH_RISCV64 ? "%s)" : "%s) of %s", text,
			   say_arch(arena, q->data.arch));
}

bool query_known(const struct query *q)
{
	for (unsigned int i = 0; i < 6; i++)
		if (!q->known[i])
			return false;
	return true;
}

bool query_complete(const struct query *q)
{
	const struct call *call = query_call(q);

	for (unsigned int i = 0; i < (call != NULL ? call->nargs : 6); i++)
		if (!q->known[i])
			return false;
	return true;
}
