/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.c - openings of the terminal: read, write, poll and its settings. The
 * line discipline is tty_line.c's.
 */
#include "tty.h"

#include <string.h>

#include <abi/capability.h>

#include "console.h"
#include "file.h"
#include "options.h"
#include "signal.h"
#include "task.h"
#include "tty_line.h"
#include "usercopy.h"

#define CONTROL(letter) ((letter)&0x1f)
#define TENTH 100000000UL	/* VTIME's unit, in ns */
#define MODE_CHANGED (1L << 32) /* ICANON was switched while a reader slept: it starts again */

/* What a Linux console starts with. [tty_std_termios, INIT_C_CC] */
struct tty tty = {
	.termios = {
		.c_iflag = ICRNL | IXON,
		.c_oflag = OPOST | ONLCR,
		.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL,
		.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
		.c_cc = { [VINTR] = CONTROL('C'), [VQUIT] = CONTROL('\\'), [VERASE] = 0x7f, [VKILL] = CONTROL('U'),
			  [VEOF] = CONTROL('D'), [VMIN] = 1, [VSTART] = CONTROL('Q'), [VSTOP] = CONTROL('S'),
			  [VSUSP] = CONTROL('Z'), [VREPRINT] = CONTROL('R'), [VDISCARD] = CONTROL('O'),
			  [VWERASE] = CONTROL('W'), [VLNEXT] = CONTROL('V') },
	},
};

/*
 * Nobody types: the console's input is a stream of bytes, with Ctrl-D at its end and behind every
 * part of a line that is to be read at once, and Ctrl-V before each of both that is data. Nothing
 * else is special, and nothing is echoed.
 */
static void set_piped(void)
{
	struct termios *t = &tty.termios;

	t->c_iflag = 0;
	t->c_lflag = ICANON | IEXTEN;
	for (size_t i = 0; i < sizeof(t->c_cc); i++)
		if (i != VEOF && i != VLNEXT && i != VMIN)
			t->c_cc[i] = 0;
}

/* ---- reading ---- */

static long copy_out(struct uio *to, uint64_t n)
{
	uint64_t done = 0;

	while (done < n) {
		uint32_t at = tty.tail % TTY_BUFFER;
		uint64_t part = n - done < TTY_BUFFER - at ? n - done : TTY_BUFFER - at;
		uint64_t got = uio_put(to, tty_buffer + at, part);

		tty.tail += (uint32_t)got;
		done += got;
		if (got != part)
			return done != 0 ? (long)done : -EFAULT;
	}
	return (long)done;
}

/* Sleeps until something is typed: 0, or -errno. */
static int await_input(const struct file *f, uint64_t deadline)
{
	struct waiter waiter;
	int err;

	if (f->flags & O_NONBLOCK)
		return -EAGAIN;
	wait_begin(&tty_event, &waiter);
	err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	wait_end(&waiter);
	return err == -EINTR ? -ERESTARTSYS : err;
}

static long read_line(struct file *f, struct uio *to)
{
	bool end;
	uint32_t n;
	long got;
	int err;

	for (;;) {
		tty_input();
		n = tty_readable(&end);
		if (n != 0 || end)
			break;
		err = await_input(f, TIME_NEVER);
		if (err != 0)
			return err;
		if (!tty_canonical())
			return MODE_CHANGED;
	}
	got = copy_out(to, n < to->left ? n : to->left);
	/* The mark of an end of file behind the last character belongs to this line. */
	if (got == (long)n && tty.tail != tty.canon && tty_buffer[tty.tail % TTY_BUFFER] == '\0')
		tty.tail++;
	return got;
}

/* VMIN and VTIME. [termios(3), noncanonical mode] */
static long read_raw(struct file *f, struct uio *to)
{
	uint64_t min = tty_char(VMIN), time = tty_char(VTIME) * TENTH;
	uint64_t need = min == 0 ? 1 : min < to->left ? min : to->left;
	uint64_t start = time_now(), deadline, n;
	bool end;
	int err;

	for (;;) {
		tty_input();
		n = tty_readable(&end);
		if (n >= need || (min == 0 && time == 0))
			break;
		deadline = time == 0 || (min != 0 && n == 0) ? TIME_NEVER : (min == 0 ? start : tty.last) + time;
		err = await_input(f, deadline);
		if (err == -ETIMEDOUT)
			break;
		if (err != 0 && n == 0)
			return err;
		if (err != 0)
			break;
		if (tty_canonical())
			return MODE_CHANGED;
	}
	return copy_out(to, n < to->left ? n : to->left);
}

static long tty_read(struct file *f, struct uio *to, uint64_t *pos)
{
	long got = tty_check_job(SIGTTIN);

	(void)pos;
	if (got != 0)
		return got;
	do
		got = tty_canonical() ? read_line(f, to) : read_raw(f, to);
	while (got == MODE_CHANGED);
	return got;
}

/* ---- writing ---- */

static int await_output(const struct file *f)
{
	if (!tty.stopped)
		return 0;
	if (f->flags & O_NONBLOCK)
		return -EAGAIN;
	return wait_event(&tty_event, !tty.stopped, WAIT_INTERRUPTIBLE, TIME_NEVER) == 0 ? 0 : -ERESTARTSYS;
}

static long tty_write(struct file *f, struct uio *from, uint64_t *pos)
{
	uint8_t block[512];
	uint64_t done = 0, want = from->left;
	int err = (tty.termios.c_lflag & TOSTOP) != 0 ? tty_check_job(SIGTTOU) : 0;

	(void)pos;
	while (err == 0 && done < want) {
		uint64_t n = want - done < sizeof(block) ? want - done : sizeof(block), got;

		err = await_output(f);
		if (err != 0)
			break;
		got = uio_get(from, block, n);
		tty_output(block, got);
		done += got;
		if (got != n)
			err = -EFAULT;
		else if (sched_give_way())
			err = -ERESTARTSYS;
	}
	return done != 0 ? (long)done : err;
}

static uint32_t tty_poll(struct file *f, struct poll_table *q)
{
	uint32_t ready = tty.stopped ? 0 : POLLOUT | POLLWRNORM, n, need = 1;
	bool end;

	(void)f;
	if (q != NULL)
		poll_wait(q, &tty_event);
	tty_input();
	n = tty_readable(&end);
	if (!tty_canonical() && tty_char(VTIME) == 0 && tty_char(VMIN) != 0)
		need = tty_char(VMIN);
	if (end || n >= need)
		ready |= POLLIN | POLLRDNORM;
	return ready;
}

/* ---- settings ---- */

static long set_termios(uint64_t cmd, uint64_t arg)
{
	struct termios new;
	uint32_t changed;
	int err = tty_check_job(SIGTTOU);

	if (err != 0)
		return err;
	if (copy_from_user(&new, arg, sizeof(new)) != 0)
		return -EFAULT;
	if (cmd == TCSETSF)
		tty_flush_input();
	changed = tty.termios.c_lflag ^ new.c_lflag;
	tty.termios = new;
	if (changed & ICANON)
		tty_mode_changed();
	if ((new.c_iflag &IXON) == 0)
		tty.stopped = false;
	waitq_wake(&tty_event);
	return 0;
}

static long set_winsize(uint64_t arg)
{
	struct winsize new;

	if (copy_from_user(&new, arg, sizeof(new)) != 0)
		return -EFAULT;
	if (memcmp(&new, &tty.winsize, sizeof(new)) != 0) {
		tty.winsize = new;
		tty_signal(SIGWINCH);
	}
	return 0;
}

/* [tiocsti] */
static long type(uint64_t arg)
{
	uint8_t c;

	if (current->group->sid != tty.sid && !task_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (copy_from_user(&c, arg, sizeof(c)) != 0)
		return -EFAULT;
	tty_type(c);
	return 0;
}

static long flush(uint64_t which)
{
	int err = tty_check_job(SIGTTOU);

	if (err != 0)
		return err;
	if (which > TCIOFLUSH)
		return -EINVAL;
	if (which != TCOFLUSH)
		tty_flush_input();
	return 0;
}

static long tty_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	uint32_t n = 0;
	bool end;

	(void)f;
	switch (cmd) {
	case TCGETS:
		return copy_to_user(arg, &tty.termios, sizeof(tty.termios));
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return set_termios(cmd, arg);
	case TIOCGWINSZ:
		return copy_to_user(arg, &tty.winsize, sizeof(tty.winsize));
	case TIOCSWINSZ:
		return set_winsize(arg);
	case TIOCSTI:
		return type(arg);
	case TCFLSH:
		return flush(arg);
	case TCSBRK:
		return tty_check_job(SIGTTOU);
	case TIOCINQ:
		tty_input();
		n = tty_canonical() ? tty.canon - tty.tail : tty_readable(&end);
		return copy_to_user(arg, &n, sizeof(n));
	case TIOCOUTQ:
		return copy_to_user(arg, &n, sizeof(n));
	default:
		return tty_job_ioctl(cmd, arg);
	}
}

static const struct file_ops tty_ops = {
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.ioctl = tty_ioctl,
	.empty_is_nothing = true,
};

static int tty_open(struct inode *i, struct file *f)
{
	(void)f;
	const struct group *g = current != NULL ? current->group : NULL;

	if (i->rdev == TTY_CURRENT && (tty.sid == 0 || g->sid != tty.sid))
		return -ENXIO;
	return 0;
}

void tty_init(void)
{
	static struct device devices[] = {
		{ .name = "tty", .rdev = TTY_CURRENT, .mode = 0666, .ops = &tty_ops, .open = tty_open },
		{ .name = "console", .rdev = TTY_CONSOLE, .mode = 0600, .ops = &tty_ops, .open = tty_open },
	};

	tty.winsize.ws_row = options.rows;
	tty.winsize.ws_col = options.columns;
	if (options.piped)
		set_piped();
	console_on_input(tty_input);
	for (unsigned i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		device_register(&devices[i]);
}
