/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h - the console as a terminal. There is one; /dev/console is it, /dev/tty is it for the session that it controls.
 */
#pragma once

#include <stdint.h>

#include "dev.h"

struct file;
struct inode;

#define TTY_CURRENT DEVICE(5, 0)
#define TTY_CONSOLE DEVICE(5, 1)

/* An opening F of node I: 0, or -ENXIO: /dev/tty in a session without a terminal. */
int tty_open(struct inode *i, struct file *f);

/*
 * Takes what has come in on the console through the line discipline: echo, editing, signals; wakes readers. Called from
 * the console's interrupt, and by whoever reads.
 */
void tty_input(void);

/*
 * Nobody types: the console's input is a stream of bytes, with Ctrl-D at its end and behind every part of a line that is
 * to be read at once, and Ctrl-V before each of both that is data. Nothing else is special, and nothing is echoed.
 * Called before the first program runs.
 */
void tty_set_piped(void);
/* The console's size before the first program runs; programs may change it. */
void tty_set_size(uint16_t rows, uint16_t columns);

/* The console controls session SID from now on, with PGRP in the foreground: before the first program runs. */
void tty_set_session(uint32_t sid, uint32_t pgrp);
/* The session's leader has ended: hangs up on the foreground and lets the terminal go. */
void tty_session_ended(uint32_t sid);
/* The number of the terminal that controls session SID, and its foreground process group; 0 and -1: none (for /proc). */
uint64_t tty_of_session(uint32_t sid, int *pgrp);
