/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_show.c - `portcullis show`: what policies allow and refuse, or what they answer to a call.
 */
#include "show.h"

static enum status show(struct invocation *in, const struct run_stack *run, struct asker *asker, int calls)
{
	enum status status = STATUS_YES;

	if (option(in, "map") != NULL)
		show_map(in->out, asker, &in->arena, run);
	else if (calls == in->n_operands)
		for (const struct policy *p = run->stack->oldest; p != NULL; p = p->newer)
			show_policy(in->out, asker, &in->arena, p, option(in, "all") != NULL);
	for (int i = calls; i < in->n_operands; i++) {
		struct query q;
		enum status one = STATUS_BAD;

		if (query_parse(&in->arena, &in->notes, in->operands[i], &q))
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

	while (calls > 0 && query_likely(in->operands[calls - 1]))
		calls--;
	if (calls == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a POLICY is wanted");
	if (!read_stack(in, &stack, 0, calls))
		return STATUS_BAD;
	status = careful_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &stack, &asker, &run);
	if (status == STATUS_YES)
		status = show(in, &run, &asker, calls);
	status = careful_end(&asker, status);
	if (status == STATUS_BAD)
		notes_print(stderr, &in->notes, NOTE_ERROR);
	ask_free(&asker);
	return status;
}

static const struct option_row show_options[] = {
	{ 'a', "all", NULL, "every name, however many" },
	{ 'm', "map", NULL, "the answers to numbers 0 to 511, 64 a line" },
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
