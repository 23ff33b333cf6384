/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_names.c - checks: names and numbers of calls that riscv64 has not, and what the reader of a
 * form had to say.
 */
#include <inttypes.h>
#include <string.h>

#include "build.h"
#include "check.h"
#include "names.h"
#include "summary.h"

#define NAMES_MAX 8U
#define LIBSECCOMP_FIRST (-10400) /* libseccomp numbers calls that an architecture has not from here to -10000 */

/* Names that are told in one finding. */
struct list {
	size_t n;
	const char *names;
	struct place at;
};

static void add_name(struct checker *c, struct list *l, const char *name, const char *instead, struct place at)
{
	if (l->n == 0)
		l->at = at;
	if (l->n++ < NAMES_MAX)
		l->names = arena_print(c->arena, "%s%s%s%s%s%s", l->names, l->n > 1 ? ", " : "", name,
				       *instead != '\0' ? " (" : "", instead, *instead != '\0' ? ")" : "");
	else if (l->n == NAMES_MAX + 1)
		l->names = arena_print(c->arena, "%s, ...", l->names);
}

/*
 * Does an active rule name the call? Also true if NAME is no single call, but several with commas.
 */
static bool names_call(const struct policy *p, const char *name)
{
	const struct call *call = call_by_name(name, strlen(name));

	for (size_t i = 0; call != NULL && i < p->n_rules; i++)
		if (p->rules[i].inactive == NULL && !p->rules[i].every_call && p->rules[i].nr == call->nr)
			return true;
	return call == NULL;
}

static bool is_repeated(const struct policy *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(p->missing[k].name, p->missing[i].name) == 0)
			return true;
	return false;
}

static void check_missing(struct checker *c)
{
	const struct policy *p = c->policy;
	struct list open = { .names = "" }, covered = { .names = "" };

	for (size_t i = 0; i < p->n_missing; i++) {
		const struct missing *m = &p->missing[i];
		const char *instead = call_instead(m->name, strlen(m->name));

		if (is_repeated(p, i))
			continue;
		if (instead == NULL)
			check_found(c, CHECK_NAME_UNKNOWN, m->at, call_advice(c->arena, m->name, strlen(m->name)),
				    "no architecture has a call of that name: %s; the name counts for nothing",
				    m->name);
		else if (*instead != '\0' && !names_call(p, instead))
			add_name(c, &open, m->name, instead, m->at);
		else
			add_name(c, &covered, m->name, instead, m->at);
	}
	if (open.n > 0)
		check_found(c, CHECK_NAME_REPLACED, open.at, NULL,
			    "riscv64 has no such %s, and of what is called instead the policy says nothing: %s",
			    open.n == 1 ? "call" : "calls", open.names);
	if (covered.n > 0)
		check_found(c, CHECK_NAME_ABSENT, covered.at, NULL,
			    "riscv64 has no such %s (what is called instead): %s", covered.n == 1 ? "call" : "calls",
			    covered.names);
}

/* The numbers with which a program compares the call's, and which no call of riscv64 has. */
static void check_numbers(struct checker *c)
{
	const struct policy *p = c->policy;
	struct list none = { .names = "" }, marks = { .names = "" }, x32 = { .names = "" };
	bool loaded = false;

	for (uint32_t pc = 0; pc < p->len; pc++) {
		const struct sock_filter *i = &p->program[pc];
		const struct place at = p->program_at != NULL ? p->program_at[pc] : p->at;
		const char *word = arena_print(c->arena, "%" PRIu32, i->k);

		if (BPF_CLASS(i->code) == BPF_LD)
			loaded = i->code == (BPF_LD | BPF_W | BPF_ABS) && i->k == SECCOMP_NR;
		if (!loaded || BPF_CLASS(i->code) != BPF_JMP || BPF_SRC(i->code) != BPF_K)
			continue;
		if (BPF_OP(i->code) != BPF_JA && i->k >> 30 == 1)
			add_name(c, &x32, "0x40000000", "", at);
		else if (BPF_OP(i->code) == BPF_JEQ && (int32_t)i->k < -1 && (int32_t)i->k >= LIBSECCOMP_FIRST)
			add_name(c, &marks, word, "", at);
		else if (BPF_OP(i->code) == BPF_JEQ && i->k != UINT32_MAX && call_by_number(i->k) == NULL)
			add_name(c, &none, word, "", at);
	}
	if (none.n > 0)
		check_found(c, CHECK_NUMBER_UNKNOWN, none.at, NULL,
			    "no call of riscv64 has the number that it looks for: %s", none.names);
	if (marks.n > 0)
		check_found(c, CHECK_NUMBER_PSEUDO, marks.at, NULL,
			    "looks for libseccomp's numbers for calls that riscv64 has not: %s", marks.names);
	if (x32.n > 0)
		check_found(c, CHECK_X32, x32.at, NULL, "looks for x32's bit 0x40000000 in the number");
}

void check_names(struct checker *c)
{
	if (c->policy->program == NULL)
		check_missing(c);
	else if (summary_other_arch(c->policy->program, c->policy->len) == 0)
		check_numbers(c);
}

void check_notes(struct checker *c, const struct notes *notes)
{
	c->policy = NULL;
	for (const struct note *n = notes->first; n != NULL; n = n->next)
		if (n->kind != NOTE_ERROR)
			check_found_call(c, CHECK_FORM, n->kind == NOTE_WARNING ? SEVERITY_WARNING : SEVERITY_NOTE,
					 n->at, *n->hint != '\0' ? n->hint : "", NULL, "%s", n->text);
}
