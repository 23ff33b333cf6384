/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * completion.c - `portcullis completion`: what bash and zsh read to complete subcommands, options
 * and files, from the rows that the help is made of.
 */
#include <string.h>

#include "command.h"

static void list_rows(FILE *to, const struct option_row *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		fprintf(to, " --%s%s", rows->name, rows->value != NULL && rows->value[0] != '[' ? "=" : "");
}

static void list_options(FILE *to, const struct command *c)
{
	list_rows(to, c->options);
	if (c->reads)
		list_rows(to, reading_options);
	if (c->runs)
		list_rows(to, running_options);
	if (!c->verbatim)
		list_rows(to, general_options);
}

static void list_names(FILE *to)
{
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(to, "%s ", commands[i]->name);
}

/* For bash, --x=VALUE is three words, of which the last is a file's name. */
static void completion_bash(FILE *to)
{
	fputs("# bash completion for portcullis\n_portcullis() {\n\tlocal words='' c=${COMP_WORDS[COMP_CWORD]}\n"
	      "\tCOMPREPLY=()\n\tif ((COMP_CWORD == 1)); then\n\t\twords='",
	      to);
	list_names(to);
	fputs("--help --version'\n\telif [[ ${COMP_WORDS[1]} == @(help|man) ]]; then\n\t\twords='", to);
	list_names(to);
	fputs("forms'\n\telif [[ $c == -* ]]; then\n\t\tcase ${COMP_WORDS[1]} in\n", to);
	for (size_t i = 0; commands[i] != NULL; i++) {
		fprintf(to, "\t\t%s) words='", commands[i]->name);
		list_options(to, commands[i]);
		fputs("' ;;\n", to);
	}
	fputs("\t\tesac\n\telse\n\t\t[[ $c != = ]] || c=''\n\t\tcompopt -o filenames 2>/dev/null\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$c\")\n\t\treturn\n\tfi\n"
	      "\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$c\")\n"
	      "\t[[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null\n\treturn 0\n}\n"
	      "complete -F _portcullis portcullis\n",
	      to);
}

static void completion_zsh(FILE *to)
{
	fputs("#compdef portcullis\nif ((CURRENT == 2)); then\n\tlocal -a subcommands=(\n", to);
	for (size_t i = 0; commands[i] != NULL; i++)
		fprintf(to, "\t\t\"%s:%s\"\n", commands[i]->name, commands[i]->summary);
	fputs("\t)\n\t_describe subcommand subcommands\n\treturn\nfi\n"
	      "if [[ $words[CURRENT] == --*=* ]]; then\n\tcompset -P '*='\n\t_files\n\treturn\nfi\ncase $words[2] in\nhelp | man) compadd -- ",
	      to);
	list_names(to);
	fputs("forms; return ;;\n", to);
	for (size_t i = 0; commands[i] != NULL; i++) {
		fprintf(to, "%s) [[ $words[CURRENT] != -* ]] || compadd -S '' --", commands[i]->name);
		list_options(to, commands[i]);
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
