/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dev.c - the devices that are no more than a function: null, zero, full, random. The terminal is tty.c's.
 */
#include "dev.h"

#include <string.h>

#include "file.h"
#include "page.h"
#include "panic.h"
#include "random.h"
#include "task.h"
#include "tty.h"

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

static long zero_read(struct file *f, struct uio *to, uint64_t *pos)
{
	uint64_t want = to->left, got = uio_put_zero(to, want);

	(void)f, (void)pos;
	return got != 0 || want == 0 ? (long)got : -EFAULT;
}

static long full_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)f, (void)from, (void)pos;
	return -ENOSPC;
}

#define DEVICE_RANDOM DEVICE(1, 8)

/*
 * /dev/random waits until there is randomness, or with O_NONBLOCK does not; /dev/urandom does not give up for want of it. Both make
 * some of the timer's jitter. [random_read_iter, urandom_read_iter]
 */
static int random_begin(const struct file *f)
{
	if (!random_ready() && f->inode->rdev == DEVICE_RANDOM && (f->flags & O_NONBLOCK) != 0)
		return -EAGAIN;
	random_wait();
	return 0;
}

/* Linux, too, lets a signal end a long read once a page has been given. [get_random_bytes_user] */
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
		if (done % PAGE_SIZE == 0 && signal_pending())
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
static const struct file_ops random_ops = {
	.read = random_read, .write = null_write, .empty_is_nothing = true, .seekable = true, .rewinds = true
};

static const struct device {
	const char *name;
	uint64_t rdev;
	uint32_t mode;
	const struct file_ops *ops; /* NULL: the terminal */
} devices[] = {
	{ "null", DEVICE(1, 3), 0666, &null_ops },	{ "zero", DEVICE(1, 5), 0666, &zero_ops },
	{ "full", DEVICE(1, 7), 0666, &full_ops },	{ "random", DEVICE_RANDOM, 0666, &random_ops },
	{ "urandom", DEVICE(1, 9), 0666, &random_ops }, { "tty", TTY_CURRENT, 0666, NULL },
	{ "console", TTY_CONSOLE, 0600, NULL },
};

#define COUNT (sizeof(devices) / sizeof(devices[0]))

int device_open(struct inode *i, struct file *f)
{
	for (unsigned n = 0; n < COUNT; n++) {
		if (devices[n].rdev != i->rdev)
			continue;
		if (devices[n].ops == NULL)
			return tty_open(i, f);
		f->ops = devices[n].ops;
		return 0;
	}
	return -ENXIO;
}

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
	for (unsigned n = 0; n < COUNT; n++) {
		struct inode *i = NULL;

		if (tree_create(dev, devices[n].name, strlen(devices[n].name), S_IFCHR | devices[n].mode, &i) != 0)
			refuse("dev: no memory for /dev");
		i->rdev = devices[n].rdev;
		i->permanent = true;
		inode_put(i);
	}
	make_link(dev, "fd", "/proc/self/fd");
	make_link(dev, "stdin", "/proc/self/fd/0");
	make_link(dev, "stdout", "/proc/self/fd/1");
	make_link(dev, "stderr", "/proc/self/fd/2");
}
