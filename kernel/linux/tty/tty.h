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
 * Called at boot. tty_init() makes /dev/tty. tty_console_init() makes /dev/console, set up as the
 * command line says, and takes the console's input unless that is a pipe. pty_init() makes
 * /dev/ptmx and /dev/pts; without memory for them the boot ends.
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
 * What the end of the leader of session SID does to its terminal: the foreground process group gets
 * SIGHUP and SIGCONT, and the terminal controls the session no more. Nothing calls this function.
 * [disassociate_ctty]
 */
void tty_session_ended(uint32_t sid);
/*
 * Returns the device number of the terminal that controls session SID, and stores its foreground
 * process group in *PGRP; 0 and -1: there is none. For /proc.
 */
uint64_t tty_of_session(uint32_t sid, int *pgrp);
