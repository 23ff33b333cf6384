/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for terminals: the console and pseudo-terminals.
 */
#include "module.h"
#include "pgrp.h"
#include "task.h"
#include "tty.h"

static void tty_module_init(void)
{
	pgrp_begin();
	tty_init();
	tty_console_init();
	pty_init();
	session_on_terminal(tty_of_session);
}

/* The console controls the session of the first program, which is its leader. */
static void control_first(const struct group *g)
{
	tty_console_controls(g->sid, g->pgid);
}

const struct module tty_module = { .name = "tty", .init = tty_module_init, .first = control_first };
