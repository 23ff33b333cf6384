/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_stack.c - see run_stack.h.
 */
#include "run_stack.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "convert.h"
#include "say.h"

#define PATIENCE_MAX 86400U
#define OPEN_NAMES 6U

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

bool run_stack_prove(const struct run_stack *run, struct asker *asker)
{
	for (const struct seccomp_filter *f = run->newest; f != NULL; f = f->prev)
		if (!is_proved(run->stack, asker, run->policies[f->id - 1], f->program->insns, f->program->len))
			return false;
	return true;
}

enum status ask_begin(const struct invocation *in, struct asker *asker)
{
	const char *patience = option(in, "patience");
	char *end = NULL;
	const unsigned long most = patience != NULL ? strtoul(patience, &end, 10) : 0;

	ask_init(asker, (unsigned int)most);
	if (patience != NULL && (*end != '\0' || most == 0 || most > PATIENCE_MAX))
		return bad_usage(in, "--patience %s: 1 to %u seconds", patience, PATIENCE_MAX);
	asker->careful = option(in, "careful") != NULL;
	if (!asker->careful || ask_has_second())
		return STATUS_YES;
	complain("portcullis %s: --careful asks cvc5, too, and there is none (Debian's package cvc5)\n",
		 in->command->name);
	return STATUS_BAD;
}

/* ---- what is left open ---- */

/* The calls that something is not decided of: their names, or how many numbers. */
static const char *open_calls(struct asker *a)
{
	const char *names = "";
	size_t n = 0;

	for (size_t i = 0; i < a->n_open; i++) {
		const struct box *box = &a->open[i];
		bool told = false;

		for (size_t k = 0; k < i && !told; k++)
			told = a->open[k].nr[0] == box->nr[0] && a->open[k].nr[1] == box->nr[1];
		if (told || n++ >= OPEN_NAMES)
			continue;
		names = arena_print(
			&a->arena, "%s%s%s", names, n > 1 ? ", " : "",
			box->nr[0] == box->nr[1] ? say_call_name(&a->arena, box->nr[0])
			: box->nr[0] == 0 && box->nr[1] == UINT32_MAX
				? "every number"
				: arena_print(&a->arena, "numbers %" PRIu32 " to %" PRIu32, box->nr[0], box->nr[1]));
	}
	return n <= OPEN_NAMES ? names : arena_print(&a->arena, "%s and %zu more", names, n - OPEN_NAMES);
}

/* Where a filter begins to compute with what it loads, which is what makes it hard for a solver. */
static void tell_hard(struct arena *arena, const struct stack *stack)
{
	const struct source *told = NULL;

	for (const struct policy *p = stack != NULL ? stack->oldest : NULL; p != NULL; p = p->newer) {
		uint32_t first = 0, n = 0;

		if (p->at.source != NULL && p->at.source == told)
			continue;
		told = p->at.source;

		for (uint32_t pc = 0; pc < p->len; pc++)
			if (BPF_CLASS(p->program[pc].code) == BPF_ALU && BPF_OP(p->program[pc].code) != BPF_AND &&
			    n++ == 0)
				first = pc;
		if (n > 0)
			complain("    %s: the first of %" PRIu32 " instructions that compute\n",
				 p->program_at != NULL ? say_place(arena, p->program_at[first], false)
						       : arena_print(arena, "pc=%" PRIu32 " of %s", first, p->name),
				 n);
	}
}

enum status ask_end(struct asker *a, enum status status, const struct stack *one, const struct stack *other)
{
	const bool open = a->n_open > 0 && status != STATUS_BAD;

	if (open && a->doubted > 0)
		complain(
			"portcullis: undecided: z3 says that there is no such call, and cvc5 does not, of %u question%s\n",
			a->doubted, a->doubted == 1 ? "" : "s");
	if (open)
		complain("portcullis: undecided: %s\n", open_calls(a));
	if (open && a->n_open > a->doubted) {
		tell_hard(&a->arena, one);
		tell_hard(&a->arena, other);
		complain(
			"    the solver gave up after %.0f seconds: --patience=SECONDS gives it more; a call of which all\n"
			"    arguments are given is always answered: portcullis show POLICY 'NAME(0, 1, ...)'\n",
			a->patience);
	}
	ask_free(a);
	return open && (status == STATUS_YES || a->doubted > 0) ? STATUS_UNDECIDED : status;
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
	return arena_print(arena, "default at %s", say_place(arena, p->otherwise_at, false));
}

const struct policy *run_stack_decider(const struct run_stack *run, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(run->newest, 0, data);

	return v.match != NULL ? run->policies[v.match->id - 1] : NULL;
}
