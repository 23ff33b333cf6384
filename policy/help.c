/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * help.c - the help, the man page and the shells' completion, all from the rows of the subcommands.
 */
#include <string.h>

#include "command.h"

void help_all(FILE *to)
{
	fputs("usage: portcullis SUBCOMMAND [OPTION...] [OPERAND...]\n\n"
	      "Reads seccomp policies of every form and answers questions about them.\n\n",
	      to);
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(to, "  %-11s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\nportcullis help SUBCOMMAND tells more; portcullis help forms, which forms are read.\n"
	      "Exit status: 0 yes or clean, 1 no or found, 2 bad usage or input, 3 undecided.\n",
	      to);
}

static void print_options(FILE *to, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		char left[64], letter[8] = "    ";

		if (rows->letter != 0)
			snprintf(letter, sizeof(letter), "-%c, ", rows->letter);
		snprintf(left, sizeof(left), "%s--%s%s%s", letter, rows->name, rows->value != NULL ? "=" : "",
			 rows->value != NULL ? rows->value : "");
		fprintf(to, "  %-22s %s\n", left, rows->help);
	}
}

void help_command(FILE *to, const struct command *c)
{
	fprintf(to, "usage: portcullis %s %s\n\n%s", c->name, c->operands, c->details);
	if (c->verbatim)
		return;
	fputs("\noptions:\n", to);
	print_options(to, c->options);
	if (c->reads)
		print_options(to, reading_options);
	print_options(to, general_options);
}

static void help_forms(FILE *to)
{
	fputs("A policy's form is known by its content; --from=FORM says it where that does not do.\n\n", to);
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

/* ---- the man page ---- */

/* Text for troff: a backslash or a leading dot means something to it. */
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
			fprintf(to, "\\fR=\\fI%s", rows->value);
		fputc('\n', to);
		man_text(to, rows->help);
		fputc('\n', to);
	}
}

static void man_command(FILE *to, const struct command *c)
{
	fputs(".SS ", to);
	man_text(to, c->name);
	fputc(' ', to);
	man_text(to, c->operands);
	fputs("\n.nf\n", to);
	man_text(to, c->details);
	fputs(".fi\n", to);
	man_options(to, c->options);
}

static enum status run_man(struct invocation *in)
{
	FILE *to = in->out;

	fputs(".TH PORTCULLIS 1\n.SH NAME\nportcullis \\- reads seccomp policies and answers questions about them\n"
	      ".SH SYNOPSIS\n.B portcullis\n.I SUBCOMMAND\n[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.SH SUBCOMMANDS\n",
	      to);
	for (size_t i = 0; commands[i] != NULL; i++)
		man_command(to, commands[i]);
	fputs(".SH OPTIONS\nof all subcommands that read policies:\n", to);
	man_options(to, reading_options);
	fputs(".PP\nand of all:\n", to);
	man_options(to, general_options);
	fputs(".SH FORMS OF POLICIES\n", to);
	for (size_t i = 0; readers[i] != NULL; i++) {
		fprintf(to, ".TP\n.B %s\n", readers[i]->name);
		man_text(to, readers[i]->what);
		fputc('\n', to);
	}
	fputs(".SH EXIT STATUS\n0 yes or clean, 1 no or found, 2 bad usage or input, 3 undecided.\n", to);
	return STATUS_YES;
}

const struct command command_man = {
	.name = "man",
	.operands = "",
	.summary = "the man page, as troff source",
	.details = "Prints portcullis(1): portcullis man | man -l -\n",
	.run = run_man,
};

/* ---- completion ---- */

static void complete_options(FILE *to, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		fprintf(to, " --%s%s", rows->name, rows->value != NULL ? "=" : "");
}

static void completion_bash(FILE *to)
{
	fputs("# bash completion for portcullis\n_portcullis() {\n\tlocal words='' c=${COMP_WORDS[COMP_CWORD]}\n"
	      "\tCOMPREPLY=()\n\tif ((COMP_CWORD == 1)); then\n\t\twords='",
	      to);
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(to, "%s ", commands[i]->name);
	fputs("--help --version'\n\telif [[ $c == -* ]]; then\n\t\tcase ${COMP_WORDS[1]} in\n", to);
	for (size_t i = 0; commands[i] != NULL; i++) {
		fprintf(to, "\t\t%s) words='", commands[i]->name);
		complete_options(to, commands[i]->options);
		if (commands[i]->reads)
			complete_options(to, reading_options);
		complete_options(to, general_options);
		fputs("' ;;\n", to);
	}
	fputs("\t\tesac\n\t\tcompopt -o nospace\n\tfi\n"
	      "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$c\")\n}\n"
	      "complete -o default -F _portcullis portcullis\n",
	      to);
}

static void completion_zsh(FILE *to)
{
	fputs("#compdef portcullis\nif ((CURRENT == 2)); then\n\tlocal -a subcommands=(\n", to);
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(to, "\t\t\"%s:%s\"\n", commands[i]->name, commands[i]->summary);
	fputs("\t)\n\t_describe subcommand subcommands\n\treturn\nfi\ncase $words[2] in\n", to);
	for (size_t i = 0; commands[i] != NULL; i++) {
		fprintf(to, "%s) compadd -S '' -- ", commands[i]->name);
		complete_options(to, commands[i]->options);
		if (commands[i]->reads)
			complete_options(to, reading_options);
		complete_options(to, general_options);
		fputs(" ;;\n", to);
	}
	fputs("esac\n_files\n", to);
}

static enum status run_completion(struct invocation *in)
{
	if (in->n_operands == 1 && strcmp(in->operands[0], "bash") == 0)
		completion_bash(in->out);
	else if (in->n_operands == 1 && strcmp(in->operands[0], "zsh") == 0)
		completion_zsh(in->out);
	else
		return bad_usage(in, "one of bash and zsh is wanted");
	return STATUS_YES;
}

const struct command command_completion = {
	.name = "completion",
	.operands = "bash | zsh",
	.summary = "completion for a shell: . <(portcullis completion bash)",
	.details = "Prints what the shell has to read to complete subcommands and options.\n",
	.run = run_completion,
};
