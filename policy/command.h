/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * command.h - a subcommand: a row from which the command line, the help, the
 * man page and the completion come.
 */
#pragma once

#include <stdio.h>

#include "read.h"

#define VERSION "1.0"

enum status {
	STATUS_YES = 0,	      /* yes, or clean */
	STATUS_NO = 1,	      /* no, or something was found */
	STATUS_BAD = 2,	      /* bad usage or input */
	STATUS_UNDECIDED = 3, /* the solver could not say */
};

struct option_row {
	char letter;	   /* 0: it has a long name only */
	const char *name;  /* without the dashes */
	const char *value; /* what its value is called, or NULL if it takes none; "[=X]": it may be left out */
	const char *help;
};

struct given_option {
	const char *name;
	const char *value; /* NULL where it takes none */
};

struct command;

/* One call of the program: what was typed, and where things go. */
struct invocation {
	const struct command *command;
	char **operands;
	int n_operands;
	struct given_option *given;
	size_t n_given, room_given;
	FILE *out;
	struct arena arena;
	struct notes notes;
};

struct command {
	const char *name;
	const char *operands;		  /* as the usage line has them */
	const char *summary;		  /* one line, starts small, no full stop */
	const char *details;		  /* paragraphs, lines of at most 78 columns */
	const struct option_row *options; /* ends with a row of no name */
	bool reads;			  /* it reads policies: takes -f and how they are read, too */
	bool runs;			  /* it starts the machine: takes the options of run, too */
	bool names_output;		  /* -o is a name that it passes on: it opens the file itself */
	bool verbatim;			  /* its operands are another program's: not parsed */
	enum status (*run)(struct invocation *in);
};

/* Ends with NULL; in the order in which the help shows them. */
extern const struct command *const commands[];

extern const struct option_row reading_options[], general_options[];

/* cmd_run.c: those of run that a subcommand passes on. */
extern const struct option_row running_options[];

/* Does NAME stand in ROWS, which may be NULL? */
bool option_is_in(const struct option_row *rows, const char *name);

/*
 * The value of the last option of that long name, "" if it takes none, or NULL if it was not given.
 */
const char *option(const struct invocation *in, const char *name);

/* What the options say about reading. */
struct read_options reading(const struct invocation *in);

/* An empty stack whose memory and notes are the invocation's. */
struct stack new_stack(struct invocation *in);

/*
 * The stack of all -f files and of the operands FIRST to LAST (not included), oldest
 * first. Prints the notes (warnings and worse, on stderr). False: at least one cannot be
 * read; the status is then STATUS_BAD.
 */
bool read_stack(struct invocation *in, struct stack *stack, int first, int last);

/* The same, and prints nothing. */
bool read_quietly(struct invocation *in, struct stack *stack, int first, int last);

/* Says on stderr how the subcommand is used wrongly. Returns STATUS_BAD. */
enum status bad_usage(const struct invocation *in, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* help.c */
void help_all(FILE *to);
void help_command(FILE *to, const struct command *c);

#define COMMAND(row) extern const struct command row;
#include "commands.def"
#undef COMMAND
