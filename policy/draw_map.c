/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draw_map.c - the answers to numbers 0 to 511 as a map of 8 lines, 64 a line; and where two stacks
 * differ.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "html.h"
#include "foreign.h"
#include "say.h"
#include "show.h"

#define CELL_WIDTH 15.0
#define CELL_HEIGHT 20.0
#define STEP_X 16.0 /* from one cell to the next */
#define STEP_Y 21.5
#define GAP 6.0	    /* between eights */
#define LEFT 34.0   /* of the numbers before each line */
#define TOP 20.0    /* of the numbers above */
#define LEGEND 34.0 /* below */
#define LETTER 6.9  /* of 11.5 px */

#define WIDTH (LEFT + 64 * STEP_X + 7 * GAP)
#define HEIGHT (TOP + 8 * STEP_Y + LEGEND)

static double x_of(uint32_t nr)
{
	return LEFT + nr % 64 * STEP_X + nr % 64 / 8 * GAP;
}

static double y_of(uint32_t nr)
{
	return TOP + nr / 64 * STEP_Y;
}

/* The numbers at the sides. */
static void print_axes(FILE *to)
{
	fputs("<g class=\"axis\">", to);
	for (uint32_t nr = 0; nr < 64; nr += 8)
		html_print(to, "<text x=\"%.1f\" y=\"%.1f\">%u</text>", x_of(nr), TOP - 6, nr);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr += 64)
		html_print(to, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%u</text>", LEFT - 8, y_of(nr) + 14,
			   nr);
	fputs("</g>\n", to);
}

static void print_cell(FILE *to, uint32_t nr, const struct shade *shade, bool absent, const char *title, uint64_t count)
{
	const double x = x_of(nr), y = y_of(nr);

	html_print(
		to,
		"<g class=\"%s%s%s\"><title>%s</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" rx=\"2.5\"/>",
		shade->class, absent ? " none" : "", count > 0 ? " made" : "", title, x, y, CELL_WIDTH, CELL_HEIGHT);
	if (!absent || shade == &shade_arguments)
		html_print(to, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x + CELL_WIDTH / 2, y + 14, shade->letter);
	if (count > 0)
		html_print(to, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>", x + CELL_WIDTH - 3.5, y + 3.5);
	fputs("</g>\n", to);
}

/* What the letters and colours of a map mean: those that are in it. */
struct legend {
	const struct shade *shades[16];
	size_t counts[16], n;
};

static void legend_count(struct legend *l, const struct shade *shade)
{
	size_t i = 0;

	while (i < l->n && strcmp(l->shades[i]->class, shade->class) != 0)
		i++;
	if (i == l->n) {
		if (l->n == 16)
			return;
		l->shades[l->n++] = shade;
	}
	l->counts[i]++;
}

static void print_legend(FILE *to, struct arena *arena, const struct legend *l, uint32_t arch, bool made)
{
	double x = LEFT;
	const double y = TOP + 8 * STEP_Y + 8;

	for (size_t i = 0; i < l->n; i++) {
		const bool absent = l->shades[i] == &shade_absent;
		const char *text = absent ? arena_print(arena, "%s has no such call", say_arch(arena, arch))
					  : arena_print(arena, "%s %zu", l->shades[i]->name, l->counts[i]);

		html_print(to,
			   "<g class=\"%s%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.0f\" rx=\"2.5\"/>"
			   "<text x=\"%.1f\" y=\"%.1f\">%s</text></g>",
			   l->shades[i]->class, absent ? " none" : "", x, y, CELL_WIDTH, CELL_HEIGHT,
			   x + CELL_WIDTH / 2, y + 14, l->shades[i]->letter);
		html_print(to, "<text class=\"legend\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", x + CELL_WIDTH + 6, y + 14,
			   text);
		x += CELL_WIDTH + 6 + (double)strlen(text) * LETTER + 18;
	}
	if (made)
		html_print(
			to,
			"<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/><text class=\"legend\" x=\"%.1f\" y=\"%.1f\">"
			"the run made it</text>\n",
			x + 6, y + 10, x + 15, y + 14);
}

/* "63 read" */
static const char *number_name(struct arena *arena, uint32_t arch, uint32_t nr)
{
	const struct call *call = arch_call(arch, nr);

	return arena_print(arena, call != NULL ? "%" PRIu32 " %s" : "%" PRIu32 " (no call of %s)", nr,
			   call != NULL ? call->name : say_arch(arena, arch));
}

void map_make(struct map_cell cells[SECCOMP_GATE_NRS], struct asker *asker, struct arena *arena,
	      const struct run_stack *run, uint32_t arch)
{
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct seccomp_data data = { .nr = (int)nr, .arch = arch };
		const struct seccomp_verdict v = seccomp_evaluate(run->newest, 0, &data);
		const struct policy *by = v.match != NULL ? run->policies[v.match->id - 1] : run->stack->oldest;
		struct map_cell *cell = &cells[nr];
		uint32_t one;

		*cell = (struct map_cell){ .constant = true, .ret = v.ret };
		for (size_t i = 0; i < run->side.n; i++) {
			const struct outcomes o = show_outcomes(asker, &run->side.subjects[i], arch, nr);

			cell->constant &= outcomes_constant(&o, &one);
		}
		cell->title = arena_print(arena, "%s: %s", number_name(arena, arch, nr),
					  cell->constant ? say_answer(arena, v.ret) : shade_arguments.name);
		if (cell->constant && (v.match != NULL || run->stack->depth == 1))
			cell->title = arena_print(arena, "%s\n%s", cell->title, run_stack_why(arena, by, &data));
	}
}

bool map_draw(struct picture *p, struct arena *arena, const char *title, uint32_t arch,
	      const struct map_cell cells[SECCOMP_GATE_NRS])
{
	struct legend legend = { 0 };
	bool made = false;
	FILE *to = picture_begin(p, title);

	if (to == NULL)
		return false;
	print_axes(to);
	fputs("<g class=\"cells\">\n", to);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct map_cell *cell = &cells[nr];
		const struct shade *shade = cell->shade != NULL ? cell->shade
					    : cell->constant	? shade_of(cell->ret)
								: &shade_arguments;
		const bool absent = arch_call(arch, nr) == NULL;

		if (!absent)
			legend_count(&legend, shade);
		made |= cell->count > 0;
		print_cell(to, nr, shade, absent, cell->title, cell->count);
	}
	legend_count(&legend, &shade_absent);
	print_legend(to, arena, &legend, arch, made);
	fputs("</g>\n", to);
	picture_end(p, to, WIDTH, HEIGHT);
	p->words = "";
	for (size_t i = 0; i + 1 < legend.n; i++)
		p->words = arena_print(arena, "%s%s%s: %zu call%s", p->words, i > 0 ? "; " : "", legend.shades[i]->name,
				       legend.counts[i], legend.counts[i] == 1 ? "" : "s");
	return true;
}

/* Is the difference about number NR of ARCH? */
static bool is_about(const struct difference *x, uint32_t arch, uint32_t nr)
{
	return x->box.nr[0] <= nr && nr <= x->box.nr[1] && box_has_arch(&x->box, arch);
}

bool map_draw_diff(struct picture *p, const struct diff *d, uint32_t arch)
{
	static const struct shade same = { "same", "", "the same" };
	struct legend legend = { 0 };
	FILE *to = picture_begin(p, "Where they differ");

	if (to == NULL)
		return false;
	print_axes(to);
	fputs("<g class=\"cells\">\n", to);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct call *call = arch_call(arch, nr);
		const struct shade *shade = &same;
		const char *title = number_name(d->arena, arch, nr);

		for (size_t i = 0; i < d->n; i++) {
			const struct difference *x = &d->list[i];

			if (!is_about(x, arch, nr))
				continue;
			if (shade == &same || x->change < shade - shade_of_change)
				shade = &shade_of_change[x->change];
			title = arena_print(d->arena, "%s\n%s: %s -> %s%s%s", title, shade_of_change[x->change].name,
					    say_answer(d->arena, x->old), say_answer(d->arena, x->new),
					    x->always ? "" : ", e.g. ",
					    x->always ? "" : say_call(d->arena, &x->example));
		}
		if (call != NULL)
			legend_count(&legend, shade);
		print_cell(to, nr, shade, call == NULL && shade == &same, title, 0);
	}
	print_legend(to, d->arena, &legend, arch, false);
	fputs("</g>\n", to);
	picture_end(p, to, WIDTH, HEIGHT);
	p->words = "";
	for (size_t i = 0; i < legend.n; i++)
		p->words = arena_print(d->arena, "%s%s%s: %zu", p->words, i > 0 ? "; " : "", legend.shades[i]->name,
				       legend.counts[i]);
	return true;
}
