/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_disasm.c - `portcullis disasm`: the instructions of programs.
 */
#include "command.h"
#include "disasm.h"

static enum status run_disasm(struct invocation *in)
{
	struct stack stack = new_stack(in);

	if (in->n_operands == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a FILTER is wanted");
	if (!read_stack(in, &stack, 0, in->n_operands))
		return STATUS_BAD;
	for (const struct policy *p = stack.oldest; p != NULL; p = p->newer) {
		for (uint32_t pc = 0; pc < p->len; pc++) {
			char text[SECCOMP_TEXT_MAX];

			seccomp_disasm(text, &p->program[pc]);
			fprintf(in->out, "%4u: %s\n", (unsigned int)pc, text);
		}
	}
	return STATUS_YES;
}

const struct command command_disasm = {
	.name = "disasm",
	.operands = "FILTER...",
	.summary = "the instructions of a filter, one a line",
	.details = "Prints the instructions of each FILTER.\n",
	.reads = true,
	.run = run_disasm,
};
