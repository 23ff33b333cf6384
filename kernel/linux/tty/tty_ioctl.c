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

/*
 * TCXONC: stops output (TCOOFF), lets it go on (TCOON), or sends the character that does so at the
 * other end (TCIOFF, TCION). [n_tty_ioctl_helper]
 */
static long control_flow(struct tty *t, uint64_t how)
{
	const uint8_t c = tty_char(t, how == TCIOFF ? VSTOP : VSTART);
	const int err = tty_check_job(t, SIGTTOU);

	if (err != 0)
		return err;
	switch (how) {
	case TCOOFF:
		t->stopped = t->tco_stopped = true;
		return 0;
	case TCOON:
		if (t->tco_stopped)
			t->stopped = t->tco_stopped = false;
		waitq_wake(&t->event);
		return 0;
	case TCIOFF:
	case TCION:
		if (c != 0)
			tty_output_plain(t, &c, 1);
		return 0;
	default:
		return -EINVAL;
	}
}

long tty_ioctl_on(struct tty *t, const struct file *f, uint64_t cmd, uint64_t arg, bool master)
{
	uint32_t n = 0;

	switch (cmd) {
	case TCGETS:
	case TCGETS2:
	case TCGETA:
		return tty_settings_get(t, cmd, arg);
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
	case TCSETA:
	case TCSETAW:
	case TCSETAF:
		return tty_settings_set(t, cmd, arg);
	case TCXONC:
		return control_flow(t, arg);
	case TIOCEXCL:
	case TIOCNXCL:
		t->exclusive = cmd == TIOCEXCL;
		return 0;
	case TIOCGEXCL:
		n = t->exclusive;
		return copy_to_user(arg, &n, sizeof(n));
	case TIOCGETD:
		n = N_TTY;
		return copy_to_user(arg, &n, sizeof(n));
	case TIOCSETD:
		if (copy_from_user(&n, arg, sizeof(n)) != 0)
			return -EFAULT;
		return n == N_TTY ? 0 : -EINVAL;
	case TIOCGWINSZ:
		return copy_to_user(arg, &t->winsize, sizeof(t->winsize));
	case TIOCSWINSZ:
		return set_winsize(t, arg);
	case TIOCSTI:
		return type_byte(t, arg);
	case TCFLSH:
		return flush_queues(t, arg);
	case TCSBRK:
	case TCSBRKP:
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
