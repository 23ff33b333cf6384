/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * man.c - `portcullis man`: a page of all subcommands, and one of each, from the rows that the help
 * is made of.
 */
#include <ctype.h>
#include <string.h>

#include <portcullis/version.h>

#include "command.h"

/* Text for troff: a backslash, a dash and a leading dot mean something to it. */
static void man_text(FILE *to, const char *text)
{
	bool start = true;

	for (; *text != '\0'; text++) {
		if (start && (*text == '.' || *text == '\''))
			fputs("\\&", to);
		if (*text == '\\')
			fputs("\\e", to);
		else if (*text == '-')
			fputs("\\-", to);
		else
			fputc(*text, to);
		start = *text == '\n';
	}
}

static void man_options(FILE *to, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		fputs(".TP\n.B ", to);
		if (rows->letter != 0)
			fprintf(to, "\\-%c\\fR, \\fB", rows->letter);
		fputs("\\-\\-", to);
		man_text(to, rows->name);
		if (rows->value != NULL)
			fprintf(to, "\\fR%s\\fI%s", rows->value[0] == '[' ? "" : "=", rows->value);
		fputc('\n', to);
		man_text(to, rows->help);
		fputc('\n', to);
	}
}

/* The head of the page NAME, which may be "portcullis-SUBCOMMAND". */
static void man_head(FILE *to, const char *name, const char *summary)
{
	fputs(".TH ", to);
	for (const char *c = name; *c != '\0'; c++)
		fprintf(to, "%s%c", *c == '-' ? "\\" : "", toupper((unsigned char)*c));
	fprintf(to, " 1 %s \"portcullis %s\" \"User Commands\"\n.SH NAME\n", PORTCULLIS_DATE, PORTCULLIS_VERSION);
	man_text(to, name);
	fputs(" \\- ", to);
	man_text(to, summary);
	fputs("\n.SH SYNOPSIS\n.B portcullis ", to);
}

static void man_end(FILE *to)
{
	fputs(".SH EXIT STATUS\n0 yes or clean, 1 no or found, 2 bad usage or input, 3 undecided.\n", to);
}

static void man_forms(FILE *to)
{
	fputs(".SH FORMS OF POLICIES\nA policy's form is known by its content.\n", to);
	for (size_t i = 0; readers[i] != NULL; i++) {
		fprintf(to, ".TP\n.B %s\n", readers[i]->name);
		man_text(to, readers[i]->what);
		fputc('\n', to);
	}
}

static void man_command(FILE *to, const struct command *c)
{
	char name[64];

	snprintf(name, sizeof(name), "portcullis-%s", c->name);
	man_head(to, name, c->summary);
	man_text(to, c->name);
	if (*c->operands != '\0') {
		fputs("\n.RI ", to);
		for (const char *word = c->operands; *word != '\0';) {
			const size_t n = strcspn(word, " ");

			fprintf(to, "%s\"%.*s\"", word == c->operands ? "" : " \" \" ", (int)n, word);
			word += n + (word[n] == ' ');
		}
	}
	fputs("\n.SH DESCRIPTION\n.nf\n", to);
	man_text(to, c->details);
	fputs(".fi\n", to);
	if (!c->verbatim || c->options != NULL)
		fputs(".SH OPTIONS\n", to);
	man_options(to, c->options);
	if (c->reads)
		man_options(to, reading_options);
	if (!c->verbatim)
		man_options(to, general_options);
	if (c->runs)
		fputs(".PP\nand those of\n.BR portcullis\\-run (1),\nbut for \\-\\-events, \\-\\-each and \\-\\-dry\\-run.\n",
		      to);
	if (c->reads)
		man_forms(to);
	if (!c->verbatim)
		man_end(to);
	fputs(".SH SEE ALSO\n.BR portcullis (1)\n", to);
}

static void man_all(FILE *to)
{
	man_head(to, "portcullis", "reads seccomp policies and answers questions about them");
	fputs("\n.I SUBCOMMAND\n[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.SH SUBCOMMANDS\nEach has a page of its own.\n",
	      to);
	for (size_t i = 0; commands[i] != NULL; i++) {
		fprintf(to, ".TP\n.BR portcullis\\-%s (1)\n", commands[i]->name);
		man_text(to, commands[i]->summary);
		fputc('\n', to);
	}
	fputs(".SH OPTIONS\nof all subcommands that read policies:\n", to);
	man_options(to, reading_options);
	fputs(".PP\nand of all but run, gdb and pack:\n", to);
	man_options(to, general_options);
	man_forms(to);
	man_end(to);
}

static enum status run_man(struct invocation *in)
{
	if (in->n_operands == 0) {
		man_all(in->out);
		return STATUS_YES;
	}
	for (size_t i = 0; commands[i] != NULL; i++) {
		if (strcmp(commands[i]->name, in->operands[0]) == 0) {
			man_command(in->out, commands[i]);
			return STATUS_YES;
		}
	}
	return bad_usage(in, "no such subcommand: %s", in->operands[0]);
}

const struct command command_man = {
	.name = "man",
	.operands = "[SUBCOMMAND]",
	.summary = "the man page, or a subcommand's, as troff source",
	.details = "Prints portcullis(1), or portcullis-SUBCOMMAND(1): portcullis man | man -l -\n",
	.run = run_man,
};
