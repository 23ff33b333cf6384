/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_stack.c - see run_stack.h.
 */
#include "run_stack.h"

#include <inttypes.h>
#include <string.h>

#include "convert.h"
#include "say.h"

static bool attach_program(struct run_stack *run, const struct policy *p, const struct sock_filter *insns, uint32_t len,
			   uint64_t id)
{
	struct seccomp_filter *f = arena_zalloc(run->stack->arena, sizeof(*f));
	struct seccomp_program *program = arena_zalloc(run->stack->arena, sizeof(*program) + len * sizeof(*insns));

	program->len = len;
	memcpy(program->insns, insns, len * sizeof(*insns));
	program->cost = seccomp_cost(insns, len);
	f->program = program;
	f->id = id;
	f->log = (p->flags & SECCOMP_FILTER_FLAG_LOG) != 0;
	return seccomp_filter_attach(&run->newest, f) == 0;
}

enum status run_stack_make(struct invocation *in, struct stack *stack, struct asker *asker, struct run_stack *run)
{
	uint64_t id = 0;

	*run = (struct run_stack){ .stack = stack };
	run->subjects = arena_zalloc(stack->arena, (stack->depth + 1) * sizeof(*run->subjects));
	run->policies = arena_zalloc(stack->arena, (stack->depth + 1) * sizeof(const struct policy *));
	for (const struct policy *p = stack->oldest; p != NULL; p = p->newer, id++) {
		uint32_t len;
		const struct sock_filter *insns = compile_proved(in, stack, asker, p, &len);

		if (insns == NULL)
			return in->notes.errors > 0 ? STATUS_BAD : STATUS_UNDECIDED;
		if (!attach_program(run, p, insns, len, id + 1)) {
			complain(
				"portcullis: %s: the kernel refuses it with ENOMEM: the stack's path budget of 32768 is spent\n",
				p->name);
			return STATUS_BAD;
		}
		run->subjects[id] = (struct subject){ .policy = p, .insns = p->program, .len = p->len };
		run->policies[id] = p;
	}
	run->side = (struct side){ run->subjects, stack->depth };
	return STATUS_YES;
}

enum status careful_begin(const struct invocation *in, struct asker *asker)
{
	ask_init(asker);
	asker->careful = option(in, "careful") != NULL;
	if (!asker->careful || ask_has_second())
		return STATUS_YES;
	complain("portcullis %s: --careful asks cvc5, too, and there is none (Debian's package cvc5)\n",
		 in->command->name);
	return STATUS_BAD;
}

enum status careful_end(const struct asker *asker, enum status status)
{
	if (asker->doubted == 0 || status == STATUS_BAD)
		return status;
	complain("portcullis: undecided: z3 says that there is no such call, and cvc5 does not, of %u question%s\n",
		 asker->doubted, asker->doubted == 1 ? "" : "s");
	return STATUS_UNDECIDED;
}

const char *run_stack_why(struct arena *arena, const struct policy *p, const struct seccomp_data *data)
{
	const struct rule *rule;

	if (p == NULL)
		return "no filter";
	if (p->program != NULL) {
		const uint32_t pc = seccomp_run(p->program, p->len, data).pc;

		if (p->program_at != NULL)
			return say_place(arena, p->program_at[pc], false);
		return arena_print(arena, "pc=%" PRIu32 " of %s", pc, p->name);
	}
	policy_meaning(p, data, &rule);
	if (rule != NULL)
		return rule->implied ? arena_print(arena, "%s", rule->comment) : say_place(arena, rule->at, false);
	if (!p->every_arch && data->arch != p->arch)
		return arena_print(arena, "%s: another architecture", p->name);
	return arena_print(arena, "default, %s", say_place(arena, p->otherwise_at, false));
}

const struct policy *run_stack_decider(const struct run_stack *run, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(run->newest, 0, data);

	return v.match != NULL ? run->policies[v.match->id - 1] : NULL;
}
