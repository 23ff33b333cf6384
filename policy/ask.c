/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ask.c - equality and differences of two functions of seccomp_data; see ask.h.
 */
#include "ask.h"

#include <string.h>

#include "build.h"
#include "seccomp.h"

#define BOXES_MAX 200000U

void ask_free(struct asker *a)
{
	if (a->solver != NULL)
		Z3_solver_dec_ref(a->sym.z3, a->solver);
	symbols_free(&a->sym);
	arena_free(&a->arena);
}

Z3_ast stricter_term(struct asker *a, Z3_ast x, Z3_ast y)
{
	const Z3_ast action = symbol_constant(&a->sym, SECCOMP_RET_ACTION_FULL);

	return Z3_mk_bvslt(a->sym.z3, Z3_mk_bvand(a->sym.z3, x, action), Z3_mk_bvand(a->sym.z3, y, action));
}

/* ---- sides ---- */

uint32_t side_answer(const struct side *side, const struct seccomp_data *data)
{
	uint32_t ret = SECCOMP_RET_ALLOW;

	for (size_t i = side->n; i-- > 0;) {
		const struct subject *s = &side->subjects[i];
		const uint32_t one = s->insns != NULL ? seccomp_run(s->insns, s->len, data).ret
						      : policy_meaning(s->policy, data, NULL);

		if (seccomp_stricter(one, ret))
			ret = one;
	}
	return ret;
}

/* The answer of a side over a box into VIEW; false if the box is to be cut. */
static bool view_side(struct asker *a, const struct side *side, const struct box *box, struct box_view *view,
		      size_t which, struct cut *cut)
{
	bool constant = true;
	uint32_t ret = SECCOMP_RET_ALLOW;
	Z3_ast term = NULL;

	for (size_t i = side->n; i-- > 0;) {
		struct outcomes out = { 0 };
		uint32_t one;
		Z3_ast other;

		symbolic_outcomes(&a->sym, &a->arena, &side->subjects[i], box, &out, cut);
		if (cut->needed)
			return false;
		if (constant && outcomes_constant(&out, &one)) {
			ret = seccomp_stricter(one, ret) ? one : ret;
			continue;
		}
		other = outcomes_term(&a->sym, &out);
		if (constant)
			term = symbol_constant(&a->sym, ret);
		constant = false;
		term = Z3_mk_ite(a->sym.z3, stricter_term(a, other, term), other, term);
	}
	/* The answer of a single filter is taken unchanged: ALLOW keeps its data. */
	view->constant[which] = constant;
	view->ret[which] = ret;
	view->term[which] = constant ? NULL : term;
	return true;
}

static void cut_box(const struct box *box, const struct cut *cut, struct box *low, struct box *high)
{
	*low = *high = *box;
	if (cut->arch) {
		low->arch[1] = cut->at - 1;
		high->arch[0] = cut->at;
	} else {
		low->nr[1] = cut->at - 1;
		high->nr[0] = cut->at;
	}
}

enum ask_answer ask_boxes(struct asker *a, const struct side *left, const struct side *right,
			  bool (*visit)(void *arg, struct asker *a, const struct box_view *view), void *arg)
{
	struct box *todo = NULL;
	size_t n = 1, room = 0, seen = 0;

	todo = arena_grow(&a->arena, todo, 0, 64, sizeof(*todo), &room);
	todo[0] = whole_box;
	while (n > 0) {
		const struct box box = todo[--n];
		struct box_view view = { .box = &box };
		struct cut cut = { 0 };

		if (++seen > BOXES_MAX || ask_time_is_up(a)) {
			ask_leave_open(a, &box);
			return ASK_UNDECIDED;
		}
		if (view_side(a, left, &box, &view, 0, &cut) && view_side(a, right, &box, &view, 1, &cut)) {
			if (!visit(arg, a, &view))
				return ASK_YES;
			continue;
		}
		todo = arena_grow(&a->arena, todo, n, 2, sizeof(*todo), &room);
		cut_box(&box, &cut, &todo[n + 1], &todo[n]);
		n += 2;
	}
	return ASK_YES;
}

/* ---- equality ---- */

struct equality {
	enum ask_answer answer;
	struct seccomp_data *example;
};

static bool visit_equality(void *arg, struct asker *a, const struct box_view *view)
{
	struct equality *e = arg;
	Z3_ast terms[2], differ = NULL;
	enum ask_answer found;

	if (view->constant[0] && view->constant[1] && view->ret[0] == view->ret[1])
		return true;
	if (!view->constant[0] || !view->constant[1]) {
		for (size_t i = 0; i < 2; i++)
			terms[i] = view->constant[i] ? symbol_constant(&a->sym, view->ret[i]) : view->term[i];
		if (terms[0] == terms[1])
			return true;
		differ = Z3_mk_not(a->sym.z3, Z3_mk_eq(a->sym.z3, terms[0], terms[1]));
	}
	found = ask_example(a, view->box, differ, e->example);
	if (found == ASK_NO)
		return true;
	e->answer = found == ASK_YES ? ASK_NO : ASK_UNDECIDED;
	return found == ASK_UNDECIDED;
}

enum ask_answer ask_equal(struct asker *a, const struct side *left, const struct side *right,
			  struct seccomp_data *example)
{
	struct equality e = { ASK_YES, example };

	if (ask_boxes(a, left, right, visit_equality, &e) != ASK_YES)
		return ASK_UNDECIDED;
	/* The sides are run with the call that z3 found: they must differ. */
	if (e.answer == ASK_NO && side_answer(left, example) == side_answer(right, example))
		return ASK_UNDECIDED;
	return e.answer;
}

enum ask_answer ask_compiled(struct asker *a, const struct policy *p, const struct sock_filter *insns, uint32_t len,
			     struct seccomp_data *example)
{
	const struct subject rules = { .policy = p }, program = { .insns = insns, .len = len };
	struct seccomp_answers answers;
	struct seccomp_point *points;
	enum ask_answer answer;

	if (p->program != NULL)
		return ASK_YES;
	points = arena_zalloc(&a->arena, seccomp_answers_scratch(len));
	seccomp_answers_program(&answers, insns, len, p->arch, points);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		*example = (struct seccomp_data){ .nr = (int)nr, .arch = p->arch };
		if (seccomp_answer_is_constant(&answers, nr) && answers.ret[nr] != policy_meaning(p, example, NULL))
			return ASK_NO;
	}
	ask_start_time(a);
	a->proves = true;
	answer = ask_equal(a, &(struct side){ &rules, 1 }, &(struct side){ &program, 1 }, example);
	a->proves = false;
	ask_start_time(a);
	return answer;
}
