/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diff_say.c - see diff_say.h.
 */
#include "diff_say.h"

#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "foreign.h"
#include "say.h"

#define WIDTH 79U
#define INDENT "            "
#define NUMBERS 1024U /* no call of any architecture that is known has a higher number */

/* Which calls a box is about, as far as that can be said. Of OTHERS, riscv64 may be one. */
enum reach { REACH_ONE_ARCH, REACH_SOME_ARCHS, REACH_OTHERS };

static bool is_of_every_arch(const struct box *box)
{
	return box->arch[0] == 0 && box->arch[1] == UINT32_MAX;
}

static bool is_of_every_number(const struct box *box)
{
	return box->nr[0] == 0 && box->nr[1] == UINT32_MAX;
}

static enum reach reach_of(const struct box *box)
{
	if (box->arch[0] == box->arch[1] && seccomp_arch_name(box->arch[0]) != NULL)
		return REACH_ONE_ARCH;
	if (!box_has_arch(box, AUDIT_ARCH_RISCV64))
		return REACH_OTHERS;
	return is_of_every_number(box) && !is_of_every_arch(box) ? REACH_OTHERS : REACH_SOME_ARCHS;
}

static const char *say_why(struct arena *arena, const struct run_stack *run, const struct seccomp_data *data)
{
	const struct policy *p = run_stack_decider(run, data);

	/* If all filters allow the call, none of them decides. */
	if (p == NULL && run->stack->depth == 1)
		p = run->stack->oldest;
	return p != NULL ? run_stack_why(arena, p, data) : "all allow";
}

static bool is_alike(const struct diff_group *g, const struct difference *x, const char *const reasons[2])
{
	const struct difference *f = g->first;

	return f->always && x->always && f->change == x->change && f->old == x->old &&
	       f->new == x->new &&reach_of(&f->box) == reach_of(&x->box) &&
	       (reach_of(&f->box) != REACH_ONE_ARCH || f->box.arch[0] == x->box.arch[0]) &&
	       strcmp(g->why[0], reasons[0]) == 0 && strcmp(g->why[1], reasons[1]) == 0;
}

static void add_name(struct arena *arena, struct diff_group *g, const char *name)
{
	g->names = arena_print(arena, "%s%s%s%s", g->names, *g->names != '\0' ? " " : "", name,
			       g->first->always ? "(*)" : "");
	g->n++;
}

/* Names where numbers have some; what lies above all of them in one word. */
static void add_calls_of_arch(struct arena *arena, struct diff_group *g, const struct box *box)
{
	const size_t before = g->n;
	const uint32_t arch = box->arch[0];

	for (uint32_t nr = box->nr[0]; nr <= box->nr[1] && nr < NUMBERS; nr++)
		if (foreign_call_name(arch, nr) != NULL)
			add_name(arena, g, foreign_call_name(arch, nr));
	if (g->n > before && box->nr[1] < NUMBERS)
		return;
	g->names = arena_print(arena, "%s%s", g->names, *g->names != '\0' ? " and " : "");
	if (g->n > before && box->nr[1] == UINT32_MAX)
		g->names = arena_print(arena, "%sall numbers above", g->names);
	else if (g->n > before)
		g->names = arena_print(arena, "%snumbers up to %" PRIu32, g->names, box->nr[1]);
	else if (box->nr[0] == box->nr[1])
		g->names = arena_print(arena, "%snumber %" PRIu32, g->names, box->nr[0]);
	else
		g->names = arena_print(arena, "%snumbers %" PRIu32 " to %" PRIu32, g->names, box->nr[0], box->nr[1]);
	g->n += g->n == before ? 1 : 0;
}

static void add_box(struct arena *arena, struct diff_group *g, const struct box *box)
{
	switch (reach_of(box)) {
	case REACH_ONE_ARCH:
		add_calls_of_arch(arena, g, box);
		return;
	case REACH_OTHERS:
		if (box_has_arch(box, AUDIT_ARCH_RISCV64))
			g->names = "calls of riscv64 and other architectures";
		else if (*g->names == '\0')
			g->names = "calls of other architectures";
		g->n = 1;
		return;
	case REACH_SOME_ARCHS:
		break;
	}
	g->names = arena_print(arena, "%s%s", g->names, *g->names != '\0' ? ", " : "");
	if (is_of_every_number(box))
		g->names = arena_print(arena, "%severy call", g->names);
	else if (box->nr[0] == box->nr[1])
		g->names = arena_print(arena, "%snumber %" PRIu32, g->names, box->nr[0]);
	else
		g->names = arena_print(arena, "%snumbers %" PRIu32 " to %" PRIu32, g->names, box->nr[0], box->nr[1]);
	g->n++;
}

const struct diff_group *diff_groups(struct diff *d, size_t *n)
{
	struct diff_group *groups = arena_zalloc(d->arena, (d->n + 1) * sizeof(*groups));

	*n = 0;
	for (size_t i = 0; i < d->n; i++) {
		const struct difference *x = &d->list[i];
		const char *const reasons[2] = { say_why(d->arena, d->old, &x->example),
						 say_why(d->arena, d->new, &x->example) };
		size_t g = 0;

		while (g < *n && !is_alike(&groups[g], x, reasons))
			g++;
		if (g == *n)
			groups[(*n)++] = (struct diff_group){ x, { reasons[0], reasons[1] }, "", 0 };
		/* A call of riscv64 is the better example. */
		else if (x->example.arch == AUDIT_ARCH_RISCV64)
			groups[g].first = x;
		add_box(d->arena, &groups[g], &x->box);
	}
	return groups;
}

size_t diff_count(const struct diff_group *groups, size_t n, enum change change)
{
	size_t calls = 0;

	for (size_t i = 0; i < n; i++)
		calls += groups[i].first->change == change ? groups[i].n : 0;
	return calls;
}

/* Of one architecture that is not riscv64, or of all. */
static const char *arch_of(struct arena *arena, const struct box *box)
{
	if (reach_of(box) == REACH_SOME_ARCHS)
		return is_of_every_arch(box) ? " of every architecture" : " of riscv64 and other architectures";
	if (reach_of(box) == REACH_OTHERS || box->arch[0] == AUDIT_ARCH_RISCV64)
		return "";
	return arena_print(arena, " of %s", seccomp_arch_name(box->arch[0]));
}

void diff_print_group(FILE *to, struct arena *arena, const struct diff_group *group, bool all)
{
	static const char *const words[] = { "weaker", "stricter", "different" };
	const struct difference *x = group->first;
	const char *answers = arena_print(arena, "%s -> %s", say_answer(arena, x->old), say_answer(arena, x->new));
	const char *line =
		arena_print(arena, "  %-9s %s%s: %s", words[x->change], group->names, arch_of(arena, &x->box), answers);

	if (strlen(line) <= WIDTH) {
		fprintf(to, "%s\n", line);
	} else {
		fprintf(to, "  %-9s %zu call%s%s: %s\n", words[x->change], group->n, group->n == 1 ? "" : "s",
			arch_of(arena, &x->box), answers);
		say_names(to, group->names, INDENT, all);
	}
	if (!x->always || group->n != 1 || x->box.nr[0] != x->box.nr[1])
		fprintf(to, INDENT "e.g. %s\n", say_call(arena, &x->example));
	fprintf(to, INDENT "old: %s; new: %s\n", group->why[0], group->why[1]);
}
