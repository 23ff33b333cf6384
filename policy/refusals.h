/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refusals.h - what a run was refused: each kind of refusal once, with the line of the program that
 * asked, and the rule of the policy that answered.
 */
#pragma once

#include "call_list.h"
#include "command.h"
#include "events.h"
#include "run_stack.h"
#include "where.h"

#define REFUSAL_CALLS 4U /* of a row, that are told with their arguments */

/* Calls that differ in their arguments alone are one row. */
struct refusal {
	const char *calls[REFUSAL_CALLS]; /* the first ones with different arguments */
	const char *answer;
	const char *at, *callers; /* lines of the program; CALLERS: "" or innermost first */
	const char *by;		  /* filter and instruction; of an install why it failed */
	struct seccomp_data data;
	uint32_t ret;
	bool boot; /* a filter of the command line decided: its policy can tell why */
	bool allowed;
	bool install;			    /* no filter refused the call: it was to install one, and failed */
	bool asks;			    /* INSTALL, and no filter was given */
	bool unexpected;		    /* refused, and --expect does not name it */
	bool others_allow;		    /* of several filters, this one alone refuses */
	bool others_live;		    /* KILL_THREAD left other threads of a process */
	bool at_launch;			    /* it is the execve that starts the program */
	const struct events_filter *filter; /* that decided, or NULL */
	uint32_t pid, tid;		    /* of the first one */
	const char *in_name;		    /* ", in \"NAME\"": its name, where that is not its program's; or "" */
	bool by_others;			    /* other tasks made them, too */
	uint64_t count, kinds;		    /* calls; and with how many different arguments */
	uint32_t hash;
	struct refusal *next, *same; /* SAME: of the table's entry */
};

/* One way to call of a row. */
struct refusal_kind {
	const struct refusal *row;
	const char *call;
	uint32_t hash;
	struct refusal_kind *same;
};

struct refusals {
	struct invocation *in;
	struct events_log log;
	struct call_list explain, expect;
	struct where *where;
	const char *program; /* path of the last one that was executed */
	struct refusal *rows, **last;
	struct refusal *table[1024];
	struct refusal_kind *kinds[32768];
	uint64_t calls, refused, unexpected, logged; /* LOGGED: by LOG, and they ran */
	uint64_t not_installed;			     /* filters */
	bool has_policies, proved;		     /* PROVED: their filters are equal to them */
	const char *foreign;			     /* a word that a policy is not the run's, or NULL */
	bool has_children;			     /* more than one task made calls */
	struct run_stack run;
	struct asker asker;
};

#define PROVED_OPTION_ROW                                                                              \
	{                                                                                              \
		0, "proved", NULL, "when the run began, its filters were proved equal to the policies" \
	}

/*
 * Opens the run that is the subcommand's only operand, with the policies of -f, --proved, and
 * --program, --root and --programs. STATUS_YES, or another status after a line on stderr.
 */
enum status refusals_open(struct refusals *r, struct invocation *in);
void refusals_close(struct refusals *r);

/*
 * Proves the filters of the policies equal to them, once; their rules may then be told. False after
 * a line on stderr: they may not, or there are none.
 */
bool refusals_prove(struct refusals *r);

/* The next record, which has been looked at; NULL at the end, or where log.trouble is set. */
const struct event *refusals_next(struct refusals *r);

/*
 * refusals_why.c: "process 3", "thread 4 of process 3 and others"; NULL: there is one task alone.
 */
const char *refusal_who(struct refusals *r, const struct refusal *row);

/*
 * refusals_why.c: the lines of `portcullis show` about the call: which rule of the policies it was,
 * or which ones name the call and which condition failed; of a filter that a program installed,
 * which comparison. NULL: neither decided.
 */
const char *refusal_reason(struct refusals *r, const struct refusal *row);

/* refusals_why.c: what is worth knowing about a refusal of that kind, or NULL. */
const char *refusal_hint(const struct refusals *r, const struct refusal *row);
