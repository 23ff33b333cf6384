/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * convert.c - a program as bytes, C, assembler text, pseudo filter code; see convert.h.
 */
#include "convert.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "asm_text.h"
#include "disasm.h"
#include "say.h"
#include "summary.h"

bool convert_raw(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	(void)stack;
	(void)p;
	_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "riscv64's byte order is this machine's");
	fwrite(insns, sizeof(*insns), len, to);
	return true;
}

/* The policy's name as an identifier of C. */
static const char *c_identifier(struct arena *arena, const struct policy *p)
{
	const char *slash = strrchr(p->name, '/');
	char *name = arena_print(arena, "filter_%s", slash != NULL ? slash + 1 : p->name);

	for (char *c = name; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	return name;
}

/* A file's name, in which nothing ends the comment. */
static void put_in_comment(FILE *to, const char *name)
{
	for (; *name != '\0'; name++)
		fputc(*name == '*' ? '?' : source_shown((unsigned char)*name), to);
}

/* "for riscv64": what architectures the program looks for. */
static const char *say_machines(struct arena *arena, const struct sock_filter *insns, uint32_t len)
{
	uint32_t archs[SUMMARY_ARCHS];
	const size_t n = summary_archs(insns, len, archs);
	const char *all = n > 0 ? "for" : "for whatever machine";

	for (size_t i = 0; i < n; i++)
		all = arena_print(arena, "%s%s %s", all, i > 0 ? " and" : "", say_arch(arena, archs[i]));
	return all;
}

static void write_array(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns,
			uint32_t len)
{
	const char *name = c_identifier(stack->arena, p);
	const char *const *names = asm_comments(stack->arena, insns, len);

	fputs("/* ", to);
	put_in_comment(to, p->name);
	fprintf(to, ", %s: %" PRIu32 " instructions; made by portcullis. */\n", say_machines(stack->arena, insns, len),
		len);
	fprintf(to, "static const struct sock_filter %s[] = {\n", name);
	for (uint32_t i = 0; i < len; i++) {
		char text[SECCOMP_TEXT_MAX];

		seccomp_disasm(text, &insns[i]);
		fprintf(to, "\t{ 0x%02x, %u, %u, 0x%08" PRIx32 " }, /* %" PRIu32 ": %s%s%s */\n", insns[i].code,
			insns[i].jt, insns[i].jf, insns[i].k, i, text, names[i] != NULL ? "  " : "",
			names[i] != NULL ? names[i] : "");
	}
	fputs("};\n", to);
}

bool convert_c(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	fputs("#include <linux/filter.h>\n\n", to);
	write_array(to, stack, p, insns, len);
	fprintf(to,
		"\nstatic const struct sock_fprog %s_prog = {\n\t.len = sizeof(%s) / sizeof(%s[0]),\n"
		"\t.filter = (struct sock_filter *)%s,\n};\n",
		c_identifier(stack->arena, p), c_identifier(stack->arena, p), c_identifier(stack->arena, p),
		c_identifier(stack->arena, p));
	return true;
}

bool convert_h(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	fputs("#pragma once\n\n", to);
	return convert_c(to, stack, p, insns, len);
}

bool convert_asm(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	(void)p;
	fputs(asm_text(stack->arena, insns, len), to);
	return true;
}

static void write_pfc_rule(FILE *to, struct stack *stack, const struct rule *r)
{
	const char *where = say_place(stack->arena, r->at, false);

	if (r->every_call)
		fprintf(to, "  # every call (%s)\n  if (", where);
	else
		fprintf(to, "  # call \"%s\" (%" PRIu32 ") (%s)\n  if ($syscall == %" PRIu32 "%s",
			say_call_name(stack->arena, r->nr), r->nr, where, r->nr, r->n_conditions > 0 ? " && " : "");
	if (r->every_call && r->n_conditions == 0)
		fputs("true", to);
	for (size_t i = 0; i < r->n_conditions; i++)
		fprintf(to, "%s%s", i > 0 ? " && " : "", say_condition(stack->arena, NULL, &r->conditions[i]));
	fprintf(to, ")\n    action %s;\n", say_answer(stack->arena, r->ret));
}

bool convert_pfc(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len)
{
	(void)insns;
	(void)len;
	if (p->program != NULL)
		return note_error(stack->notes, p->at, "--to=asm has its instructions",
				  "pseudo filter code has rules, and this is a program");
	fprintf(to, "# %s\n#\n# pseudo filter code start\n#\n", p->name);
	if (!p->every_arch)
		fprintf(to, "# filter for arch %s (%" PRIu32 ")\nif ($arch == %" PRIu32 ")\n",
			say_arch(stack->arena, p->arch), p->arch, p->arch);
	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].inactive == NULL)
			write_pfc_rule(to, stack, &p->rules[i]);
	fprintf(to, "  # default action\n  action %s;\n", say_answer(stack->arena, p->otherwise));
	if (!p->every_arch)
		fprintf(to, "# invalid architecture action\naction %s;\n", say_answer(stack->arena, p->foreign));
	fputs("#\n# pseudo filter code end\n#\n", to);
	return true;
}
