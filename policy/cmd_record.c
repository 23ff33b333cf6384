/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_record.c - `portcullis record`: runs a program and keeps what it did.
 */
#include <string.h>

#include "command.h"
#include "run.h"

#define ARGUMENTS_MAX 4096

static enum status run_record(struct invocation *in)
{
	const char *arguments[ARGUMENTS_MAX + 4] = { "--events", option(in, "output") };
	unsigned int n = 2;
	int status;

	if (option(in, "output") == NULL)
		return bad_usage(in, "-o FILE is wanted: where the events go");
	if (in->n_operands == 0 || in->n_operands > ARGUMENTS_MAX)
		return bad_usage(in, "a PROGRAM is wanted");
	for (size_t i = 0; i < in->n_given && n < ARGUMENTS_MAX; i++)
		if (strcmp(in->given[i].name, "file") == 0) {
			arguments[n++] = "-f";
			arguments[n++] = in->given[i].value;
		}
	if (option(in, "root") != NULL) {
		arguments[n++] = "--root";
		arguments[n++] = option(in, "root");
	}
	for (int i = 0; i < in->n_operands && n < ARGUMENTS_MAX; i++)
		arguments[n++] = in->operands[i];
	status = run_program(arguments, n, false);
	return status < 0 ? STATUS_BAD : (enum status)status;
}

static const struct option_row record_options[] = {
	{ 'f', "file", "POLICY", "run it under this policy; may be given several times" },
	{ 0, "root", "DIR", "the root folder of the run, as qemu.sh run --root has it" },
	{ 0 },
};

const struct command command_record = {
	.name = "record",
	.operands = "-o FILE -- PROGRAM [ARG...]",
	.summary = "run a program and keep its events, for policy, cover and replay",
	.details = "Runs PROGRAM as qemu.sh run does, and ends with its status. FILE is\n"
		   "what qemu.sh run --events writes: a line of JSON for each call, filter, fork,\n"
		   "exec and exit. refusals, policy, cover and replay read it.\n",
	.options = record_options,
	.names_output = true,
	.run = run_record,
};
