/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_disasm.c - `portcullis disasm`: the instructions of programs.
 */
#include "asm_text.h"
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
		if (option(in, "text") != NULL)
			fputs(asm_text(&in->arena, p->program, p->len), in->out);
		for (uint32_t pc = 0; pc < p->len && option(in, "text") == NULL; pc++) {
			char text[SECCOMP_TEXT_MAX];

			seccomp_disasm(text, &p->program[pc]);
			fprintf(in->out, "%4u: %s\n", (unsigned int)pc, text);
		}
	}
	return STATUS_YES;
}

static const struct option_row options[] = {
	{ 0, "text", NULL, "as assembler text that is read back: labels, names" },
	{ 0, NULL, NULL, NULL },
};

const struct command command_disasm = {
	.name = "disasm",
	.operands = "FILTER...",
	.summary = "the instructions of a filter, one a line",
	.details = "Prints the instructions of each FILTER.\n",
	.options = options,
	.reads = true,
	.run = run_disasm,
};
