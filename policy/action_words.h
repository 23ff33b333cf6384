/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * action_words.h - what each form of policy calls an action, and how an action is shown: the table
 * actions.def. Linux's own names are in the library's actions.h.
 */
#pragma once

#include <stdbool.h>

#include "actions.h"
#include "arena.h"

/* The forms that have words of their own for actions. */
enum action_form {
	ACTION_TEST, /* of a policy's own tests, see expect.h */
	ACTION_OCI,
	ACTION_KAFEL,
	ACTION_MINIJAIL,
	ACTION_SECCOMPILER,
	ACTION_FORMS
};

/* A kind of answer in a picture: a class of picture.css, a letter, and its name in a legend. */
struct shade {
	const char *class;
	const char *letter;
	const char *name;
};

/* In the order in which they are proposed. */
extern const struct action_words {
	uint32_t ret; /* without data */
	const char *in[ACTION_FORMS];
	struct shade shade;
	const char *fate; /* what became of a call with that answer, in one word */
} action_words[SECCOMP_ACTIONS];

/* The row of an answer; for an unknown one, that of KILL_PROCESS, as which kernels take it. */
const struct action_words *action_row(uint32_t ret);

/*
 * Is the text, of N characters, a word of FORM for an action? Then the action is in *RET, and in
 * *NUMBER whether a number is given with it.
 */
bool action_find(enum action_form form, const char *text, size_t n, uint32_t *ret, bool *number);

/*
 * The word of FORM for an answer's action, of *N characters (0: it has none), and whether a
 * number is given with it.
 */
const char *action_word(enum action_form form, uint32_t ret, int *n, bool *number);

/* A hint: all actions in the words of FORM, "allow, errno NAME, kill-process ... or notify". */
const char *action_proposals(struct arena *arena, enum action_form form);

/* Is a call with that answer made? */
bool action_runs(uint32_t ret);

/* Does the answer end the caller, or send it a signal that ends it unless it has a handler? */
bool action_kills(uint32_t ret);
