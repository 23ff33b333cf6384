/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diff.c - see diff.h.
 */
#include "diff.h"

#include <abi/audit.h>

static enum change change_of(uint32_t old, uint32_t new)
{
	if (seccomp_stricter(old, new))
		return CHANGE_WEAKER;
	return seccomp_stricter(new, old) ? CHANGE_STRICTER : CHANGE_OTHER;
}

/* Adds a difference that the example shows, after it was run on both. */
static void add_difference(struct diff *d, const struct box *box, enum change change, bool always,
			   const struct seccomp_data *example)
{
	const uint32_t old = seccomp_evaluate(d->old->newest, 0, example).ret,
		       new = seccomp_evaluate(d->new->newest, 0, example).ret;
	struct difference *last = d->n > 0 ? &d->list[d->n - 1] : NULL;

	if (old == new || change_of(old, new) != change) {
		d->wrong = true;
		return;
	}
	/* Neighbours that differ alike are one difference. */
	if (always && last != NULL && last->always && last->old == old && last->new == new &&
	    last->box.nr[1] + 1 == box->nr[0] && last->box.arch[0] == box->arch[0] &&
	    last->box.arch[1] == box->arch[1]) {
		last->box.nr[1] = box->nr[1];
		return;
	}
	d->list = arena_grow(d->arena, d->list, d->n, 1, sizeof(*d->list), &d->room);
	d->list[d->n++] = (struct difference){ change, *box, old, new, always, *example };
}

static Z3_ast side_term(struct asker *a, const struct box_view *view, size_t which)
{
	return view->constant[which] ? symbol_constant(&a->sym, view->ret[which]) : view->term[which];
}

static bool visit_box(void *arg, struct asker *a, const struct box_view *view)
{
	struct diff *d = arg;
	const bool here = box_has_arch(view->box, AUDIT_ARCH_RISCV64);
	struct seccomp_data example = { .nr = (int)view->box->nr[0],
					.arch = here ? AUDIT_ARCH_RISCV64 : view->box->arch[0] };
	Z3_ast claims[CHANGES], old, new;

	if (view->constant[0] && view->constant[1]) {
		if (view->ret[0] != view->ret[1])
			add_difference(d, view->box, change_of(view->ret[0], view->ret[1]), true, &example);
		return true;
	}
	old = side_term(a, view, 0);
	new = side_term(a, view, 1);
	if (old == new)
		return true;
	claims[CHANGE_WEAKER] = stricter_term(a, old, new);
	claims[CHANGE_STRICTER] = stricter_term(a, new, old);
	claims[CHANGE_OTHER] = Z3_mk_and(a->sym.z3, 3,
					 (Z3_ast[]){
						 Z3_mk_not(a->sym.z3, claims[CHANGE_WEAKER]),
						 Z3_mk_not(a->sym.z3, claims[CHANGE_STRICTER]),
						 Z3_mk_not(a->sym.z3, Z3_mk_eq(a->sym.z3, old, new)),
					 });
	for (enum change c = CHANGE_WEAKER; c < CHANGES; c++) {
		switch (ask_example(a, view->box, claims[c], &example)) {
		case ASK_YES:
			add_difference(d, view->box, c, false, &example);
			break;
		case ASK_NO:
			break;
		case ASK_UNDECIDED:
			d->undecided = true;
			break;
		}
	}
	return true;
}

void diff_find(struct diff *d, struct asker *asker)
{
	d->undecided |= ask_boxes(asker, &d->old->side, &d->new->side, visit_box, d) != ASK_YES;
}
