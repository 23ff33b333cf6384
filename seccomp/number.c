/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * number.c - where one system-call number goes when one more filter comes on a
 * stack, and the machine code for it.
 *
 * Called by kernel/gate/gate_code.c when a filter is installed, and by tests, proofs and fuzzers,
 * so that these are about what runs.
 */
#include <abi/audit.h>

#include "way.h"

/* The filter's own residual; 0: none. */
static uint32_t residual_of(struct seccomp_specialise *s, const struct seccomp_program *program,
			    const struct seccomp_answers *own, uint32_t nr, struct sock_filter *residual)
{
	if (seccomp_answer_is_constant(own, nr)) {
		residual[0] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, own->ret[nr]);
		return 1;
	}
	return seccomp_specialise(s, program->insns, program->len, nr, AUDIT_ARCH_RISCV64, residual);
}

/* Or is it the judge's in any case? */
static bool decides_anything(const struct sock_filter *residual, uint32_t len)
{
	for (uint32_t pc = 0; pc < len; pc++)
		if (residual[pc].code == (BPF_RET | BPF_K) && residual[pc].k != SECCOMP_RET_KILL_PROCESS)
			return true;
	return false;
}

/*
 * The code of a number that NEWER asks the arguments for; 0: there is none. *STRICTER
 * becomes that of the stack with it.
 */
static uint32_t code_of(struct seccomp_specialise *s, const struct seccomp_newer *newer, uint32_t nr, uint32_t below,
			bool *stricter, const struct seccomp_rv64_exits *exits, uint32_t *out)
{
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	const uint32_t budget = s->steps;
	const uint32_t len = residual_of(s, newer->program, newer->own, nr, residual);
	const struct sock_filter constant = BPF_STMT(BPF_RET | BPF_K, newer->own->ret[nr]);
	const struct seccomp_claim claim = {
		.program = seccomp_answer_is_constant(newer->own, nr) ? &constant : newer->program->insns,
		.nr = nr,
		.below = below,
		.log = newer->log,
		.stricter = *stricter,
		.exits = exits,
	};
	uint32_t steps = 256 + 4 * (budget - s->steps); /* to follow the program again */
	uint32_t n;

	if (len == 0)
		return 0;
	*stricter = seccomp_residual_on(residual, len, newer->log, below, *stricter);
	if (out == NULL || !decides_anything(residual, len))
		return 0;
	n = seccomp_rv64_emit(residual, len, exits, out);
	/* Whatever it was made by: it is used only if it says what the filter says. */
	return n != 0 && seccomp_rv64_valid(&s->validate, &claim, out, n, &steps) ? n : 0;
}

uint32_t seccomp_way_on(struct seccomp_specialise *s, const struct seccomp_newer *newer, uint32_t nr,
			const struct seccomp_way *below, const struct seccomp_rv64_exits *exits,
			struct seccomp_way *way, uint32_t *out)
{
	struct seccomp_rv64_exits onward = *exits;
	uint32_t n = 0;

	*way = (struct seccomp_way){ .kind = SECCOMP_WAY_JUDGE };
	switch (seccomp_way_plan(newer->stack, newer->own, nr, below->kind)) {
	case SECCOMP_PLAN_JUDGE:
		break;
	case SECCOMP_PLAN_CONSTANT:
		way->ret = newer->stack->ret[nr];
		way->kind = seccomp_way_constant(way->ret);
		way->to = exits->run;
		break;
	case SECCOMP_PLAN_BELOW:
		*way = *below;
		break;
	case SECCOMP_PLAN_CODE:
		/* Where the older filters always refuse, nothing goes on. */
		onward.run = below->kind == SECCOMP_WAY_ERRNO ? exits->judge : below->to;
		way->stricter = below->stricter;
		n = code_of(s, newer, nr, below->kind == SECCOMP_WAY_ERRNO ? below->ret : SECCOMP_RET_ALLOW,
			    &way->stricter, &onward, out);
		if (n != 0)
			way->kind = SECCOMP_WAY_CODE;
		break;
	}
	return n;
}
