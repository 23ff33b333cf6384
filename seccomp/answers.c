/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * answers.c - the answers of a stack that do not depend on arguments, worked out from those of its
 * filters.
 *
 * Called when a filter is installed: combines what gate.c found out about the new filter's program
 * with what is known of the stack below it.
 */
#include "seccomp.h"

#include "sets.h"

#define WORDS (SECCOMP_GATE_NRS / 64)

void seccomp_answers_init(struct seccomp_answers *a)
{
	/*@ loop invariant 0 <= w <= WORDS;
	    loop invariant \forall integer v; 0 <= v < w ==> a->constant[v] == UINT64_MAX;
	    loop assigns w, a->constant[0 .. WORDS - 1];
	    loop variant WORDS - w;
	*/
	for (uint32_t w = 0; w < WORDS; w++)
		a->constant[w] = UINT64_MAX;
	//@ assert \forall integer w, e; 0 <= w < WORDS && 0 <= e < 64 ==> has(a->constant[w], e);
	/*@ loop invariant 0 <= nr <= SECCOMP_GATE_NRS;
	    loop invariant \forall integer j; 0 <= j < nr ==> a->ret[j] == SECCOMP_RET_ALLOW;
	    loop assigns nr, a->ret[0 .. SECCOMP_GATE_NRS - 1];
	    loop variant SECCOMP_GATE_NRS - nr;
	*/
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		a->ret[nr] = SECCOMP_RET_ALLOW;
}

/* The answer of a stack that answered OLDER once a filter that answers NEWER is added. */
/*@ assigns \nothing;
    ensures \result == on_top(newer, older);
*/
static uint32_t stricter_of(uint32_t older, uint32_t newer)
{
	const uint32_t own = seccomp_stricter(newer, SECCOMP_RET_ALLOW) ? newer : SECCOMP_RET_ALLOW;

	return seccomp_stricter(older, own) ? older : own;
}

/*
 * Is the answer that stricter_of() gives known, without a record to be logged? OLDER is the answer
 * of the stack below if that is CONSTANT, else meaningless. LOG: the new filter logs its answers.
 */
/*@ assigns \nothing;
    ensures \result && !constant ==> severity(newer) == severity(SECCOMP_RET_KILL_PROCESS) && on_top(newer, older) == newer;
    ensures \result && log ==> stricter(older, newer) || on_top(newer, older) == SECCOMP_RET_ALLOW;
*/
static bool is_known(bool constant, uint32_t older, uint32_t newer, bool log)
{
	if (!constant && (newer & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_KILL_PROCESS)
		return false; /* an older answer may be stricter than any but KILL_PROCESS */
	//@ assert constant || severity(newer) == severity(SECCOMP_RET_KILL_PROCESS);
	return !log || seccomp_stricter(older, newer) || !seccomp_stricter(newer, SECCOMP_RET_ALLOW);
}

bool seccomp_answers_allow(const struct seccomp_answers *a)
{
	/*@ loop invariant 0 <= nr <= SECCOMP_GATE_NRS;
	    loop invariant \forall integer j; 0 <= j < nr ==>
	      constant_answer(a, j) && !stricter(a->ret[j], SECCOMP_RET_ALLOW);
	    loop assigns nr;
	    loop variant SECCOMP_GATE_NRS - nr;
	*/
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		if (!seccomp_answer_is_constant(a, nr) || seccomp_stricter(a->ret[nr], SECCOMP_RET_ALLOW))
			return false;
	return true;
}

void seccomp_answers_add(struct seccomp_answers *stack, const struct seccomp_answers *newer, bool log)
{
	/*@ loop invariant 0 <= nr <= SECCOMP_GATE_NRS;
	    loop invariant \forall integer j; nr <= j < SECCOMP_GATE_NRS ==>
	      (constant_answer(stack, j) <==> constant_answer{Pre}(stack, j)) && stack->ret[j] == \at(stack->ret[j], Pre);
	    loop invariant \forall integer j; 0 <= j < nr && constant_answer(stack, j) ==> constant_answer(newer, j) &&
	      (constant_answer{Pre}(stack, j) ==> stack->ret[j] == on_top(newer->ret[j], \at(stack->ret[j], Pre)));
	    loop invariant \forall integer j; 0 <= j < nr && constant_answer(stack, j) && !constant_answer{Pre}(stack, j) ==>
	      severity(newer->ret[j]) == severity(SECCOMP_RET_KILL_PROCESS) && stack->ret[j] == newer->ret[j];
	    loop invariant \forall integer j; log && 0 <= j < nr && constant_answer(stack, j) ==>
	      stricter(stack->ret[j], newer->ret[j]) || stack->ret[j] == SECCOMP_RET_ALLOW;
	    loop invariant \forall integer j; 0 <= j < nr && !constant_answer(stack, j) ==> stack->ret[j] == 0;
	    loop assigns nr, *stack;
	    loop variant SECCOMP_GATE_NRS - nr;
	*/
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		uint64_t *const constant = &stack->constant[nr / 64];
		const bool was_constant = has_bit(*constant, nr % 64);
		const uint32_t older = stack->ret[nr];

		if (seccomp_answer_is_constant(newer, nr) && is_known(was_constant, older, newer->ret[nr], log)) {
			*constant = with_bit(*constant, nr % 64);
			stack->ret[nr] = stricter_of(older, newer->ret[nr]);
		} else {
			*constant = without_bit(*constant, nr % 64);
			stack->ret[nr] = 0;
		}
	}
}
