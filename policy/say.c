/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * say.c - answers, calls and conditions in words; see say.h.
 */
#include "say.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "constants.h"
#include "depends.h"
#include "disasm.h"
#include "foreign.h"

#define WIDTH 79U
#define INDENT 4 /* of a folded line's further lines */
#define SHORT_LINES 3U
#define NAMES_MAX 50U /* characters of names of flags; where there are more, the number tells more */

const char *say_answer(struct arena *arena, uint32_t ret)
{
	const char *name = (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO
				   ? strerrorname_np((int)(ret & SECCOMP_RET_DATA))
				   : NULL;
	char text[SECCOMP_TEXT_MAX];

	if (name != NULL && (ret & SECCOMP_RET_DATA) != 0)
		return arena_print(arena, "ERRNO(%s)", name);
	return arena_copy(arena, text, seccomp_answer_text(text, ret));
}

const char *say_call_name(struct arena *arena, uint32_t nr)
{
	const struct call *call = call_by_number(nr);

	return call != NULL ? call->name : arena_print(arena, "syscall_%" PRIu32, nr);
}

const char *say_escaped(struct arena *arena, const void *text, size_t n)
{
	const uint8_t *s = text;
	char *escaped = arena_zalloc(arena, 4 * n + 1), *to = escaped;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\\')
			to += sprintf(to, "\\%c", s[i]);
		else if (s[i] == '\n')
			to += sprintf(to, "\\n");
		else if (s[i] < 0x20 || s[i] >= 0x7f)
			to += sprintf(to, "\\x%02x", s[i]);
		else
			*to++ = (char)s[i];
	}
	return escaped;
}

const char *say_arch(struct arena *arena, uint32_t arch)
{
	static const char token[] = "AUDIT_ARCH_";
	const char *name = seccomp_arch_name(arch);
	size_t n;
	const struct constant *all = constant_all(&n);
	char *lower;

	for (size_t i = 0; i < n && name == NULL; i++)
		if (all[i].value == arch && strncmp(all[i].name, token, sizeof(token) - 1) == 0) {
			name = lower = arena_copy(arena, all[i].name + sizeof(token) - 1,
						  strlen(all[i].name) - sizeof(token) + 1);
			for (; *lower != '\0'; lower++)
				*lower = (char)tolower((unsigned char)*lower);
		}
	return name != NULL ? name : arena_print(arena, "arch 0x%" PRIx32, arch);
}

const char *say_call(struct arena *arena, const struct seccomp_data *data)
{
	static const char *const none[6];
	const uint32_t nr = (uint32_t)data->nr;

	if (data->arch == AUDIT_ARCH_RISCV64)
		return constant_print_call(arena, nr, data->args);
	return arena_print(arena, "%s of %s",
			   constant_print_call_shown(arena, arch_call(data->arch, nr), nr, data->args, none),
			   say_arch(arena, data->arch));
}

/* The argument that the condition looks at, or NULL. */
static const struct argument *argument_of(const struct call *call, const struct condition *c)
{
	return call != NULL && (unsigned int)c->field < call->nargs ? &call->args[c->field] : NULL;
}

/* Numbers from 10 on are hexadecimal. */
static const char *say_number(struct arena *arena, uint64_t n)
{
	return arena_print(arena, n < 10 ? "%" PRIu64 : "0x%" PRIx64, n);
}

const char *say_seen(struct arena *arena, const struct call *call, const struct condition *c, uint64_t value)
{
	const struct argument *a = argument_of(call, c);
	const char *name;

	if (c->field == FIELD_NR)
		return arena_print(arena, "%" PRIu64, value);
	if (a == NULL || (c->mask != UINT64_MAX && value == 0))
		return say_number(arena, value);
	/*
	 * A negative int whose upper half is 0 is not what a program passes:
	 * AT_FDCWD is 0xffffffffffffff9c.
	 */
	if (a->type == ARG_INT && c->width == 64 && value <= UINT32_MAX && value > INT32_MAX)
		return say_number(arena, value);
	name = constant_print_bits(arena, a->type, a->kind, value, c->mask);
	if (strlen(name) > NAMES_MAX)
		return say_number(arena, value);
	/* Where only some bits of an argument are looked at, their number is told, too. */
	if (c->mask != UINT64_MAX && strchr(name, 'x') == NULL && (*name < '0' || *name > '9'))
		return arena_print(arena, "%s (%s)", say_number(arena, value), name);
	return name;
}

static const char *field_name(struct arena *arena, const struct call *call, const struct condition *c)
{
	const struct argument *a = argument_of(call, c);

	if (c->field == FIELD_NR)
		return "nr";
	if (c->field == FIELD_IP)
		return "ip";
	return a != NULL ? a->name : arena_print(arena, "args[%u]", (unsigned int)c->field);
}

const char *say_condition(struct arena *arena, const struct call *call, const struct condition *c)
{
	static const char *const tests[] = {
		[TEST_EQ] = "==", [TEST_NE] = "!=", [TEST_LT] = "<",
		[TEST_LE] = "<=", [TEST_GT] = ">",  [TEST_GE] = ">=",
	};
	const struct argument *a = argument_of(call, c);
	const char *name = field_name(arena, call, c);
	const char *half = c->width == 32 && c->field != FIELD_NR ? "(u32) " : "";
	const char *mask = "";

	if (c->mask != UINT64_MAX)
		mask = arena_print(arena, " & %s",
				   a != NULL && constant_is_octal(a->kind) ? arena_print(arena, "%#" PRIo64, c->mask)
									   : say_number(arena, c->mask));
	return arena_print(arena, "%s%s%s %s %s", half, name, mask, tests[c->test], say_seen(arena, call, c, c->value));
}

/* CALL with what its arguments mean where R answers it. */
static struct call meant_by_rule(const struct call *call, const struct rule *r)
{
	uint64_t args[6] = { 0 };
	uint32_t known = 0;

	for (size_t i = 0; i < r->n_conditions; i++) {
		const struct condition *c = &r->conditions[i];

		if (c->test == TEST_EQ && (uint32_t)c->mask == UINT32_MAX && argument_of(call, c) != NULL) {
			args[c->field] = c->value;
			known |= 1U << c->field;
		}
	}
	return call_meant(call, args, known);
}

const char *say_conditions(struct arena *arena, const struct rule *r)
{
	const struct call *call = r->every_call ? NULL : call_by_number(r->nr);
	struct call meant;
	const char *all = "";

	if (call != NULL)
		meant = meant_by_rule(call, r);
	for (size_t i = 0; i < r->n_conditions; i++)
		all = arena_print(arena, "%s%s%s", all, i > 0 ? " and " : "",
				  say_condition(arena, call != NULL ? &meant : NULL, &r->conditions[i]));
	return all;
}

const char *say_place(struct arena *arena, struct place at, bool brief)
{
	unsigned int line, column;

	source_line(at, &line, &column);
	if (line == 0)
		return at.source != NULL ? at.source->name : "";
	return arena_print(arena, "%s:%u", brief ? "" : at.source->name, line);
}

void say_words(FILE *to, const char *text, size_t column, const char *indent)
{
	bool first = true;

	while (*text != '\0') {
		const size_t n = strcspn(text, " ");

		if (!first && column + 1 + n > WIDTH) {
			fprintf(to, "\n%s", indent);
			column = strlen(indent);
			first = true;
		}
		if (!first) {
			fputc(' ', to);
			column++;
		}
		for (size_t i = 0; i < n; i++)
			fputc(text[i] == '\n' ? '\n' : source_shown((unsigned char)text[i]), to);
		column += n;
		first = false;
		text += n;
		text += strspn(text, " ");
	}
	fputc('\n', to);
}

const char *say_folded(struct arena *arena, const char *text, size_t columns)
{
	const size_t blanks = strspn(text, " ");
	const char *folded = "";
	size_t room = columns;

	while (strlen(text) > room) {
		const size_t least = *folded == '\0' ? blanks : 0;
		size_t n = room;

		while (n > least && text[n] != ' ')
			n--;
		if (n == least)
			n += strcspn(text + n, " ");
		if (text[n] == '\0')
			break;
		folded = arena_print(arena, "%s%.*s\n%*s", folded, (int)n, text, (int)blanks + INDENT, "");
		text += n + 1;
		room = columns - blanks - INDENT;
	}
	return arena_print(arena, "%s%s", folded, text);
}

void say_names(FILE *to, const char *names, const char *indent, bool all)
{
	static const char more[] = " ... (--all)";
	unsigned int rows = 1;
	size_t column = 0;

	for (const char *s = names; *s != '\0'; s += strspn(s, " ")) {
		const size_t length = strcspn(s, " ");

		if (column > 0 && column + 1 + length > WIDTH - (all || rows < SHORT_LINES ? 0 : strlen(more))) {
			if (++rows > SHORT_LINES && !all) {
				fputs(more, to);
				break;
			}
			fputc('\n', to);
			column = 0;
		}
		fprintf(to, "%s%.*s", column == 0 ? indent : " ", (int)length, s);
		column += length + (column == 0 ? strlen(indent) : 1);
		s += length;
	}
	fputc('\n', to);
}
