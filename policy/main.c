/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - portcullis SUBCOMMAND: finds the row, takes the options that it has, and runs it.
 *
 * Exit status of all subcommands: enum status.
 */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <portcullis/version.h>

#include "command.h"
#include "output.h"

#define OPTIONS_MAX 96
#define STACK_WANTED (96UL << 20)

const struct command *const commands[] = {
#define COMMAND(row) &(row),
#include "commands.def"
#include "source.h"
#undef COMMAND
	NULL,
};

const struct option_row reading_options[] = {
	{ 'f', "file", "FILE", "one more policy of the stack, oldest first; - is stdin" },
	{ 0, "from", "FORM", "the form of the policies, where their content does not tell" },
	{ 0, "select", "NAME", "which part of a file with several policies (a thread, a policy, a setting)" },
	{ 0, "runtime", "NAME", "docker, podman or crun: how an OCI profile is meant (docker)" },
	{ 0, "caps", "LIST", "capabilities of the container: +SYS_ADMIN,-CHOWN; or none,KILL" },
	{ 0, "kernel", "VERSION", "the kernel that minKernel is compared with (6.1)" },
	{ 0, "systemd", "VERSION",
	  "whose groups of calls a unit means: 252 (as Debian 12) or 257 (as Debian 13) (252)" },
	{ 0, "patience", "SECONDS", "processor time that the solver may take in all, before the status is 3 (5)" },
	{ 0 },
};

const struct option_row general_options[] = {
	{ 'o', "output", "FILE", "write to FILE instead of stdout" },
	{ 'q', "quiet", NULL, "no warnings" },
	{ 'h', "help", NULL, "how the subcommand is used" },
	{ 'V', "version", NULL, "which portcullis this is" },
	{ 0 },
};

const char *option(const struct invocation *in, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; i < in->n_given; i++)
		if (strcmp(in->given[i].name, name) == 0)
			value = in->given[i].value != NULL ? in->given[i].value : "";
	return value;
}

bool option_is_in(const struct option_row *rows, const char *name)
{
	for (; rows != NULL && rows->name != NULL; rows++)
		if (strcmp(rows->name, name) == 0)
			return true;
	return false;
}

struct read_options reading(const struct invocation *in)
{
	return (struct read_options){
		.from = option(in, "from"),
		.select = option(in, "select"),
		.runtime = option(in, "runtime"),
		.caps = option(in, "caps"),
		.kernel = option(in, "kernel"),
		.systemd = option(in, "systemd"),
	};
}

struct stack new_stack(struct invocation *in)
{
	return (struct stack){ .arena = &in->arena, .notes = &in->notes };
}

bool read_quietly(struct invocation *in, struct stack *stack, int first, int last)
{
	struct read_options how = reading(in);
	bool good = true;

	how.every_part = stack->tells_missing;

	for (size_t i = 0; i < in->n_given; i++)
		if (strcmp(in->given[i].name, "file") == 0)
			good = read_file(stack, in->given[i].value, &how) && good;
	for (int i = first; i < last; i++)
		good = read_file(stack, in->operands[i], &how) && good;
	return good;
}

bool read_stack(struct invocation *in, struct stack *stack, int first, int last)
{
	const bool good = read_quietly(in, stack, first, last);

	notes_print(stderr, &in->notes, option(in, "quiet") != NULL ? NOTE_ERROR : NOTE_WARNING);
	return good;
}

enum status bad_usage(const struct invocation *in, const char *format, ...)
{
	va_list args;

	complain("portcullis %s: ", in->command->name);
	va_start(args, format);
	complain_about(format, args);
	va_end(args);
	complain(" (try portcullis help %s)\n", in->command->name);
	return STATUS_BAD;
}

/* What getopt is told, made from the rows. */
struct getopt_rows {
	char letters[2 * OPTIONS_MAX + 3]; /* the first is ':' */
	struct option longs[OPTIONS_MAX + 1];
	const struct option_row *rows[OPTIONS_MAX];
	int n;
};

static void add_rows(struct getopt_rows *g, const struct option_row *rows)
{
	size_t n = strlen(g->letters);

	for (; rows != NULL && rows->name != NULL && g->n < OPTIONS_MAX; rows++, g->n++) {
		g->longs[g->n] = (struct option){
			.name = rows->name,
			.has_arg = rows->value == NULL	   ? no_argument
				   : rows->value[0] == '[' ? optional_argument
							   : required_argument,
			.val = 256 + g->n,
		};
		g->rows[g->n] = rows;
		if (rows->letter != 0) {
			g->letters[n++] = rows->letter;
			if (rows->value != NULL)
				g->letters[n++] = ':';
		}
	}
}

static const struct option_row *find_row(const struct getopt_rows *g, int c)
{
	if (c >= 256 && c < 256 + g->n)
		return g->rows[c - 256];
	for (int i = 0; i < g->n; i++)
		if (g->rows[i]->letter == c)
			return g->rows[i];
	return NULL;
}

/*
 * Says what getopt_long() has answered C for: '?' or ':'. WORD is the one that it looked at last.
 * getopt's own lines would bring a terminal whatever the word holds.
 */
static void complain_of_option(const struct invocation *in, const struct getopt_rows *g, int c, const char *word)
{
	const char *const name = in->command->name;

	complain("portcullis %s: ", name);
	if (optopt >= 256)
		complain("--%s %s", g->rows[optopt - 256]->name, c == ':' ? "needs a value" : "takes no value");
	else if (optopt != 0)
		complain(c == ':' ? "-%c needs a value" : "there is no option -%c", optopt);
	else
		complain("there is no option %s, or more than one begins so", word);
	complain(" (try portcullis help %s)\n", name);
}

/* Fills in what was given. False after a line on stderr. */
static bool parse_options(struct invocation *in, int argc, char **argv)
{
	struct getopt_rows g = { .letters = ":" };
	int c;

	opterr = 0;
	add_rows(&g, in->command->options);
	if (in->command->reads)
		add_rows(&g, reading_options);
	add_rows(&g, general_options);
	if (in->command->runs)
		add_rows(&g, running_options);
	for (int i = 1; i < argc; i++) /* strace's "--- SIGSYS {...} ---" is no option */
		if (strncmp(argv[i], "--- ", 4) == 0)
			argv[i] = (char *)arena_print(&in->arena, " %s", argv[i]);
	while ((c = getopt_long(argc, argv, g.letters, g.longs, NULL)) != -1) {
		const struct option_row *row = find_row(&g, c);

		if (row == NULL) {
			complain_of_option(in, &g, c, argv[optind - 1]);
			return false;
		}
		in->given = arena_grow(&in->arena, in->given, in->n_given, 1, sizeof(*in->given), &in->room_given);
		in->given[in->n_given++] = (struct given_option){ row->name, row->value != NULL ? optarg : NULL };
	}
	in->operands = argv + optind;
	in->n_operands = argc - optind;
	return true;
}

/*
 * What a subcommand says goes into FILE when it is known to be good: FILE may be one that was
 * read.
 */
static enum status run_into(struct invocation *in, const char *file)
{
	struct output output;
	enum status status;

	in->out = output_begin(&output);
	if (in->out == NULL)
		return STATUS_BAD;
	status = in->command->run(in);
	if (status != STATUS_YES && status != STATUS_NO)
		output_drop(&output);
	else if (!output_end(&output, file))
		status = STATUS_BAD;
	return status;
}

static enum status run_parsed(struct invocation *in)
{
	const char *file = option(in, "output");
	enum status status;

	if (option(in, "help") != NULL) {
		help_command(stdout, in->command);
		return STATUS_YES;
	}
	if (option(in, "version") != NULL) {
		puts("portcullis " PORTCULLIS_VERSION);
		return STATUS_YES;
	}
	if (file != NULL && strcmp(file, "-") != 0 && !in->command->names_output)
		return run_into(in, file);
	in->out = stdout;
	status = in->command->run(in);
	if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
		complain("portcullis: stdout: %s\n", strerror(errno));
		status = STATUS_BAD;
	}
	return status;
}

static const struct command *find_command(const char *name)
{
	for (size_t i = 0; commands[i] != NULL; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

/*
 * Deciding conditions and parsing are recursive, as deep as a policy has
 * conditions for one call: 4096 at most.
 */
static void want_stack(void)
{
	struct rlimit stack;

	if (getrlimit(RLIMIT_STACK, &stack) != 0 || stack.rlim_cur >= STACK_WANTED)
		return;
	stack.rlim_cur = stack.rlim_max < STACK_WANTED ? stack.rlim_max : STACK_WANTED;
	setrlimit(RLIMIT_STACK, &stack);
}

int main(int argc, char **argv)
{
	struct invocation in = { 0 };
	enum status status;

	want_stack();

	in.notes.arena = &in.arena;
	if (argc < 2) {
		help_all(stderr);
		return STATUS_BAD;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("portcullis " PORTCULLIS_VERSION);
		return STATUS_YES;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help_all(stdout);
		return STATUS_YES;
	}
	in.command = find_command(argv[1]);
	if (in.command == NULL) {
		complain("portcullis: no such subcommand: %s (try portcullis --help)\n", argv[1]);
		return STATUS_BAD;
	}
	if (in.command->verbatim) {
		in.operands = argv + 2;
		in.n_operands = argc - 2;
		in.out = stdout;
		status = in.command->run(&in);
	} else {
		argv[1] = arena_print(&in.arena, "portcullis %s", argv[1]);
		status = parse_options(&in, argc - 1, argv + 1) ? run_parsed(&in) : STATUS_BAD;
	}
	arena_free(&in.arena);
	return (int)status;
}
