/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h - the console as a terminal. There is one; /dev/console is it, /dev/tty is it
 * for the session that it controls.
 */
#pragma once

#include <stdint.h>

#include "dev.h"

struct file;
struct inode;

#define TTY_CURRENT DEVICE(5, 0)
#define TTY_CONSOLE DEVICE(5, 1)

/*
 * Takes what has come in on the console through the line discipline: echo, editing, signals; wakes
 * readers. Called from the console's interrupt, and by whoever reads.
 */
void tty_input(void);

/*
 * Boot: the console is as the options say, its input comes here, and its device opens a terminal.
 */
void tty_init(void);

/*
 * The console controls session SID from now on, with PGRP in the foreground:
 * before the first program runs.
 */
void tty_set_session(uint32_t sid, uint32_t pgrp);
/* The session's leader has ended: hangs up on the foreground and lets the terminal go. */
void tty_session_ended(uint32_t sid);
/*
 * The number of the terminal that controls session SID, and its foreground process
 * group; 0 and -1: none (for /proc).
 */
uint64_t tty_of_session(uint32_t sid, int *pgrp);
