/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.h - terminals: the console and pseudo-terminals. /dev/tty is the one that controls the
 * caller's session.
 */
#pragma once

#include <stdint.h>

#include "dev.h"

struct file;
struct group;
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

/* Before the first program runs: the console controls the session of LEADER from now on. */
void tty_console_controls(struct group *leader);
/*
 * G, all of whose threads have ended, is about to be a zombie. If it leads a session, the
 * terminal's foreground process group gets SIGHUP, and the terminal controls the session no more;
 * if the terminal was hung up before, what was its foreground process group gets SIGHUP and
 * SIGCONT. [disassociate_ctty]
 */
void tty_session_ended(struct group *g);
/*
 * Returns the device number of the controlling terminal of G, and stores its foreground process
 * group in *PGRP; 0 and -1: there is none. For /proc.
 */
uint64_t tty_of_group(const struct group *g, int *pgrp);
