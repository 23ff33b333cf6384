/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_disasm.c - `portcullis disasm`: the instructions of programs.
 */
#include "asm_text.h"
#include "command.h"
#include "compile.h"
#include "disasm.h"

static enum status run_disasm(struct invocation *in)
{
	struct stack stack = new_stack(in);

	if (in->n_operands == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a FILTER is wanted");
	if (!read_stack(in, &stack, 0, in->n_operands))
		return STATUS_BAD;
	for (const struct policy *p = stack.oldest; p != NULL; p = p->newer) {
		uint32_t len;
		const struct sock_filter *insns = compile_policy(&stack, p, &len);
		const char *const *comments;

		if (insns == NULL) {
			notes_print(stderr, &in->notes, NOTE_ERROR);
			return STATUS_BAD;
		}
		comments = asm_comments(&in->arena, insns, len);
		if (option(in, "text") != NULL)
			fputs(asm_text(&in->arena, insns, len), in->out);
		for (uint32_t pc = 0; pc < len && option(in, "text") == NULL; pc++) {
			char text[SECCOMP_TEXT_MAX];

			seccomp_disasm(text, &insns[pc]);
			fprintf(in->out, comments[pc] != NULL ? "%4u: %-28s ; %s\n" : "%4u: %s\n", (unsigned int)pc,
				text, comments[pc]);
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
