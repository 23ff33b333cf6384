/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev.c - the table of character devices, and those without hardware: null, zero, full, random; and
 * the console of an image without terminals (kernel/linux/tty). Called when a device is opened.
 */
#include "dev.h"

#include <string.h>

#include "console.h"
#include "file.h"
#include "options.h"
#include "page.h"
#include "panic.h"
#include "random.h"
#include "signal.h"
#include "stdstreams.h"
#include "task.h"

static long null_read(struct file *f, struct uio *to, uint64_t *pos)
{
	(void)f, (void)to, (void)pos;
	return 0;
}

static long null_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)f, (void)pos;
	return (long)from->left;
}

/* A signal ends a long read after some bytes, as on Linux. [read_iter_zero] */
static long zero_read(struct file *f, struct uio *to, uint64_t *pos)
{
	uint64_t want = to->left, done = 0;

	(void)f, (void)pos;
	while (done < want) {
		uint64_t n = want - done < SCHED_STINT ? want - done : SCHED_STINT, got = uio_put_zero(to, n);

		done += got;
		if (got != n)
			return done != 0 ? (long)done : -EFAULT;
		(void)sched_give_way();
		if (signal_pending())
			break;
	}
	return (long)done;
}

static long full_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)f, (void)from, (void)pos;
	return -ENOSPC;
}

#define DEVICE_RANDOM DEVICE(1, 8)

/*
 * Called before a read. Without enough randomness, /dev/random with O_NONBLOCK is -EAGAIN;
 * otherwise both devices gather some from the timer's jitter first. [random_read_iter,
 * urandom_read_iter]
 */
static int random_begin(const struct file *f)
{
	if (!random_ready() && f->inode->rdev == DEVICE_RANDOM && (f->flags & O_NONBLOCK) != 0)
		return -EAGAIN;
	random_wait();
	return 0;
}

/* A signal ends a long read after a page, as on Linux. [get_random_bytes_user] */
static long random_read(struct file *f, struct uio *to, uint64_t *pos)
{
	uint8_t block[256];
	uint64_t done = 0, want = to->left;
	const int err = random_begin(f);

	(void)pos;
	if (err != 0)
		return err;
	while (done < want) {
		uint64_t n = want - done < sizeof(block) ? want - done : sizeof(block), got;

		random_bytes(block, n);
		got = uio_put(to, block, n);
		done += got;
		if (got != n)
			return done != 0 ? (long)done : -EFAULT;
		if (done % PAGE_SIZE != 0)
			continue;
		(void)sched_give_way();
		if (signal_pending())
			break;
	}
	return (long)done;
}

static const struct file_ops null_ops = {
	.read = null_read, .write = null_write, .empty_is_nothing = true, .seekable = true, .rewinds = true
};
static const struct file_ops zero_ops = {
	.read = zero_read, .write = null_write, .empty_is_nothing = true, .seekable = true, .rewinds = true
};
static const struct file_ops full_ops = { .read = zero_read, .write = full_write, .seekable = true, .rewinds = true };
struct file_ops device_random_ops = {
	.read = random_read, .write = null_write, .empty_is_nothing = true, .seekable = true, .rewinds = true
};

/* The console of an image without terminals can be written to only. */
static long console_file_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)f, (void)pos;
	return stdstreams_write(STREAM_OUTPUT, from, !options.bare_newline);
}

static const struct file_ops console_file_ops = { .read = null_read,
						  .write = console_file_write,
						  .empty_is_nothing = true };

static struct device devices[] = {
	{ .name = "null", .rdev = DEVICE(1, 3), .mode = 0666, .ops = &null_ops },
	{ .name = "zero", .rdev = DEVICE_ZERO, .mode = 0666, .ops = &zero_ops },
	{ .name = "full", .rdev = DEVICE(1, 7), .mode = 0666, .ops = &full_ops },
	{ .name = "random", .rdev = DEVICE_RANDOM, .mode = 0666, .ops = &device_random_ops },
	{ .name = "urandom", .rdev = DEVICE(1, 9), .mode = 0666, .ops = &device_random_ops },
	{ .name = "console", .rdev = DEVICE(5, 1), .mode = 0600, .ops = &console_file_ops },
};

static struct device *registered; /* newest first */

void device_register(struct device *d)
{
	d->next = registered;
	registered = d;
}

/* The device with the number RDEV; NULL: there is none. */
static const struct device *find_device(uint64_t rdev)
{
	for (const struct device *d = registered; d != NULL; d = d->next)
		if (rdev == d->rdev || (rdev > d->rdev && rdev - d->rdev < d->count))
			return d;
	return NULL;
}

int device_open(struct inode *i, struct file *f)
{
	const struct device *d = find_device(i->rdev);

	if (d == NULL)
		return -ENXIO;
	f->ops = d->ops;
	return d->open != NULL ? d->open(i, f) : 0;
}

/* Makes the symbolic link NAME to TARGET in the directory DEV, unless it has that name. */
static void make_link(struct inode *dev, const char *name, const char *target)
{
	struct inode *i = NULL;

	if (tree_find(dev, name, strlen(name)) != NULL)
		return;
	if (tree_create(dev, name, strlen(name), S_IFLNK | 0777, &i) != 0 ||
	    inode_set_target(i, target, strlen(target)) != 0)
		refuse("dev: no memory for /dev");
	i->permanent = true;
	inode_put(i);
}

void device_make_nodes(struct inode *dev)
{
	for (const struct device *d = registered; d != NULL; d = d->next) {
		struct inode *i = NULL;

		if (d->name == NULL || find_device(d->rdev) != d)
			continue; /* a module has registered another device of this name */
		if (tree_create(dev, d->name, strlen(d->name), d->rdev != 0 ? S_IFCHR | d->mode : d->mode, &i) != 0)
			refuse("dev: no memory for /dev");
		i->rdev = d->rdev;
		i->permanent = true;
		inode_put(i);
	}
	make_link(dev, "fd", "/proc/self/fd");
	make_link(dev, "stdin", "/proc/self/fd/0");
	make_link(dev, "stdout", "/proc/self/fd/1");
	make_link(dev, "stderr", "/proc/self/fd/2");
}

void device_init(void)
{
	for (unsigned n = sizeof(devices) / sizeof(devices[0]); n > 0; n--)
		device_register(&devices[n - 1]);
}
