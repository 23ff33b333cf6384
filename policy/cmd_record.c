/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_record.c - `portcullis record`: runs a program and keeps what it did.
 */
#include "command.h"
#include "run.h"

static enum status run_record(struct invocation *in)
{
	const size_t room = 3 + in->n_given + (size_t)in->n_operands;
	const char **arguments = arena_zalloc(&in->arena, room * sizeof(*arguments));
	unsigned int n = 0;

	if (option(in, "output") == NULL)
		return bad_usage(in, "-o FILE is wanted: where the events go");
	if (in->n_operands == 0)
		return bad_usage(in, "a PROGRAM is wanted");
	arguments[n++] = "--events";
	arguments[n++] = option(in, "output");
	n += run_options_given(in, arguments + n);
	arguments[n++] = "--";
	for (int i = 0; i < in->n_operands; i++)
		arguments[n++] = in->operands[i];
	become_script("run", arguments, n);
	return STATUS_BAD;
}

const struct command command_record = {
	.name = "record",
	.operands = "-o FILE [OPTION...] -- PROGRAM [ARG...]",
	.summary = "run a program and keep its events, for policy, cover and replay",
	.details = "Runs PROGRAM as qemu.sh run does, and ends with its status. FILE is\n"
		   "what qemu.sh run --events writes: a line of JSON for each call, filter, fork,\n"
		   "exec and exit. refusals, policy, cover and replay read it.\n",
	.runs = true,
	.names_output = true,
	.run = run_record,
};
