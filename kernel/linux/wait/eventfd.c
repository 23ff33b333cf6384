/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eventfd.c - eventfd2(2): a file that is a counter. Writing adds to it; reading returns it and
 * sets it to 0. [fs/eventfd.c]
 */
#include <abi/memfd.h>

#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "text.h"

#define FULL (UINT64_MAX - 1) /* the counter's highest value */

struct eventfd {
	uint64_t count;
	uint32_t id;	/* is shown in /proc/PID/fdinfo, and has no other use */
	bool semaphore; /* a read returns 1, and subtracts only that */
	struct waitq changed;
};

static long eventfd_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct eventfd *e = f->data;
	uint64_t value;
	int err;

	(void)pos;
	if (to->left < sizeof(value))
		return -EINVAL;
	while (e->count == 0) {
		err = file_wait(f, &e->changed);
		if (err != 0)
			return err;
	}
	value = e->semaphore ? 1 : e->count;
	e->count -= value;
	waitq_wake(&e->changed);
	return uio_put(to, &value, sizeof(value)) == sizeof(value) ? (long)sizeof(value) : -EFAULT;
}

static long eventfd_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct eventfd *e = f->data;
	uint64_t value;
	int err;

	(void)pos;
	if (from->left < sizeof(value))
		return -EINVAL;
	if (uio_get(from, &value, sizeof(value)) != sizeof(value))
		return -EFAULT;
	if (value == UINT64_MAX)
		return -EINVAL;
	while (FULL - e->count < value) {
		err = file_wait(f, &e->changed);
		if (err != 0)
			return err;
	}
	e->count += value;
	waitq_wake(&e->changed);
	return sizeof(value);
}

static uint32_t eventfd_poll(struct file *f, struct poll_table *q)
{
	struct eventfd *e = f->data;

	if (q != NULL)
		poll_wait(q, &e->changed);
	return (e->count != 0 ? POLLIN : 0) | (e->count < FULL ? POLLOUT : 0);
}

static void eventfd_release(struct file *f)
{
	kfree(f->data);
}

/* [eventfd_show_fdinfo] */
static void eventfd_describe(const struct file *f, struct text *t)
{
	const struct eventfd *e = f->data;

	text_add(t, "eventfd-count: %16lx\neventfd-id: %u\n", e->count, e->id);
}

static const struct file_ops eventfd_ops = {
	.read = eventfd_read,
	.write = eventfd_write,
	.poll = eventfd_poll,
	.release = eventfd_release,
	.describe = eventfd_describe,
	.rewinds = true,
};

long sys_eventfd2(uint64_t count, uint64_t flags)
{
	static uint32_t last_id;
	struct eventfd *e;

	if ((uint32_t)flags & ~(uint32_t)(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	e = kmalloc(sizeof(*e));
	if (e == NULL)
		return -ENOMEM;
	e->count = (uint32_t)count;
	e->id = last_id++;
	e->semaphore = (flags & EFD_SEMAPHORE) != 0;
	waitq_init(&e->changed);
	return fd_create(&eventfd_ops, "anon_inode:[eventfd]",
			 O_RDWR | ((uint32_t)flags & (EFD_NONBLOCK | EFD_CLOEXEC)), e);
}
