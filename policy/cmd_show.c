/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_show.c - `portcullis show`: what policies allow and refuse, or what they answer to a call.
 */
#include <string.h>

#include <abi/audit.h>
#include "foreign.h"
#include "show.h"
#include "summary.h"

uint32_t show_arch(const struct invocation *in, const struct stack *stack)
{
	const char *name = option(in, "arch");
	uint32_t arch;
	size_t n;

	if (name != NULL)
		return arch_by_name(name, strlen(name));
	arch = stack->newest != NULL ? summary_other_arch(stack->newest->program, stack->newest->len) : 0;
	arch_calls(arch, &n);
	return n > 0 ? arch : AUDIT_ARCH_RISCV64;
}

static enum status show_stack(struct invocation *in, const struct run_stack *run, struct asker *asker, int calls,
			      uint32_t arch)
{
	enum status status = STATUS_YES;

	if (option(in, "map") != NULL)
		show_map(in->out, asker, run, arch);
	else if (calls == in->n_operands)
		for (const struct policy *p = run->stack->oldest; p != NULL; p = p->newer)
			show_policy(in->out, asker, &in->arena, p, arch, option(in, "all") != NULL);
	for (int i = calls; i < in->n_operands; i++) {
		struct query q;
		enum status one = STATUS_BAD;

		if (query_parse_of(&in->arena, &in->notes, in->operands[i], arch, &q))
			one = show_call(in->out, asker, &in->arena, run, &q, true, option(in, "path") != NULL);
		status = one > status ? one : status;
	}
	return status;
}

static enum status run_show(struct invocation *in)
{
	struct stack stack = new_stack(in);
	int calls = in->n_operands;
	struct run_stack run;
	struct asker asker;
	enum status status;
	uint32_t arch;

	while (calls > 0 && query_likely(in->operands[calls - 1]))
		calls--;
	if (calls == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a POLICY is wanted");
	if (!read_stack(in, &stack, 0, calls))
		return STATUS_BAD;
	arch = show_arch(in, &stack);
	if (arch == 0)
		return bad_usage(in, "--arch %s: riscv64, x86_64, i386 or aarch64", option(in, "arch"));
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &stack, &asker, &run);
	if (status == STATUS_YES)
		status = show_stack(in, &run, &asker, calls, arch);
	if (status == STATUS_BAD)
		notes_print(stderr, &in->notes, NOTE_ERROR);
	return ask_end(&asker, status, &stack, NULL);
}

static const struct option_row show_options[] = {
	{ 'a', "all", NULL, "every name, however many" },
	{ 'm', "map", NULL, "the answers to numbers 0 to 511, 64 a line" },
	{ 0, "arch", "NAME", "calls of riscv64, x86_64, i386 or aarch64 (that for which a filter is made)" },
	{ 'p', "path", NULL, "the instructions that the call goes through" },
	{ 0, "careful", NULL, "a second solver, cvc5, is asked, too; status 3 if it does not agree" },
	{ 0 },
};

const struct command command_show = {
	.name = "show",
	.operands = "POLICY... [CALL...]",
	.summary = "what a policy allows and refuses, or what it answers to a call",
	.details = "Without CALL: what each POLICY answers to which calls, and where it says so.\n"
		   "With CALL, such as 'openat(AT_FDCWD, *, O_WRONLY|O_CREAT)' (* is any value): the\n"
		   "answer of all policies as a stack, the rule that gives it, and the rules that\n"
		   "name the call and did not match, with what they wanted. Status 0 if the call may\n"
		   "run whatever * stands for, else 1.\n",
	.options = show_options,
	.reads = true,
	.run = run_show,
};
