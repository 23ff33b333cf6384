/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * number.c - the machine code of one system-call number, for one more filter on a stack.
 *
 * Called by kernel/gate/gate_code.c when a filter is installed, and by the tests and proofs, so that these are about the code that runs.
 */
#include <abi/audit.h>

#include "rv64.h"

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

uint32_t seccomp_rv64_number(struct seccomp_specialise *s, const struct seccomp_program *program,
			     const struct seccomp_answers *own, struct seccomp_number *number,
			     const struct seccomp_rv64_exits *exits, uint32_t *out)
{
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	const uint32_t len = residual_of(s, program, own, number->nr, residual);

	if (len == 0)
		return 0;
	number->stricter = seccomp_residual_on(residual, len, number->log, number->below, number->stricter);
	if (out == NULL || !decides_anything(residual, len))
		return 0;
	return seccomp_rv64_emit(residual, len, exits, out);
}
