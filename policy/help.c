/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * help.c - `portcullis help`, from the rows of the subcommands.
 */
#include <string.h>

#include "command.h"
#include "say.h"

#define LEFT_MAX 24

/* TEXT behind what has been printed up to the column AT: from the column LEFT on, or later. */
static void print_right(FILE *to, int left, int at, const char *text)
{
	static const char blanks[] = "                         ";
	const int gap = at < left ? left - at + 1 : 1;

	_Static_assert(sizeof(blanks) == LEFT_MAX + 2, "a blank more than the widest column");
	fprintf(to, "%*s", gap, "");
	say_words(to, text, (size_t)(at + gap), blanks + LEFT_MAX - left);
}

void help_all(FILE *to)
{
	fputs("usage: portcullis SUBCOMMAND [OPTION...] [OPERAND...]\n\n"
	      "Reads seccomp policies of every form and answers questions about them.\n\n",
	      to);
	for (size_t i = 0; commands[i] != NULL; i++)
		print_right(to, 13, fprintf(to, "  %-11s", commands[i]->name), commands[i]->summary);
	fputs("\nportcullis help SUBCOMMAND tells more; portcullis help forms, what is read.\n"
	      "Exit status: 0 yes or clean, 1 no or found, 2 bad usage or input, 3 undecided.\n",
	      to);
}

static void print_options(FILE *to, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		char left[64], letter[8] = "    ";

		if (rows->letter != 0)
			snprintf(letter, sizeof(letter), "-%c, ", rows->letter);
		snprintf(left, sizeof(left), "%s--%s%s%s", letter, rows->name,
			 rows->value != NULL && rows->value[0] != '[' ? "=" : "",
			 rows->value != NULL ? rows->value : "");
		print_right(to, 24, fprintf(to, "  %-22s", left), rows->help);
	}
}

void help_command(FILE *to, const struct command *c)
{
	fprintf(to, "usage: portcullis %s %s\n\n%s", c->name, c->operands, c->details);
	if (c->verbatim && c->options == NULL)
		return;
	fputs("\noptions:\n", to);
	print_options(to, c->options);
	if (c->verbatim)
		return;
	if (c->reads)
		print_options(to, reading_options);
	print_options(to, general_options);
	if (c->runs)
		fputs("and those of run (portcullis help run), but for --events, --each and --dry-run\n", to);
}

static void help_forms(FILE *to)
{
	fputs("A policy's form is known by its content; else --from=FORM says it.\n\n", to);
	for (size_t i = 0; readers[i] != NULL; i++)
		fprintf(to, "  %-12s %s\n", readers[i]->name, readers[i]->what);
}

static enum status run_help(struct invocation *in)
{
	if (in->n_operands == 0) {
		help_all(in->out);
		return STATUS_YES;
	}
	if (strcmp(in->operands[0], "forms") == 0) {
		help_forms(in->out);
		return STATUS_YES;
	}
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, in->operands[0]) == 0) {
			help_command(in->out, commands[i]);
			return STATUS_YES;
		}
	}
	return bad_usage(in, "no such subcommand: %s", in->operands[0]);
}

const struct command command_help = {
	.name = "help",
	.operands = "[SUBCOMMAND | forms]",
	.summary = "this text, or how a subcommand is used, or which forms are read",
	.details = "Prints how SUBCOMMAND is used, or the forms of policies that are read.\n",
	.run = run_help,
};
