/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_vhangup.c - vhangup(2): the terminal of the caller's session is hung up, for the next login.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "sys.h"
#include "task.h"
#include "tty.h"
#include "tty_line.h"

/* Files of the console stay usable, as those of Linux's /dev/console do. [__tty_hangup] */
long sys_vhangup(void)
{
	struct tty *t = tty_controlling(current->group);

	if (!task_capable(CAP_SYS_TTY_CONFIG))
		return -EPERM;
	if (t == NULL)
		return 0;
	tty_session_hang_up(t);
	if (t->rdev == TTY_CONSOLE)
		return 0;
	tty_hang_up(t);
	t->termios = tty_initial;
	tty_settings_init(t);
	return 0;
}
