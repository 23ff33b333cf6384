/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_ioctl.c - the ioctls of a terminal, from either side. Called from tty.c and pty.c.
 */
#include "tty.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <string.h>

#include "signal.h"
#include "task.h"
#include "tty_line.h"
#include "usercopy.h"

static long set_termios(struct tty *t, uint64_t cmd, uint64_t arg)
{
	struct termios new;
	uint32_t changed;
	int err = tty_check_job(t, SIGTTOU);

	if (err != 0)
		return err;
	if (copy_from_user(&new, arg, sizeof(new)) != 0)
		return -EFAULT;
	if (cmd == TCSETSF)
		tty_flush_input(t);
	changed = t->termios.c_lflag ^ new.c_lflag;
	t->termios = new;
	if (changed & ICANON)
		tty_mode_changed(t);
	if ((new.c_iflag &IXON) == 0)
		t->stopped = false;
	waitq_wake(&t->event);
	return 0;
}

static long set_winsize(struct tty *t, uint64_t arg)
{
	struct winsize new;

	if (copy_from_user(&new, arg, sizeof(new)) != 0)
		return -EFAULT;
	if (memcmp(&new, &t->winsize, sizeof(new)) != 0) {
		t->winsize = new;
		tty_signal(t, SIGWINCH);
	}
	return 0;
}

/* [tiocsti] */
static long type_byte(struct tty *t, uint64_t arg)
{
	uint8_t c;

	if (tty_controlling(current->group) != t && !task_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (copy_from_user(&c, arg, sizeof(c)) != 0)
		return -EFAULT;
	tty_type(t, c);
	waitq_wake(&t->event);
	return 0;
}

static long flush_queues(struct tty *t, uint64_t which)
{
	int err = tty_check_job(t, SIGTTOU);

	if (err != 0)
		return err;
	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH)
		tty_flush_input(t);
	return 0;
}

long tty_ioctl_on(struct tty *t, const struct file *f, uint64_t cmd, uint64_t arg, bool master)
{
	uint32_t n = 0;

	switch (cmd) {
	case TCGETS:
		return copy_to_user(arg, &t->termios, sizeof(t->termios));
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_termios(t, cmd, arg);
	case TIOCGWINSZ:
		return copy_to_user(arg, &t->winsize, sizeof(t->winsize));
	case TIOCSWINSZ:
		return set_winsize(t, arg);
	case TIOCSTI:
		return type_byte(t, arg);
	case TCFLSH:
		return flush_queues(t, arg);
	case TCSBRK:
		return tty_check_job(t, SIGTTOU);
	case TIOCINQ:
		t->driver->pull(t);
		n = tty_queued(t);
		return copy_to_user(arg, &n, sizeof(n));
	case TIOCOUTQ:
		return copy_to_user(arg, &n, sizeof(n));
	default:
		return tty_job_ioctl(t, f, cmd, arg, master);
	}
}
