/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - terminals: what the rest of the kernel is given of it.
 */
#include "module.h"
#include "task.h"
#include "tty.h"

static void tty_module_init(void)
{
	tty_init();
	tty_console_init();
	pty_init();
	session_on_terminal(tty_of_session);
}

/* The first program is the leader of the session that the console controls. */
static void control_first(const struct group *g)
{
	tty_console_controls(g->sid, g->pgid);
}

const struct module tty_module = { .name = "tty", .init = tty_module_init, .first = control_first };
