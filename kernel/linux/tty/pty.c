/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pty.c - pseudo-terminals. Opening /dev/ptmx makes a pair. What is written to that file, the
 * master, is typed at the terminal /dev/pts/N; what programs write to the terminal, the master
 * reads. [drivers/tty/pty.c]
 *
 * Both sides sleep on the terminal's wait queue. The pair lives as long as either side is open.
 */
#include <string.h>

#include "file.h"
#include "page.h"
#include "panic.h"
#include "signal.h"
#include "task.h"
#include "text.h"
#include "tty.h"
#include "tty_line.h"
#include "usercopy.h"

#define PTYS 256 /* minor numbers of PTS(0)'s kind */
#define PTS(n) DEVICE(136, n)
#define PTMX DEVICE(5, 2)
#define SCREEN 8192U /* room for bytes that the master has not read yet */
#define GROUP_TTY 5
#define SLAVE_MODE 0620

struct pty {
	struct tty tty;
	uint32_t index;
	uint32_t refs;	     /* open files of either side */
	uint32_t slaves;     /* open files of the terminal */
	bool locked;	     /* TIOCSPTLCK: the terminal cannot be opened */
	bool gone;	     /* the master is closed */
	bool other_gone;     /* the terminal was opened, and all have closed it */
	struct inode *node;  /* the name in /dev/pts; a reference */
	uint32_t head, tail; /* positions in screen; they only grow */
	uint8_t screen[SCREEN];
};

static struct pty *ptys[PTYS];

static struct pty *pty_of(const struct tty *t)
{
	return container_of(t, struct pty, tty);
}

static void pty_put(struct pty *p)
{
	if (--p->refs != 0)
		return;
	list_del(&p->tty.all);
	ptys[p->index] = NULL;
	inode_put(p->node);
	kfree(p);
}

/* ---- the terminal's driver ---- */

static uint64_t screen_room(const struct tty *t)
{
	const struct pty *p = pty_of(t);

	return SCREEN - (p->head - p->tail);
}

static void screen_write(struct tty *t, const uint8_t *s, uint64_t n)
{
	struct pty *p = pty_of(t);

	for (; n > 0 && screen_room(t) > 0; n--)
		p->screen[p->head++ % SCREEN] = *s++;
	waitq_wake(&t->event);
}

static void screen_newline(struct tty *t, bool map)
{
	if (map)
		screen_write(t, (const uint8_t *)"\r\n", 2);
	else
		screen_write(t, (const uint8_t *)"\n", 1);
}

static void pty_pull(struct tty *t)
{
	(void)t; /* master_write() has typed all input at once */
}

/* A session leader without a terminal gets T as its own. [pty_open, tty_open_proc_set_tty] */
static int slave_opened(struct tty *t, struct file *f)
{
	struct group *g = current->group;
	struct pty *p = pty_of(t);

	if (p->locked || p->gone)
		return -EIO;
	if ((f->flags & O_NOCTTY) == 0 && f->readable && g->sid == g->id && tty_controlling(g) == NULL && t->sid == 0)
		tty_take(t, g);
	p->refs++;
	p->slaves++;
	p->other_gone = false;
	return 0;
}

static void slave_closed(struct tty *t)
{
	struct pty *p = pty_of(t);

	if (--p->slaves == 0) {
		p->other_gone = true;
		waitq_wake(&t->event);
	}
	pty_put(p);
}

static const struct tty_driver pty_driver = {
	.write = screen_write,
	.newline = screen_newline,
	.room = screen_room,
	.pull = pty_pull,
	.opened = slave_opened,
	.closed = slave_closed,
	.never = CSIZE | PARENB,
	.always = CS8 | CREAD, /* [pty_set_termios] */
};

static int open_slave(struct inode *i, struct file *f)
{
	const uint64_t index = i->rdev - PTS(0);
	struct pty *p = index < PTYS ? ptys[index] : NULL;

	return p != NULL ? tty_attach(&p->tty, f) : -EIO;
}

/* ---- the master ---- */

static long master_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct pty *p = f->data;
	uint64_t done = 0;

	(void)pos;
	while (p->head == p->tail) {
		const int err = p->other_gone ? -EIO : file_wait(f, &p->tty.event);

		if (err != 0)
			return err;
	}
	while (to->left > 0 && p->head != p->tail) {
		const uint32_t at = p->tail % SCREEN, have = p->head - p->tail;
		const uint32_t piece = have < SCREEN - at ? have : SCREEN - at;
		const uint64_t n = to->left < piece ? to->left : piece, got = uio_put(to, p->screen + at, n);

		p->tail += (uint32_t)got;
		done += got;
		if (got != n)
			break;
	}
	waitq_wake(&p->tty.event);
	return done != 0 ? (long)done : -EFAULT;
}

static long master_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct pty *p = f->data;
	uint8_t block[256];
	long done = 0;
	int err = 0;

	(void)pos;
	while (err == 0 && from->left > 0) {
		const uint64_t got = uio_get(from, block, from->left < sizeof(block) ? from->left : sizeof(block));
		uint64_t n = 0;

		for (; n < got; n++) {
			while (err == 0 && !tty_has_room(&p->tty))
				err = file_wait(f, &p->tty.event);
			if (err != 0)
				break;
			tty_type(&p->tty, block[n]);
			if (sched_give_way()) /* the byte may have been a signal to thousands */
				err = -ERESTARTSYS;
		}
		done += (long)n;
		waitq_wake(&p->tty.event);
		if (got == 0)
			err = -EFAULT;
	}
	return done != 0 ? done : err;
}

static uint32_t master_poll(struct file *f, struct poll_table *q)
{
	struct pty *p = f->data;
	uint32_t ready = tty_has_room(&p->tty) ? POLLOUT | POLLWRNORM : 0;

	if (q != NULL)
		poll_wait(q, &p->tty.event);
	if (p->head != p->tail)
		ready |= POLLIN | POLLRDNORM;
	if (p->other_gone)
		ready |= POLLHUP;
	return ready;
}

/* Opens the terminal for the master's owner, whatever its name leads to now. [ptm_open_peer] */
static long open_peer(struct pty *p, uint32_t flags)
{
	struct file *f;
	const int err = file_open(p->node, NULL, flags & (O_ACCMODE | O_NOCTTY | O_NONBLOCK), &f);

	if (err != 0)
		return err;
	return fd_install(current->files, f, 0, (flags & O_CLOEXEC) != 0);
}

static long master_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	struct pty *p = f->data;
	int32_t n;

	switch (cmd) {
	case TIOCGPTN:
		return copy_to_user(arg, &p->index, sizeof(p->index));
	case TIOCSPTLCK:
		if (copy_from_user(&n, arg, sizeof(n)) != 0)
			return -EFAULT;
		p->locked = n != 0;
		return 0;
	case TIOCGPTLCK:
		n = p->locked;
		return copy_to_user(arg, &n, sizeof(n));
	case TIOCGPTPEER:
		return open_peer(p, (uint32_t)arg);
	case TIOCSIG:
		if (arg == 0 || arg > 64 || (arg != SIGINT && arg != SIGQUIT && arg != SIGTSTP))
			return -EINVAL;
		tty_signal(&p->tty, (int)arg);
		return 0;
	case TIOCINQ:
		n = (int32_t)(p->head - p->tail);
		return copy_to_user(arg, &n, sizeof(n));
	default:
		return tty_ioctl_on(&p->tty, f, cmd, arg, true);
	}
}

static void master_release(struct file *f)
{
	struct pty *p = f->data;

	p->gone = true;
	if (p->node->linked)
		tree_unlink(p->node);
	tty_session_hang_up(&p->tty);
	tty_hang_up(&p->tty);
	pty_put(p);
}

static const struct file_ops master_ops = {
	.read = master_read,
	.write = master_write,
	.poll = master_poll,
	.ioctl = master_ioctl,
	.release = master_release,
	.empty_is_nothing = true,
};

/* ---- /dev/pts ---- */

/* All mounts of devpts show this one file system. */
static const struct volume volume_devpts = { .dev = 10, .magic = DEVPTS_SUPER_MAGIC, .type = "devpts" };

static void devpts_open(struct inode *root)
{
	struct inode *ptmx;

	if (tree_create(root, "ptmx", 4, S_IFCHR | 0666, &ptmx) != 0)
		refuse("tty: no memory for /dev/pts");
	ptmx->rdev = PTMX;
	ptmx->permanent = true;
	inode_put(ptmx);
}

static struct mounted devpts = {
	.name = "pts", .volume = &volume_devpts, .mode = 0755, .in_dev = true, .open = devpts_open
};

/* Makes P's name in /dev/pts, which is its number, and p->node: 0 or -errno. */
static int make_node(struct pty *p)
{
	struct text t;
	char name[8];
	int err;

	text_init_fixed(&t, name, sizeof(name));
	text_add(&t, "%u", p->index);
	err = tree_create(devpts.root, name, strlen(name), S_IFCHR | SLAVE_MODE, &p->node);
	if (err == 0) {
		p->node->rdev = PTS(p->index);
		p->node->gid = GROUP_TTY;
	}
	return err;
}

static int open_master(struct inode *i, struct file *f)
{
	struct pty *p;
	uint32_t index = 0;
	int err;

	(void)i;
	while (index < PTYS && ptys[index] != NULL)
		index++;
	if (index == PTYS)
		return -ENOSPC;
	p = kmalloc(sizeof(*p));
	if (p == NULL)
		return -ENOMEM;
	p->index = index;
	err = make_node(p);
	if (err != 0) {
		kfree(p);
		return err;
	}
	tty_create(&p->tty, &pty_driver, PTS(index));
	p->refs = 1;
	p->locked = true;
	ptys[index] = p;
	f->data = p;
	return 0;
}

void pty_init(void)
{
	static struct device devices[] = {
		{ .name = "ptmx", .rdev = PTMX, .mode = 0666, .ops = &master_ops, .open = open_master },
		{ .rdev = PTS(0), .count = PTYS, .open = open_slave },
	};

	for (unsigned i = 0; i < sizeof(devices) / sizeof(devices[0]); i++)
		device_register(&devices[i]);
	volume_register(&devpts);
}
