/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * residual.c - writes the tests and answers that specialise.c found as a program. Called by
 * number.c and seccomp_specialise().
 */
#include "specialise.h"

/* The size of test T in the residual: a load, the value's operations, and the jump. */
static uint32_t size_of(const struct seccomp_specialise *s, const struct seccomp_test *t)
{
	return 2U + s->value[t->at.a].ops;
}

/*
 * The instruction of the residual to which test FROM jumps for TARGET. If TARGET is a test of the
 * value that A has already, that is its jump, behind the load.
 */
static uint32_t place_of(const struct seccomp_specialise *s, uint16_t target, const struct seccomp_test *from,
			 uint32_t answers_at)
{
	const struct seccomp_test *t;

	if (target >= SECCOMP_SPECIALISE_TESTS)
		return answers_at + target - SECCOMP_SPECIALISE_TESTS;
	t = &s->test[target];
	return t->at.a == from->at.a ? t->place + size_of(s, t) - 1 : t->place;
}

uint32_t seccomp_residual_write(struct seccomp_specialise *s, const struct sock_filter *insns,
				struct sock_filter out[SECCOMP_RESIDUAL_MAX])
{
	uint32_t n = 0;
	uint32_t answers_at = 0;

	for (uint32_t i = 0; i < s->tests; i++) {
		struct seccomp_test *t = &s->test[s->order[i]];

		t->place = (uint16_t)answers_at;
		answers_at += size_of(s, t);
	}
	if (answers_at + s->answers > SECCOMP_RESIDUAL_MAX)
		return 0;
	for (uint32_t i = 0; i < s->tests; i++) {
		const struct seccomp_test *t = &s->test[s->order[i]];
		const struct seccomp_value *a = &s->value[t->at.a];
		const struct sock_filter jump = insns[t->at.pc];

		out[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, a->k);
		for (uint32_t o = 0; o < a->ops; o++)
			out[n++] = (struct sock_filter)BPF_STMT(a->op[o].code, a->op[o].k);
		n++;
		out[n - 1] = (struct sock_filter){
			.code = (uint16_t)(BPF_JMP | BPF_OP(jump.code) | BPF_K),
			.jt = (uint8_t)(place_of(s, t->hold, t, answers_at) - n),
			.jf = (uint8_t)(place_of(s, t->fail, t, answers_at) - n),
			.k = BPF_SRC(jump.code) == BPF_X ? s->value[t->at.x].k : jump.k,
		};
	}
	for (uint32_t i = 0; i < s->answers; i++)
		out[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, s->answer[i]);
	return n;
}
