/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * way.c - the decisions behind a gate's table: what is constant, what goes on to the stack
 * below, what code may say by itself.
 *
 * Called by number.c, and by the kernel for what is constant. Everything else is the judge's.
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
