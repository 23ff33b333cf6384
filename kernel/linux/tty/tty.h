/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h - terminals: the console and pseudo-terminals. /dev/tty is the one that controls the
 * caller's session.
 */
#pragma once

#include <stdint.h>

#include "dev.h"

struct file;
struct inode;

#define TTY_CURRENT DEVICE(5, 0)
#define TTY_CONSOLE DEVICE(5, 1)

/*
 * At boot: makes /dev/tty, the console as the options say, whose input comes here, and /dev/ptmx
 * and /dev/pts.
 */
void tty_init(void);
void tty_console_init(void);
void pty_init(void);

/*
 * Before the first program runs: the console controls session SID from now on, with PGRP in the
 * foreground.
 */
void tty_console_controls(uint32_t sid, uint32_t pgrp);
/*
 * Called when the leader of session SID has ended: hangs up on the foreground, and the terminal
 * controls the session no more.
 */
void tty_session_ended(uint32_t sid);
/*
 * The device number of the terminal that controls session SID, and its foreground process group; 0
 * and -1: none. For /proc.
 */
uint64_t tty_of_session(uint32_t sid, int *pgrp);
