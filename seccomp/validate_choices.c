/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_choices.c - makes a decision graph (choices.h) of a filter's program, for
 * validate_search.c: independently of specialise.c and search.c, which make one, too.
 */
#include "validate_search.h"

#include "way.h"

#define NOWHERE 0xffffU

/* The choice that stands for the stack's answer when the program answers RET; NOWHERE: no room. */
static uint16_t number_claim_answer(const struct seccomp_follower *f, uint32_t ret)
{
	struct seccomp_validate_search *s = f->s;
	const uint32_t own = seccomp_way_answer(ret, f->claim->log, f->claim->below, f->claim->stricter);
	uint32_t i = 0;

	while (i < s->answers && s->answer[i] != own)
		i++;
	if (i == SECCOMP_VALIDATE_ANSWERS)
		return NOWHERE;
	s->answer[i] = own;
	if (i == s->answers)
		s->answers++;
	return (uint16_t)(SECCOMP_ANSWER + i);
}

static bool same_program_place(const struct seccomp_place *a, const struct seccomp_place *b)
{
	if (a->pc != b->pc || a->a != b->a || a->x != b->x)
		return false;
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		if (a->m[i] != b->m[i])
			return false;
	return true;
}

/*
 * The index of question Q, asked at P: an equal one that exists, or a new one. ANSWERS: the program
 * ends at P with RET A, so what A is decides. NOWHERE: there is no room.
 */
static uint16_t add_question(struct seccomp_validate_search *s, const struct seccomp_place *p,
			     const struct seccomp_question *q, bool answers)
{
	uint16_t *const similar = &s->with_pc[p->pc % 256];
	uint32_t place = s->asked;

	for (uint32_t i = *similar; i != NOWHERE; i = s->ask[i].next)
		if (same_program_place(&s->ask[i].at, p))
			return (uint16_t)i;
	if (s->asked == SECCOMP_VALIDATE_ASKED)
		return NOWHERE;
	s->ask[s->asked] = (struct seccomp_asked){ .at = *p, .question = *q, .next = *similar, .answers = answers };
	for (; place > 0 && s->ask[s->order[place - 1]].at.pc > p->pc; place--)
		s->order[place] = s->order[place - 1];
	s->order[place] = (uint16_t)s->asked;
	*similar = (uint16_t)s->asked;
	return (uint16_t)s->asked++;
}

/*
 * Follows the program from P to the next question or to its answer; NOWHERE: that is not possible.
 */
static uint16_t follow_program(const struct seccomp_follower *f, struct seccomp_place p)
{
	struct seccomp_question q = { .negated = false };
	uint32_t ret;

	switch (seccomp_validate_program(&f->s->values, &p, f->claim, &f->c->steps, &q, &ret)) {
	case SECCOMP_ASKS:
		return add_question(f->s, &p, &q, false);
	case SECCOMP_ENDS:
		return number_claim_answer(f, ret);
	case SECCOMP_ENDS_UNKNOWN:
		return add_question(f->s, &p, &q, true);
	case SECCOMP_BAD:
		break;
	}
	return NOWHERE;
}

static uint32_t choice_of(const struct seccomp_validate_search *s, uint32_t target)
{
	return seccomp_choice_is_answer(target) ? target : s->choice[target];
}

/* The choice for RET A with an unknown A: ALLOW if A is in ALLOW's range, else the judge. */
static uint32_t choice_of_value(const struct seccomp_follower *f, uint32_t value)
{
	const uint32_t allow = number_claim_answer(f, SECCOMP_RET_ALLOW),
		       judge = number_claim_answer(f, SECCOMP_RET_KILL_PROCESS);
	const uint32_t below = seccomp_choice(f->c, value, true, SECCOMP_RET_ALLOW, allow, judge);

	if (allow == NOWHERE || judge == NOWHERE)
		return SECCOMP_NO_CHOICE;
	return seccomp_choice(f->c, value, true, SECCOMP_RET_KILL_PROCESS, judge, below);
}

static uint32_t choice_of_question(struct seccomp_choices *c, const struct seccomp_question *q, uint32_t hold,
				   uint32_t fail)
{
	const uint32_t yes = q->negated ? fail : hold, no = q->negated ? hold : fail;

	if (q->kind != SECCOMP_ABOVE)
		return seccomp_choice(c, q->term, q->kind == SECCOMP_AT_LEAST, q->k, yes, no);
	return q->k == UINT32_MAX ? no : seccomp_choice(c, q->term, true, q->k + 1, yes, no);
}

uint32_t seccomp_validate_choices(const struct seccomp_follower *f)
{
	struct seccomp_validate_search *s = f->s;
	const struct seccomp_place start = { .pc = 0 };
	uint16_t first;

	s->asked = 0;
	s->answers = 0;
	for (uint32_t i = 0; i < 256; i++)
		s->with_pc[i] = NOWHERE;
	s->values.terms = 0;
	(void)seccomp_term_constant(&s->values, 0); /* value 0: A, X and the scratch words at first */
	first = follow_program(f, start);
	if (first == NOWHERE)
		return SECCOMP_NO_CHOICE;
	for (uint32_t i = 0; i < s->asked; i++) {
		struct seccomp_asked *q = &s->ask[s->order[i]];
		const struct sock_filter jump = f->claim->program[q->at.pc];
		struct seccomp_place p = q->at;

		if (q->answers)
			continue;
		p.pc = q->at.pc + 1 + jump.jt;
		q->hold = follow_program(f, p);
		p.pc = q->at.pc + 1 + jump.jf;
		q->fail = follow_program(f, p);
		if (q->hold == NOWHERE || q->fail == NOWHERE)
			return SECCOMP_NO_CHOICE;
	}
	for (uint32_t i = s->asked; i-- > 0;) { /* the last one first: what it leads to exists already */
		const struct seccomp_asked *q = &s->ask[s->order[i]];
		const uint32_t choice = q->answers ? choice_of_value(f, q->at.a)
						   : choice_of_question(f->c, &q->question, choice_of(s, q->hold),
									choice_of(s, q->fail));

		if (choice == SECCOMP_NO_CHOICE)
			return choice;
		s->choice[s->order[i]] = (uint16_t)choice;
	}
	return choice_of(s, first);
}
