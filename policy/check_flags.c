/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_flags.c - checks: a condition on a flag that is the wrong way round. What a policy is there
 * to refuse runs, and nothing else does.
 */
#include <string.h>

#include <abi/audit.h>

#include "build.h"
#include "check.h"
#include "constants.h"
#include "say.h"

/* Flags that are refused, where policies look at them. */
static const struct {
	const char *call;
	unsigned int arg;
	const char *flags[10];
} risky[] = {
	{ "clone",
	  0,
	  { "CLONE_NEWUSER", "CLONE_NEWNS", "CLONE_NEWNET", "CLONE_NEWPID", "CLONE_NEWIPC", "CLONE_NEWUTS",
	    "CLONE_NEWCGROUP" } },
	{ "unshare",
	  0,
	  { "CLONE_NEWUSER", "CLONE_NEWNS", "CLONE_NEWNET", "CLONE_NEWPID", "CLONE_NEWIPC", "CLONE_NEWUTS",
	    "CLONE_NEWCGROUP" } },
	{ "mmap", 2, { "PROT_EXEC" } },
	{ "mprotect", 2, { "PROT_EXEC" } },
	{ "pkey_mprotect", 2, { "PROT_EXEC" } },
	{ "shmat", 2, { "SHM_EXEC" } },
};

/* Does the call run whenever one of the bits is set, and never without? */
static bool runs_by(struct checker *c, const struct checked_call *k, unsigned int arg, uint32_t bits)
{
	struct symbols *sym = &c->asker->sym;
	const Z3_ast word = symbol_word(sym, SECCOMP_ARG0_LO + 8 * arg);
	const Z3_ast masked = Z3_mk_bvand(sym->z3, word, symbol_constant(sym, bits));
	const Z3_ast clear = Z3_mk_eq(sym->z3, masked, symbol_constant(sym, 0));
	const Z3_ast runs = runs_term(sym, outcomes_term(sym, &k->outcomes));
	struct seccomp_data d;

	return !possible(c, k->call->nr, both_terms(sym, clear, runs), &d) &&
	       !possible(c, k->call->nr, both_terms(sym, Z3_mk_not(sym->z3, clear), Z3_mk_not(sym->z3, runs)), &d);
}

static void tell_inverted(struct checker *c, const struct checked_call *k, unsigned int arg, uint32_t flag,
			  const char *names)
{
	struct seccomp_data with = { .nr = (int)k->call->nr, .arch = c->arch }, without = with;
	const struct side side = { c->subject, 1 };

	with.args[arg] = flag;
	if (!action_runs(side_answer(&side, &with)) || action_runs(side_answer(&side, &without)))
		return;
	check_found_call(c, CHECK_FLAG_INVERTED, SEVERITY_WARNING, answer_place(c, k), NULL, say_call(c->arena, &with),
			 "%s runs with %s, and is answered %s without", k->call->name, names,
			 say_answer(c->arena, side_answer(&side, &without)));
}

void check_flags(struct checker *c)
{
	for (size_t i = 0; i < sizeof(risky) / sizeof(risky[0]); i++) {
		const struct checked_call *k = checked(c, risky[i].call);
		uint32_t all = 0, flag[10] = { 0 };
		const char *names = "";
		size_t n = 0;

		if (k == NULL || k->constant || c->arch != AUDIT_ARCH_RISCV64)
			continue;
		for (; risky[i].flags[n] != NULL; n++) {
			flag[n] = (uint32_t)constant_find(risky[i].flags[n], strlen(risky[i].flags[n]))->value;
			all |= flag[n];
			names = append_word(c->arena, names, risky[i].flags[n]);
		}
		if (runs_by(c, k, risky[i].arg, all)) {
			tell_inverted(c, k, risky[i].arg, flag[0], names);
			continue;
		}
		for (size_t m = 0; n > 1 && m < n; m++)
			if (runs_by(c, k, risky[i].arg, flag[m]))
				tell_inverted(c, k, risky[i].arg, flag[m], risky[i].flags[m]);
	}
}
