/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack.c - filters, their stacks, and what a stack answers.
 *
 * A stack is named by its newest filter; older ones follow through prev, and stacks of relatives
 * share their tails. Called by the kernel when a filter is installed, inherited or dropped, and by
 * its judge. Memory is the caller's: nothing is allocated or freed here.
 */
#include "seccomp.h"

#include <abi/errno.h>

/*
 * The instructions that Linux puts before every program: they clear A and X, and save the context.
 */
#define COST_PROLOGUE 3U

/* One instruction's length in Linux's converted form. */
/*@ assigns \nothing;
    ensures \result == insn_cost(i) && \result <= 5;
*/
static uint32_t insn_cost(struct sock_filter i)
{
	uint32_t wide;

	switch (i.code) {
	case BPF_RET | BPF_K:
		return 2;
	case BPF_ALU | BPF_DIV | BPF_X:
		return 5;
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_K:
		wide = i.k > INT32_MAX; /* eBPF would extend its sign: the constant needs a register */
		return wide + (i.jf != 0 && i.jt != 0 ? 2U : 1U);
	case BPF_JMP | BPF_JEQ | BPF_X:
	case BPF_JMP | BPF_JGT | BPF_X:
	case BPF_JMP | BPF_JGE | BPF_X:
		return i.jf != 0 && i.jt != 0 ? 2 : 1;
	case BPF_JMP | BPF_JSET | BPF_K:
		wide = i.k > INT32_MAX;
		return wide + (i.jf != 0 ? 2U : 1U);
	case BPF_JMP | BPF_JSET | BPF_X:
		return i.jf != 0 ? 2 : 1; /* eBPF has no opposite of JSET that would save the second jump */
	default:
		return 1;
	}
}

uint32_t seccomp_cost(const struct sock_filter *insns, uint32_t len)
{
	uint32_t cost = COST_PROLOGUE;

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant cost == 3 + cost(insns, pc) && cost <= 3 + 5 * pc;
	    loop assigns pc, cost;
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++)
		cost += insn_cost(insns[pc]);
	return cost;
}

int seccomp_filter_attach(struct seccomp_filter **newest, struct seccomp_filter *f)
{
	struct seccomp_filter *const below = *newest;
	uint32_t path = f->program->cost;
	uint32_t depth = 1;

	if (below != NULL) {
		path += SECCOMP_PATH_EXTRA + below->path;
		depth += below->depth;
	}
	if (path > SECCOMP_PATH_MAX)
		return -ENOMEM;

	f->prev = below;
	f->path = path;
	f->depth = depth;
	f->refs = 1;
	*newest = f;
	return 0;
}

struct seccomp_filter *seccomp_filter_get(struct seccomp_filter *f)
{
	if (f != NULL)
		f->refs++;
	return f;
}

struct seccomp_filter *seccomp_filter_put(struct seccomp_filter *f)
{
	if (f == NULL)
		return NULL;
	f->refs--;
	return f->refs == 0 ? f : NULL;
}

bool seccomp_filter_is_ancestor(const struct seccomp_filter *old, const struct seccomp_filter *f)
{
	//@ ghost uint32_t n = 0;

	if (old == NULL)
		return true;
	/*@ loop invariant 0 <= n <= height(\at(f, Pre)) && f == older(\at(f, Pre), n);
	    loop invariant \forall integer i; 0 <= i < n ==> old != older(\at(f, Pre), i);
	    loop assigns f, n;
	    loop variant height(\at(f, Pre)) - n;
	*/
	while (f != NULL) {
		//@ assert older(\at(f, Pre), n + 1) == f->prev && n < height(\at(f, Pre));
		if (f == old)
			return true;
		f = f->prev;
		//@ ghost n++;
	}
	return false;
}

bool seccomp_filter_repeats(const struct seccomp_filter *f)
{
	const struct seccomp_filter *const below = f->prev;

	return below != NULL && f->program == below->program && f->log == below->log && f->owner == below->owner;
}

struct seccomp_verdict seccomp_evaluate(const struct seccomp_filter *newest, uint64_t who,
					const struct seccomp_data *data)
{
	struct seccomp_verdict v = { .ret = SECCOMP_RET_ALLOW, .pc = 0, .match = NULL };

	if (newest == NULL)
		v.ret = SECCOMP_RET_KILL_PROCESS;

	//@ ghost uint32_t n = 0;
	//@ ghost uint32_t m = 0;
	/*
	 * Filters are run newest first, and only a stricter answer replaces the one before: on ties
	 * the newest counts.
	 */
	/*@ loop invariant 0 <= n <= height(newest) && f == older(newest, n);
	    loop invariant f == \null <==> n == height(newest);
	    loop invariant newest == \null ==> v.ret == SECCOMP_RET_KILL_PROCESS;
	    loop invariant severity(v.ret) <= severity(SECCOMP_RET_ALLOW);
	    loop invariant newest != \null ==> verdict(newest, who, *data) ==
	      (severity(verdict(f, who, *data)) < severity(v.ret) ? verdict(f, who, *data) : v.ret);
	    loop invariant newest != \null ==> decides(newest, who, *data) ==
	      (severity(verdict(f, who, *data)) < severity(v.ret) ? decides(f, who, *data) : v.match);
	    loop invariant newest != \null && v.match == \null ==> v.ret == SECCOMP_RET_ALLOW;
	    loop invariant \forall integer i; 0 <= i < n && binds(older(newest, i), who) ==>
	      !stricter(filter_answer(older(newest, i), *data), v.ret);
	    loop invariant v.match != \null ==>
	      m < n && v.match == older(newest, m) && binds(v.match, who) &&
	      v.ret == filter_answer(v.match, *data) &&
	      \forall integer i; 0 <= i < m && binds(older(newest, i), who) ==>
	        stricter(v.ret, filter_answer(older(newest, i), *data));
	    loop assigns f, v, n, m;
	    loop variant height(newest) - n;
	*/
	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		//@ assert older(newest, n + 1) == f->prev;
		if (seccomp_filter_binds(f, who)) {
			const struct seccomp_result r = seccomp_run(f->program->insns, f->program->len, data);

			if (seccomp_stricter(r.ret, v.ret)) {
				v.ret = r.ret;
				v.pc = r.pc;
				v.match = f;
				//@ ghost m = n;
			}
		}
		//@ ghost n++;
	}
	return v;
}
