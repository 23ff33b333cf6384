/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate.c - what the validator of machine code lets through is right, and what is made is let
 * through. Code of generated filters is changed, a bit or an instruction at a time; where the
 * validator still says yes, chain.h's machine and the interpreter must agree.
 */
#include "rows.h"
#include "chain.h"
#include "generate.h"

#define EXITS { .run = EXIT_RUN, .refuse = EXIT_REFUSE, .judge = EXIT_JUDGE }

static const struct seccomp_rv64_exits exits = EXITS;
static struct chain *chain;
static struct seccomp_specialise scratch;

/* With all that the program names, and by chance. */
static bool seems_right(const struct seccomp_claim *c, uint32_t len, uint64_t *seed)
{
	for (uint32_t i = 0; i < 60; i++) {
		struct seccomp_data data = { .nr = (int)c->nr, .arch = AUDIT_ARCH_RISCV64 };

		chance_data(seed, &data, c->program, len);
		data.nr = (int)c->nr;
		data.arch = AUDIT_ARCH_RISCV64;
		data.instruction_pointer &= ~1UL;
		if (!chain_is_right(chain, c, &data))
			return false;
	}
	return true;
}

static bool valid(const struct seccomp_claim *c)
{
	static struct seccomp_validate v;
	uint32_t steps = 100000;

	memset(&v, 0xa5, sizeof(v));
	return seccomp_rv64_valid(&v, c, chain->memory, chain->n, &steps);
}

/* The code for claim C, into the chain. False: there is none. */
static bool make(const struct seccomp_claim *c, uint32_t len)
{
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	uint32_t n;

	scratch.steps = UINT32_MAX;
	n = seccomp_specialise(&scratch, c->program, len, c->nr, AUDIT_ARCH_RISCV64, residual);
	if (n == 0)
		return false;
	(void)seccomp_residual_on(residual, n, c->log, c->below, c->stricter);
	chain->n = seccomp_rv64_emit(residual, n, c->exits, chain->memory);
	return chain->n != 0;
}

static void changed(void **state)
{
	uint64_t seed = 0x5eed;
	uint32_t made = 0, wrong = 0, still = 0;

	(void)state;
	for (uint32_t i = 0; i < 3000; i++) {
		struct sock_filter insns[GENERATED_MAX];
		const uint32_t len = generate_program(&seed, insns);
		const struct seccomp_claim claim = {
			.program = insns,
			.nr = chance(&seed, 512),
			.below = chance(&seed, 4) == 0 ? SECCOMP_RET_ERRNO | 7 : SECCOMP_RET_ALLOW,
			.log = chance(&seed, 8) == 0,
			.stricter = chance(&seed, 4) == 0,
			.exits = &exits,
		};

		if (!make(&claim, len))
			continue;
		made++;
		assert_true(valid(&claim));
		for (uint32_t n = 0; n < 60; n++) {
			const uint32_t at = chance(&seed, chain->n), good = chain->memory[at];
			bool right;

			change_word(chain->memory, chain->n, at, &seed);
			right = seems_right(&claim, len, &seed);
			if (!right)
				wrong++;
			if (valid(&claim)) {
				still++;
				if (!right)
					fail_msg("program %u, number %u: %08x for %08x at %u is let through", i, claim.nr,
						 chain->memory[at], good, at);
			}
			chain->memory[at] = good;
		}
	}
	print_message("# %u pieces of code, all valid; of those with a change %u are seen to be wrong, none is let through; %u are valid\n",
		      made, wrong, still);
	assert_true(made > 500 && wrong > 10000 && still > 100);
}

/* A claim that says something else of the same code. */
static void other_claims(void **state)
{
	static const struct sock_filter insns[] = { LD_ABS(16), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW) },
					other[] = { LD_ABS(16), JEQ(6, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW) },
					by_number[] = { LD_ABS(0), JEQ(5, 1, 0), RET_K(SECCOMP_RET_KILL_PROCESS), LD_ABS(16), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW) };
	struct seccomp_claim c = { .program = insns, .nr = 5, .below = SECCOMP_RET_ALLOW, .exits = &exits };
	struct seccomp_validate v;
	uint32_t steps = 0;

	(void)state;
	assert_true(make(&c, COUNT(insns)) && valid(&c));
	assert_false(seccomp_rv64_valid(&v, &c, chain->memory, chain->n, &steps));
	c.program = other;
	assert_false(valid(&c));
	c.program = by_number;
	assert_true(valid(&c));
	c.nr = 6;
	assert_false(valid(&c));
	c.nr = 5;
	c.log = true;
	assert_false(valid(&c));
	c.log = false;
	c.stricter = true;
	assert_false(valid(&c));
	c.stricter = false;
	c.below = SECCOMP_RET_ERRNO | 7;
	assert_false(valid(&c));
}

/* Puts INSN before the code. */
static void before_it(uint32_t insn)
{
	memmove(chain->memory + 1, chain->memory, chain->n * sizeof(chain->memory[0]));
	chain->memory[0] = insn;
	chain->n++;
}

#define LI_A0 0xfff00513U /* li a0, -1 */

static void by_hand(void **state)
{
	static const struct sock_filter refuses[] = { LD_ABS(20), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ERRNO(2)) },
					runs[] = { LD_ABS(24), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW) };
	struct seccomp_claim c = { .program = refuses, .nr = 5, .below = SECCOMP_RET_ALLOW, .exits = &exits };

	(void)state;
	/* srai t0, a0, 32 reads another a0 than the caller's */
	assert_true(make(&c, COUNT(refuses)) && valid(&c));
	before_it(LI_A0);
	assert_false(valid(&c));
	/* the call runs with another a0 than the caller's */
	c.program = runs;
	assert_true(make(&c, COUNT(runs)) && valid(&c));
	before_it(LI_A0);
	assert_false(valid(&c));
	/* bne t0, t1 becomes bltu t0, t1 */
	assert_true(make(&c, COUNT(runs)) && (chain->memory[2] & 0x707f) == 0x1063);
	chain->memory[2] ^= 0x7000;
	assert_false(valid(&c));
}

int main(void)
{
	int failed;

	chain = chain_new();
	row_add(changed, NULL, "what the validator lets through is right");
	row_add(other_claims, NULL, "code of another filter, number or stack is not let through");
	row_add(by_hand, NULL, "a0 is the caller's where it is read, and where the call runs; another kind of comparison is another");
	failed = rows_run("validate");
	free(chain);
	return failed;
}
