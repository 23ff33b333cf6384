/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_search.c - translation validation of code with searches: follows the machine code
 * through the decision graph that validate_choices.c makes of the filter's program. Called by
 * number.c.
 *
 * A state is an instruction of the code and what is left of the graph there. While the code asks
 * about the value that the graph asks about first, each branch narrows the span of what that value
 * may be. Where the code leaves, or asks about another value, all values of the span must lead to
 * the same place of the graph; questions that the span decides are left out there. An answer must
 * allow what the code does. The only code shared with search.c is choices.c, and
 * seccomp_way_answer().
 */
#include "validate_search.h"

#include "way.h"

#define NOWHERE 0xffffU
#define SPANS 64U

/*
 * What the value may be where the code is at instruction AT: FIRST to LAST, without BUT if there is
 * a HOLE.
 */
struct span {
	uint16_t at, t0, t1;
	uint32_t first, last, but;
	bool hole;
};

/* ---- the code ---- */

/*
 * The value REG as a state may keep it. follow_state() forgets all values but those of the program,
 * so a register with another one counts as unusable in the next state.
 */
static uint16_t kept_value(const struct seccomp_follower *f, uint16_t reg)
{
	return reg < f->terms ? reg : SECCOMP_NOTHING;
}

/*
 * Adds a state that is to be followed, unless it was added before: the code at instruction AT, with
 * CHOICE left of the program. False: there is no room.
 */
static bool add_state(const struct seccomp_follower *f, uint32_t at, uint16_t t0, uint16_t t1, uint32_t choice)
{
	struct seccomp_validate_search *s = f->s;
	uint16_t *const similar = &s->with_choice[(choice ^ at) % 256];
	const struct seccomp_validate_state new = { (uint16_t)at, kept_value(f, t0), kept_value(f, t1),
						    (uint16_t)choice, *similar };

	for (uint32_t i = *similar; i != NOWHERE; i = s->state[i].next)
		if (s->state[i].at == new.at && s->state[i].choice == new.choice && s->state[i].t0 == new.t0 &&
		    s->state[i].t1 == new.t1)
			return true;
	if (s->states == SECCOMP_VALIDATE_STATES)
		return false;
	*similar = (uint16_t)s->states;
	s->state[s->states++] = new;
	return true;
}

/* The index of the row that VALUE lies in. */
static uint32_t row_of(const struct seccomp_choices *c, uint32_t value)
{
	uint32_t low = 0, high = c->rows - 1;

	while (low < high) {
		const uint32_t middle = (low + high) / 2;

		if (c->row[middle].last < value)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The place of the graph to which NODE leads for all values of SPAN; SECCOMP_NO_CHOICE: they do not
 * all lead to one place, or there is no room.
 */
static uint32_t end_of(const struct seccomp_follower *f, uint32_t node, const struct span *span)
{
	struct seccomp_choices *c = f->c;
	uint32_t i = row_of(c, span->first), result = SECCOMP_NO_CHOICE;

	for (uint32_t first = span->first;; i++) {
		const struct seccomp_choice_row row = c->row[i];
		const uint32_t last = row.last < span->last ? row.last : span->last;

		if (!(span->hole && first == span->but && last == first)) {
			const uint32_t to = seccomp_choice_within(c, row.to, c->node[node].value, first, last);

			if (to == SECCOMP_NO_CHOICE || (result != SECCOMP_NO_CHOICE && to != result))
				return SECCOMP_NO_CHOICE;
			result = to;
		}
		if (last == span->last)
			return result;
		first = last + 1;
	}
}

/*
 * The node from which to go on when the code asks Q at NODE with SPAN. NODE itself, while both ask
 * about the same value. The place to which the span leads, if Q asks about another value, or if
 * that place asks about the same value again. SECCOMP_NO_CHOICE: the span leads to several places.
 */
static uint32_t next_node(const struct seccomp_follower *f, uint32_t node, const struct span *span,
			  const struct seccomp_question *q)
{
	const struct seccomp_choices *c = f->c;
	const uint32_t value = c->node[node].value;
	uint32_t to;

	if (q->term == value && c->row[row_of(c, span->first)].last < span->last)
		return node;
	to = end_of(f, node, span);
	if (q->term != value)
		return to;
	return to == SECCOMP_NO_CHOICE || seccomp_choice_is_answer(to) || c->node[to].value != value ? node : to;
}

/* May the code leave for EXIT, with the registers in P, where the program answers CHOICE? */
static bool may_leave_search(const struct seccomp_follower *f, const struct seccomp_place *p, uint64_t exit,
			     uint32_t choice)
{
	const struct seccomp_rv64_exits *exits = f->claim->exits;
	uint32_t ret;

	if (exit == exits->judge)
		return p->a0 == SECCOMP_UNTOUCHED;
	if (choice == SECCOMP_NO_CHOICE)
		return false;
	ret = f->s->answer[choice - SECCOMP_ANSWER];
	if (exit == exits->run)
		return p->a0 == SECCOMP_UNTOUCHED && (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
	return exit == exits->refuse && (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO &&
	       seccomp_term_is_constant(&f->s->values, p->a0) &&
	       f->s->values.term[p->a0].k == 0 - (ret & SECCOMP_RET_DATA);
}

/*
 * Narrows SPAN to the values for which Q holds or, unless HOLDS, does not hold. False: none are
 * left.
 */
static bool narrow_span(struct span *span, const struct seccomp_question *q, bool holds)
{
	const bool at_least = q->kind != SECCOMP_EQUAL;
	uint32_t k = q->k;

	if (q->kind == SECCOMP_ABOVE) {
		if (k == UINT32_MAX)
			return !holds;
		k++;
	}
	if (at_least && holds) {
		if (k > span->last)
			return false;
		if (k > span->first)
			span->first = k;
	} else if (at_least) {
		if (k <= span->first)
			return false;
		if (k <= span->last)
			span->last = k - 1;
	} else if (holds) {
		if (k < span->first || k > span->last || (span->hole && span->but == k))
			return false;
		span->first = k;
		span->last = k;
	} else if (k >= span->first && k <= span->last) {
		if (span->first == span->last)
			return false;
		/* A second hole is not recorded: the value might be K then, as far as is known. */
		if (!span->hole) {
			span->hole = true;
			span->but = k;
		}
	}
	return true;
}

/*
 * The code asks Q about the value of SPAN: adds one span for each of the two answers to SPANS,
 * which has *N, unless no value is left in it. The code goes on at TO, or at P. False: there is no
 * room.
 */
static bool split_span(const struct seccomp_follower *f, const struct seccomp_place *p,
		       const struct seccomp_question *q, uint32_t to, struct span span, struct span *spans, uint32_t *n)
{
	if (*n + 2 > SPANS)
		return false;
	span.t0 = kept_value(f, p->t0);
	span.t1 = kept_value(f, p->t1);
	for (int holds = 0; holds < 2; holds++) {
		spans[*n] = span;
		spans[*n].at = (uint16_t)((holds != 0) != q->negated ? to : p->at);
		if (narrow_span(&spans[*n], q, holds != 0))
			++*n;
	}
	return true;
}

/*
 * Follows the code from STATE on as long as it asks about the value that STATE's choice asks about,
 * and adds the states to which that leads. False: the code is wrong, or there is no room.
 */
static bool follow_state(const struct seccomp_follower *f, struct seccomp_validate_state state)
{
	struct seccomp_validate *v = &f->s->values;
	const bool answers = seccomp_choice_is_answer(state.choice);
	struct span spans[SPANS];
	struct seccomp_place p = { .pc = 0 }; /* only the code's registers in it are used */
	uint32_t n = 1;

	spans[0] = (struct span){ .at = state.at, .t0 = state.t0, .t1 = state.t1, .last = UINT32_MAX };
	if (!answers && !seccomp_choice_rows(f->c, state.choice))
		return false;
	while (n > 0) {
		const struct span span = spans[--n];
		struct seccomp_question q;
		uint32_t to, to_ask;
		uint64_t exit;

		if (!seccomp_choices_take(f->c, 16))
			return false;
		v->terms = f->terms;
		p.at = span.at;
		p.t0 = span.t0;
		p.t1 = span.t1;
		p.a0 = SECCOMP_UNTOUCHED;
		switch (seccomp_validate_code(v, &p, f->code, f->n, &q, &to, &exit)) {
		case SECCOMP_ENDS:
			to = answers ? state.choice : end_of(f, state.choice, &span);
			if (seccomp_choice_is_answer(to)) { /* an answer, or SECCOMP_NO_CHOICE */
				if (!may_leave_search(f, &p, exit, to))
					return false;
			} else if (!add_state(f, span.at, span.t0, span.t1, to)) {
				return false;
			}
			continue;
		case SECCOMP_ASKS:
			break;
		default:
			return false;
		}
		if (p.a0 != SECCOMP_UNTOUCHED)
			return false;
		if (answers) { /* the program has answered: any branch is right */
			if (!add_state(f, p.at, p.t0, p.t1, state.choice) ||
			    !add_state(f, to, p.t0, p.t1, state.choice))
				return false;
			continue;
		}
		to_ask = next_node(f, state.choice, &span, &q);
		if (to_ask != state.choice) { /* the program goes on with another question */
			if (to_ask == SECCOMP_NO_CHOICE || !add_state(f, span.at, span.t0, span.t1, to_ask))
				return false;
			continue;
		}
		if (!split_span(f, &p, &q, to, span, spans, &n))
			return false;
	}
	return true;
}

bool seccomp_rv64_search_valid(struct seccomp_validate_search *s, struct seccomp_choices *c,
			       const struct seccomp_claim *claim, const uint32_t *code, uint32_t n, uint32_t *steps)
{
	struct seccomp_follower f = { .s = s, .c = c, .claim = claim, .code = code, .n = n };
	uint32_t first;
	bool valid;

	seccomp_choices_init(c, *steps);
	first = seccomp_validate_choices(&f);
	f.terms = s->values.terms;
	s->states = 0;
	for (uint32_t i = 0; i < 256; i++)
		s->with_choice[i] = NOWHERE;
	valid = first != SECCOMP_NO_CHOICE && add_state(&f, 0, SECCOMP_NOTHING, SECCOMP_NOTHING, first);
	for (uint32_t i = 0; valid && i < s->states; i++)
		valid = follow_state(&f, s->state[i]);
	*steps = c->steps;
	return valid;
}
