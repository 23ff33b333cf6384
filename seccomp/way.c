/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * way.c - the decisions behind a gate's table: which numbers have a constant answer, which go the
 * way of the stack below, and which answers machine code may give without the judge.
 *
 * Called by the kernel when a filter is installed, and by tests, proofs and fuzzers, which are so
 * about the code that runs. Whatever is not decided here is left to the judge.
 */
#include "way.h"

#include <abi/errno.h>

enum seccomp_way_kind seccomp_way_constant(uint32_t ret)
{
	const uint32_t action = ret & SECCOMP_RET_ACTION_FULL;

	if (action == SECCOMP_RET_ALLOW)
		return SECCOMP_WAY_RUN;
	if (action == SECCOMP_RET_ERRNO && (ret & SECCOMP_RET_DATA) <= MAX_ERRNO)
		return SECCOMP_WAY_ERRNO;
	return SECCOMP_WAY_JUDGE;
}

enum seccomp_plan seccomp_way_plan(const struct seccomp_answers *stack, const struct seccomp_answers *own, uint32_t nr,
				   enum seccomp_way_kind below)
{
	if (seccomp_answer_is_constant(stack, nr))
		return SECCOMP_PLAN_CONSTANT;
	if (below == SECCOMP_WAY_JUDGE)
		return SECCOMP_PLAN_JUDGE;
	if (seccomp_answer_is_constant(own, nr) && !seccomp_stricter(own->ret[nr], SECCOMP_RET_ALLOW))
		return SECCOMP_PLAN_BELOW;
	return SECCOMP_PLAN_CODE;
}

uint32_t seccomp_way_answer(uint32_t own, bool log, uint32_t below, bool stricter)
{
	if (!seccomp_stricter(own, SECCOMP_RET_ALLOW))
		return below;
	if ((own & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ERRNO || (own & SECCOMP_RET_DATA) > MAX_ERRNO)
		return SECCOMP_RET_KILL_PROCESS;
	//@ assert severity(own) == severity(SECCOMP_RET_ERRNO) && severity(SECCOMP_RET_KILL_PROCESS) < severity(own);
	return log || stricter ? SECCOMP_RET_KILL_PROCESS : own;
}

bool seccomp_residual_on(struct sock_filter *residual, uint32_t len, bool log, uint32_t below, bool stricter)
{
	bool any = stricter;

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer i; pc <= i < len ==> residual[i].k == \at(residual[i].k, Pre);
	    loop invariant \forall integer i; 0 <= i < pc && residual[i].code == (BPF_RET | BPF_K) ==>
	      stands_for(residual[i].k, \at(residual[i].k, Pre), (boolean)log, below, (boolean)stricter);
	    loop invariant \forall integer i; 0 <= i < pc && residual[i].code != (BPF_RET | BPF_K) ==>
	      residual[i].k == \at(residual[i].k, Pre);
	    loop invariant !any ==> !stricter && \forall integer i; 0 <= i < pc && residual[i].code == (BPF_RET | BPF_K) ==>
	      !stricter(\at(residual[i].k, Pre), SECCOMP_RET_ERRNO);
	    loop assigns pc, any, residual[0 .. len - 1].k;
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++) {
		struct sock_filter *i = &residual[pc];

		if (i->code != (BPF_RET | BPF_K))
			continue;
		any = any || seccomp_stricter(i->k, SECCOMP_RET_ERRNO);
		i->k = seccomp_way_answer(i->k, log, below, stricter);
	}
	return any;
}

/*
 * The way that PLAN gives a number as long as there is no new code for it. RET: its constant
 * answer, if it has one. BELOW: its way under the older filters. RUN: the call's own entry.
 */
/*@ requires \valid_read(below);
    assigns \nothing;
    ensures plan == SECCOMP_PLAN_CONSTANT ==> \result.ret == ret && \result.to == run &&
      (\result.kind == SECCOMP_WAY_RUN || \result.kind == SECCOMP_WAY_ERRNO || \result.kind == SECCOMP_WAY_JUDGE) &&
      (\result.kind == SECCOMP_WAY_RUN ==> severity(ret) == severity(SECCOMP_RET_ALLOW)) &&
      (\result.kind == SECCOMP_WAY_ERRNO ==> severity(ret) == severity(SECCOMP_RET_ERRNO) && sayable(ret));
    ensures plan == SECCOMP_PLAN_BELOW ==> \result == *below;
    ensures plan != SECCOMP_PLAN_CONSTANT && plan != SECCOMP_PLAN_BELOW ==> \result.kind == SECCOMP_WAY_JUDGE;
*/
static struct seccomp_way way_without_code(enum seccomp_plan plan, uint32_t ret, const struct seccomp_way *below,
					   uint64_t run)
{
	switch (plan) {
	case SECCOMP_PLAN_CONSTANT:
		return (struct seccomp_way){ .kind = seccomp_way_constant(ret), .ret = ret, .to = run };
	case SECCOMP_PLAN_BELOW:
		return *below;
	case SECCOMP_PLAN_CODE:
		return (struct seccomp_way){ .kind = SECCOMP_WAY_JUDGE, .stricter = below->stricter };
	case SECCOMP_PLAN_JUDGE:
		break;
	}
	return (struct seccomp_way){ .kind = SECCOMP_WAY_JUDGE };
}

uint32_t seccomp_way_on(struct seccomp_work *w, const struct seccomp_newer *newer, uint32_t nr,
			const struct seccomp_way *below, const struct seccomp_rv64_exits *exits,
			struct seccomp_way *way, uint32_t *out, uint32_t room)
{
	const struct sock_filter constant = BPF_STMT(BPF_RET | BPF_K, newer->own->ret[nr]);
	const bool refused = below->kind == SECCOMP_WAY_ERRNO;
	const struct seccomp_rv64_exits onward = {
		.run = refused ? exits->judge : below->to, /* where the older filters always refuse, nothing goes on */
		.refuse = exits->refuse,
		.judge = exits->judge,
	};
	const struct seccomp_claim claim = {
		.program = seccomp_answer_is_constant(newer->own, nr) ? &constant : newer->program->insns,
		.nr = nr,
		.below = refused ? below->ret : SECCOMP_RET_ALLOW,
		.log = newer->log,
		.stricter = below->stricter,
		.exits = &onward,
	};
	const enum seccomp_plan plan = seccomp_way_plan(newer->stack, newer->own, nr, below->kind);
	uint32_t n;

	*way = way_without_code(plan, newer->stack->ret[nr], below, exits->run);
	if (plan != SECCOMP_PLAN_CODE)
		return 0;
	n = seccomp_number_code(w, newer, &claim, out, room, &way->stricter);
	if (n != 0)
		way->kind = SECCOMP_WAY_CODE;
	return n;
}
