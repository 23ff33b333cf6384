/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe.c - pipes: see pipe.h. Called through the operations of open pipes, by pipe2(2), by splice,
 * and when a FIFO is opened (kernel/linux/names). [fs/pipe.c]
 */
#include "pipe.h"

#include "file.h"
#include "page.h"
#include "signal.h"
#include "task.h"

#define PIPE_PAGES 16UL /* of a new pipe: 64 KiB [PIPE_DEF_BUFFERS] */

uint32_t pipe_max_size = 1024 * 1024;
uint32_t pipe_user_pages_soft = 16384, pipe_user_pages_hard;
const struct pipe_ops *pipe_ops;

/* ---- bytes ---- */

static long pipe_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct pipe *p = f->data;
	uint64_t got, done = 0;

	(void)pos;
	if (p->packets != NULL)
		return pipe_ops->read(f, to);
	while (ring_used(&p->ring) == 0) {
		if (p->writers == 0)
			return 0;
		if (f->flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event(&p->bytes, ring_used(&p->ring) != 0 || p->writers == 0, WAIT_INTERRUPTIBLE,
			       TIME_NEVER) != 0)
			return -ERESTARTSYS;
	}
	do {
		got = ring_take(&p->ring, to);
		done += got;
	} while (got == RING_STEP && !sched_give_way());
	waitq_wake(&p->space);
	return done != 0 ? (long)done : -EFAULT;
}

int pipe_broken(void)
{
	struct siginfo info = signal_info_user(SIGPIPE, SI_USER);

	(void)signal_send_task(current, &info);
	return -EPIPE;
}

static long pipe_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct pipe *p = f->data;
	uint64_t want = from->left, need;
	int err = 0;

	(void)pos;
	if ((f->flags & O_DIRECT) != 0)
		return pipe_ops->write(f, from);
	/* Up to PIPE_BUF bytes are written atomically, in one piece [pipe(7)]. */
	need = want <= PIPE_BUF ? want : 1;
	for (;;) {
		if (p->readers == 0) {
			err = pipe_broken();
			break;
		}
		if (pipe_space(p) >= need) {
			err = ring_put(&p->ring, from);
			waitq_wake(&p->bytes);
			if (err != 0 || from->left == 0 || sched_give_way())
				break;
			need = 1;
		}
		if ((f->flags & O_NONBLOCK) != 0 && pipe_space(p) < need) {
			err = -EAGAIN;
			break;
		}
		if (wait_event(&p->space, pipe_space(p) >= need || p->readers == 0, WAIT_INTERRUPTIBLE, TIME_NEVER) !=
		    0) {
			err = -ERESTARTSYS;
			break;
		}
	}
	return from->left != want ? (long)(want - from->left) : err;
}

/* ---- the rest ---- */

static uint32_t pipe_poll(struct file *f, struct poll_table *q)
{
	struct pipe *p = f->data;
	uint32_t ready = 0;

	if (q != NULL && f->readable)
		poll_wait(q, &p->bytes);
	if (q != NULL && f->writable)
		poll_wait(q, &p->space);
	if (f->readable) {
		if (ring_used(&p->ring) != 0)
			ready |= POLLIN | POLLRDNORM;
		if (p->writers == 0 && p->writers_ever != 0)
			ready |= POLLHUP;
	}
	if (f->writable) {
		if (pipe_space(p) >= PIPE_BUF)
			ready |= POLLOUT | POLLWRNORM;
		if (p->readers == 0)
			ready |= POLLERR;
	}
	return ready;
}

/* Frees the pipe of I, which has no open files. A FIFO that is opened again gets a new one. */
static void pipe_free(struct inode *i)
{
	struct pipe *p = i->private;

	if (p == NULL)
		return;
	i->private = NULL;
	if (pipe_ops != NULL)
		pipe_ops->forget(p);
	ring_free(&p->ring);
	kfree(p);
}

void pipe_release(struct file *f)
{
	struct pipe *p = f->data;

	p->readers -= f->readable;
	p->writers -= f->writable;
	waitq_wake(&p->bytes);
	waitq_wake(&p->space);
	if (p->readers == 0 && p->writers == 0)
		pipe_free(f->inode);
}

struct file_ops pipe_file_ops = {
	.read = pipe_read,
	.write = pipe_write,
	.poll = pipe_poll,
	.empty_is_nothing = true,
	.release = pipe_release,
};

struct pipe *pipe_of(struct inode *i)
{
	static const struct inode_ops pipe_iops = { .free = pipe_free };
	struct pipe *p = i->private;
	uint64_t pages = PIPE_PAGES;

	if (p != NULL)
		return p;
	p = kmalloc(sizeof(*p));
	if (p == NULL)
		return NULL;
	i->private = p;
	if ((pipe_ops != NULL && !pipe_ops->admit(p, &pages)) || ring_init(&p->ring, pages) != 0) {
		pipe_free(i);
		return NULL;
	}
	waitq_init(&p->bytes);
	waitq_init(&p->space);
	i->iops = &pipe_iops;
	return p;
}

void pipe_join(struct pipe *p, struct file *f)
{
	f->ops = &pipe_file_ops;
	f->data = p;
	p->readers += f->readable;
	p->writers += f->writable;
	p->readers_ever += f->readable;
	p->writers_ever += f->writable;
	waitq_wake(&p->bytes);
	waitq_wake(&p->space);
}

int pipe_create(uint32_t flags, struct file **reader, struct file **writer)
{
	struct inode *i = inode_create(&volume_anon, S_IFIFO | S_IRUSR | S_IWUSR);
	struct pipe *p = i != NULL ? pipe_of(i) : NULL;
	struct file *r = p != NULL ? file_create(&pipe_file_ops, i, O_RDONLY | (flags & O_NONBLOCK), p) : NULL;
	struct file *w = r != NULL ? file_create(&pipe_file_ops, i, O_WRONLY | flags, p) : NULL;

	inode_put(i);
	if (w == NULL) {
		if (r != NULL) {
			p->readers = 1;
			file_put(r);
		}
		return p == NULL ? -ENFILE : -ENOMEM;
	}
	pipe_join(p, r);
	pipe_join(p, w);
	r->name = w->name = "pipe:";
	*reader = r;
	*writer = w;
	return 0;
}

/* ---- for splice ---- */

bool pipe_is(const struct file *a, const struct file *b)
{
	return a->ops == &pipe_file_ops && (b == NULL || (b->ops == &pipe_file_ops && a->data == b->data));
}

uint64_t pipe_used(const struct file *f)
{
	const struct pipe *p = f->data;

	return ring_used(&p->ring);
}

uint64_t pipe_room(const struct file *f)
{
	const struct pipe *p = f->data;

	return pipe_space(p);
}

long pipe_wait_bytes(struct file *f, bool nonblock)
{
	struct pipe *p = f->data;

	while (ring_used(&p->ring) == 0) {
		if (p->writers == 0)
			return 0;
		if (nonblock)
			return -EAGAIN;
		if (wait_event(&p->bytes, ring_used(&p->ring) != 0 || p->writers == 0, WAIT_INTERRUPTIBLE,
			       TIME_NEVER) != 0)
			return -ERESTARTSYS;
	}
	return 1;
}

long pipe_wait_room(struct file *f, bool nonblock)
{
	struct pipe *p = f->data;

	for (;;) {
		if (p->readers == 0)
			return pipe_broken();
		if (pipe_space(p) != 0)
			return 1;
		if (nonblock)
			return -EAGAIN;
		if (wait_event(&p->space, pipe_space(p) != 0 || p->readers == 0, WAIT_INTERRUPTIBLE, TIME_NEVER) != 0)
			return -ERESTARTSYS;
	}
}

uint64_t pipe_peek(const struct file *f, uint64_t skip, void *buf, uint64_t n)
{
	const struct pipe *p = f->data;

	return ring_peek(&p->ring, skip, buf, n);
}

void pipe_drop(struct file *f, uint64_t n)
{
	struct pipe *p = f->data;

	ring_drop(&p->ring, n);
	if (p->packets != NULL)
		pipe_ops->taken(p);
	waitq_wake(&p->space);
}
