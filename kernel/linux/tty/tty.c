/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty.c - terminals as open files: read, write, poll and settings. The line discipline is in
 * tty_line.c; what is behind a terminal is in tty_console.c and pty.c.
 */
#include "tty.h"

#include <abi/capability.h>
#include <string.h>

#include "file.h"
#include "signal.h"
#include "task.h"
#include "tty_line.h"
#include "usercopy.h"

#define CONTROL(letter) ((letter)&0x1f)
#define TENTH 100000000UL	/* VTIME's unit, in ns */
#define MODE_CHANGED (1L << 32) /* a third result of a read: ICANON has changed, so begin again */

struct list tty_all = LIST_INIT(tty_all);

const struct termios tty_initial = {
	.c_iflag = ICRNL | IXON,
	.c_oflag = OPOST | ONLCR,
	.c_cflag = B38400 | CS8 | CREAD,
	.c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN,
	.c_cc = { [VINTR] = CONTROL('C'),
		  [VQUIT] = CONTROL('\\'),
		  [VERASE] = 0x7f,
		  [VKILL] = CONTROL('U'),
		  [VEOF] = CONTROL('D'),
		  [VMIN] = 1,
		  [VSTART] = CONTROL('Q'),
		  [VSTOP] = CONTROL('S'),
		  [VSUSP] = CONTROL('Z'),
		  [VREPRINT] = CONTROL('R'),
		  [VDISCARD] = CONTROL('O'),
		  [VWERASE] = CONTROL('W'),
		  [VLNEXT] = CONTROL('V') },
};

/* The terminal that F is an open file of; NULL: it was hung up after F was opened. */
static struct tty *tty_of(const struct file *f)
{
	struct tty *t = f->data;

	return f->pos == t->hangups ? t : NULL;
}

/* ---- reading ---- */

/*
 * Moves N bytes of the input to TO: how many, or -EFAULT. Bytes are taken out before they are
 * copied, because the input may change while a page of TO is made. [iterate_tty_read]
 */
static long tty_copy_out(struct tty *t, struct uio *to, uint64_t n)
{
	uint64_t done = 0;

	while (done < n && t->tail != t->canon) {
		uint8_t block[64];
		uint64_t part = 0, got;

		while (part < sizeof(block) && done + part < n && t->tail != t->canon)
			block[part++] = t->buffer[t->tail++ % TTY_BUFFER];
		got = uio_put(to, block, part);
		done += got;
		if (got != part)
			return done != 0 ? (long)done : -EFAULT;
	}
	return (long)done;
}

/*
 * Sleeps until T's event is woken: 0; -EIO: F was hung up; -EAGAIN: F is O_NONBLOCK; -ETIMEDOUT: at
 * DEADLINE; or -ERESTARTSYS. After 0 there is not always input.
 */
static int await_input(struct tty *t, const struct file *f, uint64_t deadline)
{
	struct waiter waiter;
	int err;

	if (tty_of(f) == NULL)
		return -EIO;
	if (f->flags & O_NONBLOCK)
		return -EAGAIN;
	wait_begin(&t->event, &waiter);
	err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	wait_end(&waiter);
	return err == -EINTR ? -ERESTARTSYS : err;
}

/* Reads at most one line, by the rules of canonical mode: how much, MODE_CHANGED or -errno. */
static long read_line(struct tty *t, struct file *f, struct uio *to)
{
	uint32_t n, places;
	long got;
	int err;

	for (;;) {
		t->driver->pull(t);
		n = tty_readable(t, &places);
		if (places != 0)
			break;
		err = await_input(t, f, TIME_NEVER);
		if (err != 0)
			return err;
		if (!tty_canonical(t))
			return MODE_CHANGED;
	}
	got = tty_copy_out(t, to, n < to->left ? n : to->left);
	/* The end-of-file mark that ends the line is taken out with its last character. */
	if (got == (long)n && t->tail != t->canon)
		t->tail += places - n;
	return got;
}

/* Reads by the rules of VMIN and VTIME. [termios(3), noncanonical mode] */
static long read_raw(struct tty *t, struct file *f, struct uio *to)
{
	uint64_t min = tty_char(t, VMIN), time = tty_char(t, VTIME) * TENTH;
	uint64_t need = min == 0 ? 1 : min < to->left ? min : to->left;
	uint64_t start = time_now(), deadline, n;
	uint32_t places;
	int err;

	for (;;) {
		t->driver->pull(t);
		n = tty_readable(t, &places);
		if (n >= need || (min == 0 && time == 0))
			break;
		deadline = time == 0 || (min != 0 && n == 0) ? TIME_NEVER : (min == 0 ? start : t->last) + time;
		err = await_input(t, f, deadline);
		if (err == -ETIMEDOUT)
			break;
		if (err != 0 && n == 0)
			return err;
		if (err != 0)
			break;
		if (tty_canonical(t))
			return MODE_CHANGED;
	}
	return tty_copy_out(t, to, n < to->left ? n : to->left);
}

static long tty_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct tty *t = tty_of(f);
	long got;

	(void)pos;
	if (t == NULL)
		return 0;
	got = tty_check_job(t, SIGTTIN);
	if (got != 0)
		return got;
	do
		got = tty_canonical(t) ? read_line(t, f, to) : read_raw(t, f, to);
	while (got == MODE_CHANGED);
	if (got > 0)
		waitq_wake(&t->event);
	return tty_of(f) != NULL || got > 0 ? got : 0;
}

/* ---- writing ---- */

/*
 * Need a writer not wait? There is room (a newline may need two characters), or F was hung up,
 * which is an error.
 */
static bool may_write(const struct tty *t, const struct file *f)
{
	return (!t->stopped && t->driver->room(t) >= 2) || tty_of(f) == NULL;
}

/* Sleeps until may_write(): 0, -EAGAIN (O_NONBLOCK), -ERESTARTSYS or -EIO (F was hung up). */
static int await_output(struct tty *t, const struct file *f)
{
	if (!may_write(t, f)) {
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event(&t->event, may_write(t, f), WAIT_INTERRUPTIBLE, TIME_NEVER) != 0)
			return -ERESTARTSYS;
	}
	return tty_of(f) != NULL ? 0 : -EIO;
}

static long tty_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct tty *t = f->data;
	uint8_t block[512];
	uint64_t done = 0, want = from->left;
	int err = (t->termios.c_lflag & TOSTOP) != 0 ? tty_check_job(t, SIGTTOU) : 0;

	(void)pos;
	while (err == 0 && done < want) {
		uint64_t n = want - done < sizeof(block) ? want - done : sizeof(block), got;

		err = await_output(t, f);
		if (err != 0)
			break;
		if (n > t->driver->room(t) / 2)
			n = t->driver->room(t) / 2;
		got = uio_get(from, block, n);
		tty_output(t, block, got);
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
	struct tty *t = f->data;
	uint32_t ready = may_write(t, f) ? POLLOUT | POLLWRNORM : 0, places, need = 1;

	if (q != NULL)
		poll_wait(q, &t->event);
	if (tty_of(f) == NULL)
		return POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM | POLLERR | POLLHUP;
	t->driver->pull(t);
	(void)tty_readable(t, &places);
	if (!tty_canonical(t) && tty_char(t, VTIME) == 0 && tty_char(t, VMIN) != 0)
		need = tty_char(t, VMIN);
	if (places >= need)
		ready |= POLLIN | POLLRDNORM;
	return ready;
}

static long tty_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	struct tty *t = tty_of(f);

	if (t == NULL)
		return cmd == TIOCSPGRP ? -ENOTTY : -EIO;
	return tty_ioctl_on(t, f, cmd, arg, false);
}

static void tty_release(struct file *f)
{
	struct tty *t = f->data;

	if (t != NULL && t->driver->closed != NULL)
		t->driver->closed(t);
}

static const struct file_ops tty_ops = {
	.read = tty_read,
	.write = tty_write,
	.poll = tty_poll,
	.ioctl = tty_ioctl,
	.release = tty_release,
	.empty_is_nothing = true,
};

/* ---- terminals and their openings ---- */

void tty_create(struct tty *t, const struct tty_driver *driver, uint64_t rdev)
{
	t->driver = driver;
	t->rdev = rdev;
	t->termios = tty_initial;
	tty_settings_init(t);
	waitq_init(&t->event);
	list_add_tail(&t->all, &tty_all);
}

int tty_attach(struct tty *t, struct file *f)
{
	const int err = t->exclusive && !task_capable(CAP_SYS_ADMIN) ? -EBUSY
			: t->driver->opened != NULL		     ? t->driver->opened(t, f)
								     : 0;

	if (err != 0)
		return err;
	f->ops = &tty_ops;
	f->data = t;
	f->pos = t->hangups;
	return 0;
}

void tty_hang_up(struct tty *t)
{
	t->hangups++;
	t->stopped = t->tco_stopped = false;
	tty_flush_input(t);
	waitq_wake(&t->event);
}

/* Opens /dev/tty: the controlling terminal of the process, or -ENXIO. [tty_open_current_tty] */
static int open_current(struct inode *i, struct file *f)
{
	struct tty *t = current != NULL ? tty_controlling(current->group) : NULL;

	(void)i;
	return t != NULL ? tty_attach(t, f) : -ENXIO;
}

void tty_init(void)
{
	static struct device current_tty = {
		.name = "tty", .rdev = TTY_CURRENT, .mode = 0666, .ops = &tty_ops, .open = open_current
	};

	device_register(&current_tty);
}
