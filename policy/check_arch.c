/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_arch.c - checks: for which machine the policy is made.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "check.h"
#include "foreign.h"
#include "say.h"
#include "show.h"
#include "summary.h"

#define NUMBERS_MAX 6U /* numbers that are shown with their names */

/*
 * The numbers that a program compares with, by their names on riscv64 and on x86-64: "59 is pipe2
 * (x86_64: execve)".
 */
static const char *number_names(struct checker *c)
{
	const struct policy *p = c->policy;
	const char *text = "";
	size_t n = 0;
	bool loaded = false;

	for (uint32_t pc = 0; pc < p->len && n < NUMBERS_MAX; pc++) {
		const struct sock_filter *i = &p->program[pc];
		const char *here, *there;

		if (BPF_CLASS(i->code) == BPF_LD)
			loaded = i->code == (BPF_LD | BPF_W | BPF_ABS) && i->k == SECCOMP_NR;
		if (!loaded || i->code != (BPF_JMP | BPF_JEQ | BPF_K))
			continue;
		here = foreign_call_name(AUDIT_ARCH_RISCV64, i->k);
		there = foreign_call_name(AUDIT_ARCH_X86_64, i->k);
		text = arena_print(c->arena, "%s%s%" PRIu32 " is %s (x86_64: %s)", text, n > 0 ? ", " : "", i->k,
				   here != NULL ? here : "no call", there != NULL ? there : "none");
		n++;
	}
	return text;
}

/* The architectures other than riscv64's that a program compares with, which never come. */
static const char *never_archs(struct checker *c, struct place *at)
{
	const struct policy *p = c->policy;
	const char *text = "";
	bool loaded = false;

	for (uint32_t pc = 0; pc < p->len; pc++) {
		const struct sock_filter *i = &p->program[pc];

		if (BPF_CLASS(i->code) == BPF_LD)
			loaded = i->code == (BPF_LD | BPF_W | BPF_ABS) && i->k == SECCOMP_ARCH;
		if (!loaded || i->code != (BPF_JMP | BPF_JEQ | BPF_K) || i->k == AUDIT_ARCH_RISCV64 ||
		    i->k == AUDIT_ARCH_RISCV32)
			continue;
		if (*text == '\0')
			*at = p->program_at != NULL ? p->program_at[pc] : p->at;
		text = append_word(c->arena, text, say_arch(c->arena, i->k));
	}
	return text;
}

/* May a call of another architecture run? */
static bool visit_foreign(void *arg, struct asker *a, const struct box_view *view)
{
	/* A box of more than riscv64 has another architecture at one of its ends. */
	const uint32_t arch = view->box->arch[0] != AUDIT_ARCH_RISCV64 ? view->box->arch[0] : view->box->arch[1];
	const struct box box = { { view->box->nr[0], view->box->nr[1] }, { arch, arch } };
	struct seccomp_data *example = arg;
	Z3_ast action;

	if (arch == AUDIT_ARCH_RISCV64)
		return true;
	if (view->constant[0]) {
		if (!action_runs(view->ret[0]))
			return true;
		*example = (struct seccomp_data){ .nr = (int)box.nr[0], .arch = arch };
		return false;
	}
	action = Z3_mk_bvand(a->sym.z3, view->term[0], symbol_constant(&a->sym, SECCOMP_RET_ACTION_FULL));
	return ask_example(a, &box, Z3_mk_eq(a->sym.z3, action, symbol_constant(&a->sym, SECCOMP_RET_ALLOW)),
			   example) != ASK_YES;
}

/* May a call of another architecture run under all policies of the stack? */
static bool foreign_passes(struct checker *c)
{
	const struct side alone = { c->subject, 1 }, *side = c->run->stack->apart ? &alone : &c->run->side;
	struct seccomp_data example = { .arch = AUDIT_ARCH_RISCV64 };

	(void)ask_boxes(c->asker, side, side, visit_foreign, &example);
	return example.arch != AUDIT_ARCH_RISCV64;
}

/* Finds calls of x86-64 that are refused, while x32's of the same number are not. */
void check_x32(struct checker *c)
{
	const char *names = "";
	size_t n = 0;

	for (size_t i = 0; i < c->n_calls && c->arch == AUDIT_ARCH_X86_64; i++) {
		const struct seccomp_data x32 = { .nr = (int)(c->calls[i].call->nr | X32_BIT), .arch = c->arch };

		if (!always_fails(&c->calls[i]) || !action_runs(side_answer(&(struct side){ c->subject, 1 }, &x32)))
			continue;
		if (n++ < NUMBERS_MAX)
			names = append_word(c->arena, names, c->calls[i].call->name);
	}
	if (n > 0)
		check_found(c, CHECK_X32_PASSES, c->policy->at, NULL, "refused, and not by x32's number: %s%s", names,
			    n > NUMBERS_MAX ? " ..." : "");
}

void check_arch(struct checker *c)
{
	const struct policy *p = c->policy;
	const uint32_t other = summary_other_arch(p->program, p->len);
	struct place at = p->at;
	const char *never;

	const bool passes = foreign_passes(c);

	if (!summary_looks_at_arch(p)) {
		const char *numbers = p->program != NULL ? number_names(c) : "";

		if (!passes)
			return;

		check_found(c, CHECK_ARCH_UNCHECKED, p->at, NULL,
			    "never looks at the architecture: numbers of others are taken for riscv64's%s%s",
			    *numbers != '\0' ? "; " : "", numbers);
		return;
	}
	if (other != 0) {
		check_found(c, CHECK_ARCH_OTHER, p->at, NULL,
			    "made for %s: every call of riscv64 is answered %s, whatever the rules say",
			    say_arch(c->arena, other), show_answers(c->arena, &c->above.outcomes));
		return;
	}
	/* Of a stack, one finding is enough. */
	if (passes && (p == c->run->stack->oldest || c->run->stack->apart))
		check_found(c, CHECK_FOREIGN_ARCH_PASSES, p->program != NULL ? p->at : p->foreign_at, advise_foreign(p),
			    "calls of other architectures than riscv64 may run");
	never = p->program != NULL ? never_archs(c, &at) : "";
	if (*never != '\0')
		check_found(c, CHECK_ARCH_NEVER, at, NULL,
			    "compares the architecture with %s, which never comes on riscv64", never);
}
