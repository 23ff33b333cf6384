/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_time.c - the verdicts of each thread over time: a lane a thread, a mark a call or several.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "report.h"
#include "say.h"

#define LANES_MAX 80U
#define LEFT 168.0 /* of the lanes' names */
#define SLOTS 920U /* across, a pixel each */
#define LANE 19.0
#define TOP 26.0
#define BOTTOM 12.0
#define NAMES_MAX 3U  /* that the tooltip of a mark has */
#define MARKS_MAX 80U /* of a lane that have a tooltip */
#define COMM_MAX 20U  /* of a name */

/* What a thread called while one slot went by. */
struct slot {
	uint32_t calls, refused;
	uint32_t worst;			     /* the strictest answer */
	struct history_call seen[NAMES_MAX]; /* the first ones that were not allowed */
};

struct timeline {
	const struct report *r;
	bool instructions;
	uint64_t length;    /* of the run, at least 1 */
	struct slot *slots; /* SLOTS for each lane */
	size_t lanes;
};

static double x_of(const struct timeline *t, uint64_t time)
{
	return LEFT + (double)(time - t->r->history.start) * SLOTS / (double)t->length;
}

static void take_call(struct timeline *t, const struct history_call *call)
{
	uint64_t at = (call->time - t->r->history.start) * SLOTS / t->length;
	struct slot *s;

	if (call->task >= t->lanes)
		return;
	s = &t->slots[call->task * SLOTS + (at < SLOTS ? at : SLOTS - 1)];
	if (s->calls++ == 0 || seccomp_stricter(call->ret, s->worst))
		s->worst = call->ret;
	if ((call->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
		return;
	if (s->refused++ < NAMES_MAX)
		s->seen[s->refused - 1] = *call;
}

/* ---- the axis ---- */

static const char *time_text(const struct timeline *t, uint64_t ns)
{
	static const struct {
		uint64_t unit;
		const char *count, *time;
	} units[] = { { 1000000000, " G", " s" }, { 1000000, " M", " ms" }, { 1000, " k", " us" }, { 1, "", " ns" } };
	size_t i = 0;

	if (ns == 0)
		return "0";
	while (ns < units[i].unit)
		i++;
	return arena_print(t->r->arena, "%.6g%s", (double)ns / (double)units[i].unit,
			   t->instructions ? units[i].count : units[i].time);
}

/* 1, 2 or 5 times a power of ten, so that there are at most ten steps. */
static uint64_t step_of(uint64_t length)
{
	for (uint64_t power = 1; power <= UINT64_MAX / 50; power *= 10) {
		if (length / power <= 10)
			return power;
		if (length / (2 * power) <= 10)
			return 2 * power;
		if (length / (5 * power) <= 10)
			return 5 * power;
	}
	return length;
}

static void print_axis(FILE *to, const struct timeline *t, double height)
{
	const uint64_t step = step_of(t->length);

	fputs("<g class=\"axis\">", to);
	for (uint64_t at = 0; at <= t->length && at <= t->length - at % step; at += step) {
		const double x = x_of(t, t->r->history.start + at);

		html_print(
			to,
			"<path class=\"rule\" d=\"M%.1f %.1fV%.1f\"/><text x=\"%.1f\" y=\"12\" text-anchor=\"%s\">%s</text>\n",
			x, TOP - 8, height - BOTTOM, x,
			at == 0			? "start"
			: x > LEFT + SLOTS - 30 ? "end"
						: "middle",
			time_text(t, at));
		if (at > UINT64_MAX - step)
			break;
	}
	fputs("</g>\n", to);
}

/* ---- the lanes ---- */

static void print_mark(FILE *to, const struct timeline *t, size_t slot, const struct slot *s, double y, bool title)
{
	html_print(to, "<g class=\"%s\">", shade_of(s->worst)->class);
	if (title) {
		fputs("<title>", to);
		for (uint32_t i = 0; i < s->refused && i < NAMES_MAX; i++)
			html_print(to, "%s%s: %s at %s", i > 0 ? "\n" : "", say_call_name(t->r->arena, s->seen[i].nr),
				   say_answer(t->r->arena, s->seen[i].ret),
				   time_text(t, s->seen[i].time - t->r->history.start));
		if (s->refused > NAMES_MAX)
			html_print(to, "\nand %u more", s->refused - NAMES_MAX);
		fputs("</title>", to);
	}
	html_print(to, "<path class=\"mark\" d=\"M%.1f %.1fv%.0f\"/></g>\n", LEFT + (double)slot + .5, y + 1.5,
		   LANE - 3);
}

static void print_lane(FILE *to, const struct timeline *t, size_t lane)
{
	const struct history_task *task = &t->r->history.tasks[lane];
	const struct slot *slots = &t->slots[lane * SLOTS];
	const double y = TOP + (double)lane * LANE, middle = y + LANE / 2;
	size_t marks = 0;

	html_print(to, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%s <tspan class=\"quiet\">%u</tspan></text>\n",
		   LEFT - 12, middle + 4, report_comm(t->r->arena, task, COMM_MAX), task->tid);
	html_print(to, "<path class=\"life\" d=\"M%.1f %.1fH%.1f\"/>\n", x_of(t, task->born), middle,
		   x_of(t, task->end) + 1);
	fputs("<path class=\"calls\" d=\"", to);
	for (size_t i = 0; i < SLOTS; i++)
		if (slots[i].calls > slots[i].refused)
			html_print(to, "M%zu.5 %.1fv7", (size_t)LEFT + i, middle - 3.5);
	fputs("\"/>\n", to);
	for (size_t i = 0; i < SLOTS; i++)
		if (slots[i].refused > 0)
			print_mark(to, t, i, &slots[i], y, marks++ < MARKS_MAX);
	for (size_t i = 0; i < task->n_steps && i < MARKS_MAX; i++) {
		const struct history_step *s = &task->steps[i];

		if (s->kind != HISTORY_INSTALL || s->filter == NULL)
			continue;
		html_print(
			to,
			"<path class=\"install\" d=\"M%.1f %.1fl-4 -6h8z\"><title>filter %u installed: %s</title></path>\n",
			x_of(t, s->time), middle + 1, (unsigned int)s->filter->node.id,
			report_filter_words(t->r->arena, report_find(t->r, s->filter->node.id)));
	}
}

bool report_time(struct picture *p, const struct report *r, bool instructions, size_t *left_out)
{
	struct timeline *t = arena_zalloc(r->arena, sizeof(*t));
	FILE *to = picture_begin(p, "Verdicts over time");
	double height;

	if (to == NULL)
		return false;
	*t = (struct timeline){ .r = r, .instructions = instructions };
	t->lanes = r->history.n < LANES_MAX ? r->history.n : LANES_MAX;
	t->length = r->history.end > r->history.start ? r->history.end - r->history.start : 1;
	t->slots = arena_zalloc(r->arena, (t->lanes + 1) * SLOTS * sizeof(*t->slots));
	*left_out = r->history.n - t->lanes;
	height = TOP + (double)t->lanes * LANE + BOTTOM;
	for (size_t i = 0; i < r->history.n_calls; i++)
		take_call(t, &r->history.calls[i]);
	print_axis(to, t, height);
	for (size_t i = 0; i < t->lanes; i++)
		print_lane(to, t, i);
	picture_end(p, to, LEFT + SLOTS + 20, height);
	p->words = arena_print(r->arena, "%" PRIu64 " calls of %zu threads, %" PRIu64 " of them not allowed",
			       r->run.calls, r->history.n, r->run.refused);
	return true;
}
