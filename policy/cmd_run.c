/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_run.c - `portcullis run`, gdb and pack: qemu.sh, which knows how to start the machine. Only
 * their help is here; and what other subcommands pass on to it.
 */
#include "command.h"
#include "run.h"

unsigned int run_options_given(struct invocation *in, const char **arguments)
{
	unsigned int n = 0;

	for (size_t i = 0; i < in->n_given; i++) {
		const struct given_option *g = &in->given[i];

		if (!option_is_in(running_options, g->name))
			continue;
		arguments[n++] = arena_print(&in->arena, g->value == NULL ? "--%s" : "--%s=%s", g->name, g->value);
	}
	return n;
}

static enum status pass_on(struct invocation *in)
{
	become_script(in->command->name, (const char *const *)in->operands, (unsigned int)in->n_operands);
	return STATUS_BAD;
}

#define ROW(letter, name, value, help) { letter, name, value, help },
#define NO_ROW(letter, name, value, help)

#define BOTH ROW
#define RUN ROW
#define ALONE NO_ROW
#define PACK NO_ROW
const struct option_row running_options[] = {
#include "../tools/run.def"
	{ 0 },
};
#undef ALONE
#define ALONE ROW
static const struct option_row run_options[] = {
#include "../tools/run.def"
	{ 0 },
};
#undef RUN
#undef ALONE
#undef PACK
#define RUN NO_ROW
#define ALONE NO_ROW
#define PACK ROW
static const struct option_row pack_options[] = {
#include "../tools/run.def"
	{ 0 },
};

const struct command command_run = {
	.name = "run",
	.operands = "[OPTION...] [PROGRAM [ARG...]]",
	.summary = "run a program under policies, on the kernel in QEMU",
	.details = "PROGRAM is a static riscv64 ELF file, or with --root a program in that\n"
		   "folder; without one the tour runs. The status is the program's: 128 + signal\n"
		   "when it was killed, 124 when its time was up, 251 when the program did not\n"
		   "begin (a line says why), 253 when the kernel panicked, 2 for a bad command\n"
		   "line.\n",
	.options = run_options,
	.verbatim = true,
	.run = pass_on,
};

const struct command command_pack = {
	.name = "pack",
	.operands = "-o FILE [OPTION...] PROGRAM [ARG...]",
	.summary = "make one bootable file of kernel, program and policies",
	.details = "FILE starts in QEMU, or by a board's boot loader: it is a RISC-V Linux Image.\n",
	.options = pack_options,
	.verbatim = true,
	.run = pass_on,
};

const struct command command_gdb = {
	.name = "gdb",
	.operands = "[OPTION...] PROGRAM [ARG...]",
	.summary = "start a program, waiting for gdb",
	.details = "Prints the command that attaches gdb, and takes the options of run.\n",
	.options = run_options,
	.verbatim = true,
	.run = pass_on,
};
