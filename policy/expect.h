/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expect.h - a policy's own tests: a file of lines that each say what must hold.
 *
 *	policy docker.json			several: a stack, oldest first
 *	allow read(*, *, *)			for all values of what is `*`
 *	errno EPERM socket(AF_VSOCK, *, *)
 *	kill-process ptrace(*)			log, trace, notify, trap, kill-thread as well
 *	never ioctl(*, TIOCSTI)			for no value may it run, nor for any upper half of
 *						an int, which Linux does not look at
 *	same-as reference.bpf			equal for every call
 *	never-weaker-than base.json
 *	run ./app --help => status 0, refused: mount, swapon
 *
 * Names of files are read from the folder of the test file. A word with blanks or a `#` in it
 * stands in quotes of either kind. Blank lines and what follows a `#` mean nothing.
 */
#pragma once

#include "query.h"
#include "run_stack.h"

enum expectation {
	EXPECT_ANSWER,
	EXPECT_NEVER,
	EXPECT_SAME,
	EXPECT_NEVER_WEAKER,
	EXPECT_RUN,
};

struct expect {
	enum expectation kind;
	const char *text; /* the line */
	struct place at;
	uint32_t action, data; /* EXPECT_ANSWER: the action, and its data where any_data is false */
	bool any_data;
	const char *words; /* what follows the first word: a call, names of files, or a command */
	struct query call; /* EXPECT_ANSWER, EXPECT_NEVER: the call */
	struct expect *next;
};

struct test_file {
	const struct source *source;
	const char *folder;
	struct stack stack; /* the policies */
	struct expect *first;
	size_t n;
};

/* Reads NAME and the policies that it names. False after an error note. */
bool expect_read(struct invocation *in, const char *name, struct test_file *to);

/*
 * Takes a word off the line at *S; its length, with quotes, is in *LENGTH. NULL: there is none.
 * What stands in quotes at its start, or behind a `=`, is one piece.
 */
const char *expect_word(struct arena *arena, const char **s, size_t *length);

/* Reads every file that WORDS names into STACK. */
bool expect_read_files(struct invocation *in, struct stack *stack, const char *folder, const char *words);

struct verdict_of_test {
	enum ask_answer answer;
	const char *why; /* not ASK_YES: what was found, with a call that shows it */
	bool unread;	 /* what the line, or a file that it names, says is not understood */
};

/* Does what E says hold? */
struct verdict_of_test expect_check(struct invocation *in, struct asker *asker, const struct run_stack *run,
				    const struct test_file *file, const struct expect *e);

/* expect_run.c: the same for EXPECT_RUN. */
struct verdict_of_test expect_run(struct invocation *in, const struct test_file *file, const struct expect *e);
