/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_prepare.c - `portcullis prepare`: policies of any form as the filters that
 * qemu.sh run puts into the initrd.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "call_list.h"
#include "convert.h"
#include "output.h"
#include "run_stack.h"
#include "say.h"
#include "summary.h"

/* Tells of the flags with which the policy is to be installed, and qemu.sh does not. */
static void tell_flags(FILE *to, const struct policy *p)
{
	if ((p->flags & SECCOMP_FILTER_FLAG_LOG) != 0)
		fputs("    note: SECCOMP_FILTER_FLAG_LOG is not passed on\n", to);
	if ((p->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER) != 0)
		fputs("    note: there is no listener: what it would be asked ends in ENOSYS\n", to);
}

/* How many columns the terminal has that standard error is; 0: it is none, or does not say. */
static size_t terminal_columns(void)
{
	struct winsize size;

	return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20 ? size.ws_col : 0;
}

/* What the filter allows and refuses, on stderr. */
static void tell_summary(struct invocation *in, struct asker *asker, const struct policy *p, uint32_t len, unsigned id)
{
	const size_t columns = terminal_columns();
	char *text = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&text, &size);

	if (to == NULL)
		return;
	summary_print(to, asker, &in->arena, p, len, id);
	tell_flags(to, p);
	fclose(to);
	for (char *rest = text, *line; (line = strsep(&rest, "\n")) != NULL && (rest != NULL || *line != '\0');)
		complain("%s\n", columns == 0 ? line : say_folded(&in->arena, line, columns));
	free(text);
}

static enum status run_prepare(struct invocation *in)
{
	const char *into = option(in, "into");
	struct stack stack = new_stack(in);
	enum status status;
	unsigned int id = 0;
	struct asker asker;
	struct call_list list;

	if (!call_list_read(in, "explain", true, &list) || !call_list_read(in, "expect", false, &list))
		return STATUS_BAD;
	if (list.given || option(in, "explain") != NULL)
		return STATUS_YES;
	if (into == NULL || (in->n_operands == 0 && option(in, "file") == NULL))
		return bad_usage(in, "--into=PREFIX and a POLICY are wanted");
	if (!read_stack(in, &stack, 0, in->n_operands))
		return STATUS_BAD;
	status = ask_begin(in, &asker);
	for (const struct policy *p = stack.oldest; p != NULL && status == STATUS_YES; p = p->newer, id++) {
		const char *file = arena_print(&in->arena, "%s.%u", into, id);
		uint32_t len;
		const struct sock_filter *insns = compile_proved(in, &stack, &asker, p, &len);

		if (insns == NULL || !output_write(file, insns, len * sizeof(*insns))) {
			status = insns == NULL && in->notes.errors == 0 ? STATUS_UNDECIDED : STATUS_BAD;
			if (status == STATUS_UNDECIDED)
				complain(
					"    a run takes what `portcullis convert --patience=60 %s -o FILE` writes: run -f FILE\n",
					p->name);
			break;
		}
		fprintf(in->out, "%s\n", file);
		if (option(in, "summary") != NULL)
			tell_summary(in, &asker, p, len, id + 1);
	}
	return ask_end(&asker, status, &stack, NULL);
}

static const struct option_row prepare_options[] = {
	{ 0, "into", "PREFIX", "write the filters to PREFIX.0, PREFIX.1 ..." },
	{ 0, "summary", NULL, "tell in two lines on stderr what each allows and refuses" },
	{ 0, "explain", "CALLS", "do nothing but say which of them is no call" },
	{ 0, "expect", "CALLS", "the same" },
	{ 0 },
};

const struct command command_prepare = {
	.name = "prepare",
	.operands = "--into=PREFIX POLICY...",
	.summary = "the filters that policies are installed as, as files",
	.details = "Compiles every POLICY, proves each filter equal to it, writes the filters as raw\n"
		   "arrays of struct sock_filter, oldest first, and prints their names. For qemu.sh.\n",
	.options = prepare_options,
	.reads = true,
	.run = run_prepare,
};
