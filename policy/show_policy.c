/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_policy.c - what a policy allows and refuses, by answer.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "foreign.h"
#include "say.h"
#include "show.h"
#include "summary.h"
#include "ways.h"

#define ANSWERS_MAX 8U
#define ABOVE_MAX 4U /* lines about numbers above all calls, unless all are wanted */

/* What calls are answered: one entry a call. */
struct line {
	const struct call *call;
	bool constant;
	uint32_t ret;
	struct outcomes outcomes; /* unless it is constant */
};

static int by_severity(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (int32_t)x == (int32_t)y ? 0 : (int32_t)x > (int32_t)y ? -1 : 1;
}

/* The names of the calls that are answered RET, whatever their arguments. */
static const char *names_of(struct arena *arena, const struct line *lines, size_t n, uint32_t ret)
{
	const char *names = "";

	for (size_t i = 0; i < n; i++)
		if (lines[i].constant && lines[i].ret == ret)
			names = arena_print(arena, "%s%s%s", names, *names != '\0' ? " " : "", lines[i].call->name);
	return names;
}

const char *show_answers(struct arena *arena, const struct outcomes *o)
{
	const char *text = "";
	uint32_t told[ANSWERS_MAX];
	size_t n = 0;
	bool a = false;

	for (size_t i = 0; i < o->n && n < ANSWERS_MAX; i++) {
		const struct value ret = o->list[i].ret;
		bool known = ret.term != NULL && a;

		for (size_t k = 0; k < n && ret.term == NULL; k++)
			known |= told[k] == ret.k;
		if (known)
			continue;
		a |= ret.term != NULL;
		if (ret.term == NULL)
			told[n++] = ret.k;
		text = arena_print(arena, "%s%s%s", text, *text != '\0' ? " or " : "",
				   ret.term != NULL ? "what A holds" : say_answer(arena, ret.k));
	}
	return n < ANSWERS_MAX ? text : arena_print(arena, "%s or others", text);
}

/*
 * The same of a program: by the ways through it, or, where they are too
 * many, only which answers there are.
 */
static void print_ways(FILE *to, struct arena *arena, const struct policy *p, uint32_t arch, const struct line *l)
{
	const struct query q = { .data = { .nr = (int)l->call->nr, .arch = arch } };

	if (!ways_print(to, arena, p->program, p->len, &q, "    "))
		fprintf(to, "    %s, by its arguments\n", show_answers(arena, &l->outcomes));
}

/* The outcomes of a call whose answer depends on its arguments. */
static void print_conditions(FILE *to, struct arena *arena, const struct policy *p, uint32_t arch, const struct line *l)
{
	fprintf(to, "  %s:\n", l->call->name);
	if (p->program != NULL) {
		print_ways(to, arena, p, arch, l);
		return;
	}
	for (size_t i = 0; i < l->outcomes.n; i++) {
		const struct outcome *o = &l->outcomes.list[i];

		if (o->rule == NULL)
			fprintf(to, "    else %s\n", say_answer(arena, o->ret.k));
		else
			fprintf(to, "    %s%s%s   %s\n", say_answer(arena, o->ret.k), o->when != NULL ? " when " : "",
				o->when != NULL ? say_conditions(arena, o->rule) : "",
				o->rule->implied ? o->rule->comment : say_place(arena, o->rule->at, true));
	}
}

/*
 * What machines a program is made for, if not for riscv64 alone; the calls of ARCH are told below.
 */
static void print_made_for(FILE *to, struct arena *arena, const struct policy *p, uint32_t arch)
{
	uint32_t archs[SUMMARY_ARCHS];
	const size_t n = summary_archs(p->program, p->len, archs);
	const char *names = "";
	bool meant = false;

	for (size_t i = 0; i < n; i++) {
		names = arena_print(arena, "%s%s%s", names, i == 0 ? "" : ", ", say_arch(arena, archs[i]));
		meant |= archs[i] == arch;
	}
	if (n > 1 || (n == 1 && archs[0] != AUDIT_ARCH_RISCV64))
		fprintf(to, "  made for %s\n", names);
	if (n == 0 && p->program != NULL)
		fprintf(to, "  never looks at the architecture: numbers are told as %s's (--arch=NAME: as another's)\n",
			say_arch(arena, arch));
	if (p->program == NULL && arch != AUDIT_ARCH_RISCV64)
		fprintf(to, "  compiled for riscv64, as it is here: calls of %s are another architecture's\n",
			say_arch(arena, arch));
	if (n > 1 || (n == 1 && !meant))
		fprintf(to, "  what it answers to calls of %s (--arch=NAME: of another one):\n", say_arch(arena, arch));
}

static void print_head(FILE *to, struct arena *arena, const struct policy *p, uint32_t arch)
{
	fprintf(to, "%s: %s", p->name, p->form);
	if (p->program != NULL)
		fprintf(to, ", %" PRIu32 " instructions\n", p->len);
	else
		fprintf(to, "; default %s; other architectures %s\n", say_answer(arena, p->otherwise),
			p->every_arch ? "likewise" : say_answer(arena, p->foreign));
	if ((p->flags & SECCOMP_FILTER_FLAG_LOG) != 0)
		fputs("  with SECCOMP_FILTER_FLAG_LOG: what it refuses is logged\n", to);
	print_made_for(to, arena, p, arch);
}

/* Numbers above those of all calls, as far as they are answered alike. */
struct above {
	struct arena *arena;
	uint32_t arch, first, last; /* which numbers are looked at */
	struct above_run {
		uint32_t first, last;
		bool constant;
		uint32_t ret;
	} * runs;
	size_t n, room;
};

/* The boxes of one architecture come in the order of their numbers. */
static bool take_above(void *arg, struct asker *asker, const struct box_view *view)
{
	struct above *a = arg;
	const uint32_t first = view->box->nr[0] > a->first ? view->box->nr[0] : a->first,
		       last = view->box->nr[1] < a->last ? view->box->nr[1] : a->last;
	struct above_run *run = a->n > 0 ? &a->runs[a->n - 1] : NULL;

	(void)asker;
	if (!box_has_arch(view->box, a->arch) || first > last)
		return true;
	if (run == NULL || run->constant != view->constant[0] || (run->constant && run->ret != view->ret[0])) {
		a->runs = arena_grow(a->arena, a->runs, a->n, 1, sizeof(*a->runs), &a->room);
		run = &a->runs[a->n++];
		*run = (struct above_run){ .first = first, .constant = view->constant[0], .ret = view->ret[0] };
	}
	run->last = last;
	return true;
}

/* As it is compared: those of calls are decimal, bits are not. */
static const char *number_text(struct arena *arena, uint32_t nr)
{
	return arena_print(arena, nr < 4096 ? "%" PRIu32 : "0x%" PRIx32, nr);
}

static void print_above(FILE *to, const struct above *a, bool all)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct above_run *run = &a->runs[i];
		const char *answer = run->constant ? say_answer(a->arena, run->ret) : "by arguments";

		if (a->n == 1)
			fprintf(to, "  numbers above all of these: %s\n", answer);
		else if (i == ABOVE_MAX && !all)
			fputs("  ... (--all)\n", to);
		else if (i > ABOVE_MAX && !all)
			return;
		else if (run->first == run->last)
			fprintf(to, "  number %s: %s\n", number_text(a->arena, run->first), answer);
		else
			fprintf(to, "  numbers %s to %s: %s\n", number_text(a->arena, run->first),
				number_text(a->arena, run->last), answer);
	}
}

/*
 * What numbers that have no call are answered. x32's calls come with x86-64's architecture and a
 * bit in the number: who forgets it lets them pass.
 */
static void print_unnamed(FILE *to, struct asker *asker, struct arena *arena, const struct subject *s, uint32_t arch,
			  bool all)
{
	const struct side side = { s, 1 }, nothing = { NULL, 0 };
	const struct outcomes x32 = show_outcomes(asker, s, arch, X32_BIT | 1), others = show_outcomes(asker, s, 0, 0);
	struct above above = { .arena = arena, .arch = arch };
	size_t n;
	const struct call *calls = arch_calls(arch, &n);
	uint32_t ret;

	for (size_t i = 0; i < n; i++)
		above.first = calls[i].nr >= above.first ? calls[i].nr + 1 : above.first;
	above.last = arch == AUDIT_ARCH_X86_64 ? X32_BIT - 1 : UINT32_MAX;
	if (ask_boxes(asker, &side, &nothing, take_above, &above) == ASK_YES)
		print_above(to, &above, all);
	if (arch == AUDIT_ARCH_X86_64 && outcomes_constant(&x32, &ret))
		fprintf(to, "  calls of x32, such as 0x40000001: %s\n", say_answer(arena, ret));
	if (arch != AUDIT_ARCH_RISCV64 && outcomes_constant(&others, &ret))
		fprintf(to, "  other architectures: %s\n", say_answer(arena, ret));
}

void show_policy(FILE *to, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t arch, bool all)
{
	const struct subject s = { .policy = p, .insns = p->program, .len = p->len };
	size_t n, conditional = 0, answers = 0;
	const struct call *calls = arch_calls(arch, &n);
	struct line *lines = arena_zalloc(arena, n * sizeof(*lines));
	uint32_t *rets = arena_zalloc(arena, n * sizeof(*rets));

	print_head(to, arena, p, arch);
	for (size_t i = 0; i < n; i++) {
		lines[i].call = &calls[i];
		lines[i].outcomes = show_outcomes(asker, &s, arch, calls[i].nr);
		lines[i].constant = outcomes_constant(&lines[i].outcomes, &lines[i].ret);
		if (lines[i].constant)
			rets[answers++] = lines[i].ret;
		else
			conditional++;
	}
	qsort(rets, answers, sizeof(*rets), by_severity);
	for (size_t i = 0, same; i < answers; i += same) {
		for (same = 1; i + same < answers && rets[i + same] == rets[i];)
			same++;
		fprintf(to, "%s: %zu call%s\n", say_answer(arena, rets[i]), same, same == 1 ? "" : "s");
		say_names(to, names_of(arena, lines, n, rets[i]), "    ", all);
	}
	if (conditional > 0)
		fprintf(to, "by arguments: %zu call%s\n", conditional, conditional == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++)
		if (!lines[i].constant)
			print_conditions(to, arena, p, arch, &lines[i]);
	print_unnamed(to, asker, arena, &s, arch, all);
}
