/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * director.h - what play.c and outcome.c, who direct a family, share.
 */
#pragma once

#include <stdbool.h>

#include "play.h"

#define LISTENERS 32

struct member {
	pid_t pid, tid;
	bool traced;
};

extern struct member members[MEMBERS];
extern int listeners[LISTENERS];

/* ---- play.c ---- */

/* Says what is wrong in the script's line, and ends. */
_Noreturn void wrong(const char *what, long is, long wanted);

/* The next word of the line, "" at its end; and as a number, or as the call that @I stands for. */
const char *next_word(void);
long next_number(void);

/* ---- outcome.c ---- */

void give(unsigned m, const struct order *o);
struct answer take(unsigned m);

/* Waits for the stop of a traced member, and returns the event and signal of its status. */
int stop_of(unsigned m);
void let_go(unsigned m, int signal);

/* Member M is no more. */
void forget(unsigned m);

/* Member M answers with a result, which is WANTED. */
void result(unsigned m, long wanted);

/* Reads the rest of the line: what comes of O. Whoever is asked may make another call of it. */
void outcome(unsigned m, struct order *o);
