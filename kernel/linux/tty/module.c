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
	session_on_terminal(tty_of_group);
}

/* A process has the controlling terminal of its parent. */
static int fork_terminal(struct task *child, struct fork *f)
{
	(void)f;
	child->group->tty_taking = current->group->tty_taking;
	return 0;
}

const struct task_part tty_part = { .fork = fork_terminal, .group[GROUP_ENDS] = tty_session_ended };

const struct module tty_module = { .name = "tty", .init = tty_module_init, .first = tty_console_controls };
