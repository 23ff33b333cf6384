/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * code.c - libFuzzer on what is made of filters when they are installed: residuals and their
 * machine code answer as the reference interpreter does. Started by run.sh; inputs: input.h; the
 * code is made and run as in tests/unit/chain.h.
 */
#include "input.h"

#include "../unit/chain.h"

/* The residual for NR is a legal program and answers like P. */
static void fuzz_residual(const struct seccomp_program *p, uint32_t nr, struct seccomp_data data, uint64_t *seed)
{
	static struct seccomp_specialise s;
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	uint16_t written[SECCOMP_RESIDUAL_MAX];
	uint32_t len;

	s.steps = 100000;
	len = seccomp_specialise(&s, p->insns, p->len, nr, AUDIT_ARCH_RISCV64, residual);
	require(len <= SECCOMP_RESIDUAL_MAX);
	if (len == 0)
		return;
	require(seccomp_check(residual, len, written).err == 0);
	data.nr = (int)nr;
	for (int try = 0; try < 4; try++) {
		require(seccomp_run(residual, len, &data).ret == seccomp_run(p->insns, p->len, &data).ret);
		input_change_call(&data, p, seed);
	}
}

/* Where the call DATA goes on STACK: only where the reference says. */
static void fuzz_way(const struct chain *chain, const struct seccomp_filter *stack, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(stack, 0, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);
	const struct seccomp_way *way = &chain->way[data->nr];
	struct outcome o = { EXIT_JUDGE, data->args[0], 0 };

	if (way->kind == SECCOMP_WAY_RUN) {
		o.exit = EXIT_RUN;
	} else if (way->kind == SECCOMP_WAY_ERRNO) {
		o.exit = EXIT_REFUSE;
		o.a0 = 0 - (uint64_t)(way->ret & SECCOMP_RET_DATA);
	} else if (way->kind == SECCOMP_WAY_CODE) {
		o = machine_run(chain, chain_at(way), data);
	}
	switch (o.exit) {
	case EXIT_RUN:
		require(d.todo == SECCOMP_DO_RUN && !d.log && o.a0 == data->args[0]);
		break;
	case EXIT_REFUSE:
		require(d.todo == SECCOMP_DO_RETURN && !d.log && o.a0 == 0 - (uint64_t)d.err);
		break;
	default:
		require(o.exit == EXIT_JUDGE && o.a0 == data->args[0]);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct chain *chain;
	struct seccomp_filter *newest = NULL;
	struct input in;
	uint64_t seed;

	if (!input_read(&in, bytes, n))
		return -1;
	if (chain == NULL)
		chain = chain_new();
	chain_reset(chain);
	in.data.arch = AUDIT_ARCH_RISCV64;
	seed = in.data.args[0];
	for (uint32_t i = 0; i < in.count; i++) {
		static uint16_t written[BPF_MAXINSNS];
		const bool log = in.data.args[5] >> (16 + i) & 1;
		struct seccomp_program *p = input_program(&in, i);

		if (seccomp_check(p->insns, p->len, written).err != 0) {
			free(p);
			continue;
		}
		if (!input_push(&newest, p, 0, log))
			continue;
		fuzz_residual(p, (uint32_t)in.data.nr % SECCOMP_GATE_NRS, in.data, &seed);
		chain_add(chain, p, log);
	}
	for (uint32_t nr = 0; newest != NULL && nr < SECCOMP_GATE_NRS; nr++) {
		const struct seccomp_filter *f = newest->prev != NULL && nr % 2 ? newest->prev : newest;

		if (!in.ask[nr])
			continue;
		in.data.nr = (int)nr;
		for (int try = 0; try < (chain->way[nr].kind == SECCOMP_WAY_CODE ? 4 : 1); try++) {
			fuzz_way(chain, newest, &in.data);
			input_change_call(&in.data, f->program, &seed);
		}
	}
	input_free(newest);
	return 0;
}
