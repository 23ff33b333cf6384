/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h - terminals: the console and pseudo-terminals. /dev/tty is the
 * one that controls the session.
 */
#pragma once

#include <stdint.h>

#include "dev.h"

struct file;
struct inode;

#define TTY_CURRENT DEVICE(5, 0)
#define TTY_CONSOLE DEVICE(5, 1)

/*
 * Boot: /dev/tty; the console is as the options say, its input comes here; /dev/ptmx and /dev/pts.
 */
void tty_init(void);
void tty_console_init(void);
void pty_init(void);

/*
 * The console controls session SID from now on, with PGRP in the foreground:
 * before the first program runs.
 */
void tty_console_controls(uint32_t sid, uint32_t pgrp);
/* The session's leader has ended: hangs up on the foreground and lets the terminal go. */
void tty_session_ended(uint32_t sid);
/*
 * The number of the terminal that controls session SID, and its foreground process
 * group; 0 and -1: none (for /proc).
 */
uint64_t tty_of_session(uint32_t sid, int *pgrp);
