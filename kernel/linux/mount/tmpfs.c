/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs.c - file systems in memory that programs mount: each has a device number of its own.
 * [mm/shmem.c]
 *
 * The options for sizes are accepted, and have no effect: all file systems share one memory.
 */
#include <abi/errno.h>
#include <string.h>

#include "cred.h"
#include "page.h"
#include "task.h"
#include "tree.h"
#include "userns.h"

#define FIRST_DEV 32U
#define INODE_SIZE 1024U /* bytes that an inode counts as [BOGO_INODE_SIZE] */

struct tmpfs {
	struct volume volume;
	struct inode *root;
	uint32_t mounts;
};

/*
 * Counts the mounts of V. With the last one all names are removed, and with them the files that
 * nobody has open.
 */
static void tmpfs_mounted(const struct volume *v, bool more)
{
	struct tmpfs *t = container_of((struct volume *)v, struct tmpfs, volume);

	if (more)
		t->mounts++;
	else if (--t->mounts == 0)
		tree_empty(t->root);
}

/*
 * Called when ROOT is freed. All other inodes of the file system hold it through their parents, so
 * it is the last.
 */
static void free_volume(struct inode *root)
{
	kfree(container_of((struct volume *)root->volume, struct tmpfs, volume));
}

static const struct inode_ops root_ops = { .free = free_volume };

static unsigned parse_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c != '\0' ? strchr(digits, c >= 'A' ? c | 0x20 : c) : NULL;

	return at != NULL ? (unsigned)(at - digits) : 16;
}

/*
 * Reads the number that TEXT begins with, in BASE or, if that is 0, as its prefix says, into *N;
 * one that is too large as UINT64_MAX. Returns its end. [_parse_integer]
 */
static const char *read_digits(const char *text, unsigned base, uint64_t *n)
{
	if (base == 0) {
		base = text[0] == '0' ? 8 : 10;
		if (base == 8 && (text[1] == 'x' || text[1] == 'X') && parse_digit(text[2]) < 16) {
			base = 16;
			text += 2;
		}
	}
	for (*n = 0; parse_digit(*text) < base; text++)
		if (__builtin_mul_overflow(*n, base, n) || __builtin_add_overflow(*n, parse_digit(*text), n))
			*n = UINT64_MAX;
	return text;
}

/* Reads TEXT as a number in BASE, as read_digits() does. False: none, or too large. [kstrtouint] */
static bool read_number(const char *text, unsigned base, uint32_t *n)
{
	const char *const digits = *text == '+' ? text + 1 : text;
	uint64_t value;
	const char *end = read_digits(digits, base, &value);

	*n = (uint32_t)value;
	if (end == digits)
		return false;
	end += *end == '\n';
	return *end == '\0' && value <= UINT32_MAX;
}

/*
 * Is TEXT a number of at most MOST? A unit (k, m, g, t, p or e) may follow and, if PART, then a %.
 * [memparse]
 */
static bool is_size(const char *text, bool part, uint64_t most)
{
	static const char units[] = "kmgtpe";
	uint64_t n;
	const char *end = read_digits(text, 0, &n);
	const char *const unit = *end != '\0' ? strchr(units, *end | 0x20) : NULL;

	if (unit != NULL) {
		n <<= 10 * (unit - units + 1);
		end++;
	}
	end += part && *end == '%';
	return *end == '\0' && n <= most;
}

struct options {
	uint32_t mode, uid, gid;
};

/* [shmem_parse_one] */
static int tmpfs_take_option(struct options *o, const char *name, const char *value)
{
	uint32_t n = 0;

	if (*value == '\0')
		return -EINVAL;
	if (strcmp(name, "mode") == 0) {
		if (!read_number(value, 8, &n))
			return -EINVAL;
		o->mode = n & 07777;
		return 0;
	}
	if (strcmp(name, "uid") == 0 || strcmp(name, "gid") == 0) {
		if (!read_number(value, 0, &n))
			return -EINVAL;
		n = name[0] == 'u' ? userns_uid(n) : userns_gid(n);
		if (n == USERNS_INVALID)
			return -EINVAL;
		*(name[0] == 'u' ? &o->uid : &o->gid) = n;
		return 0;
	}
	if (strcmp(name, "size") == 0)
		return is_size(value, true, UINT64_MAX) ? 0 : -EINVAL;
	if (strcmp(name, "nr_blocks") == 0)
		return is_size(value, false, INT64_MAX) ? 0 : -EINVAL;
	if (strcmp(name, "nr_inodes") == 0)
		return is_size(value, false, UINT64_MAX / INODE_SIZE) ? 0 : -EINVAL;
	return -EINVAL;
}

static int tmpfs_read_options(char *text, struct options *o)
{
	int err = 0;

	while (err == 0 && *text != '\0') {
		char *end = text + strcspn(text, ","), *value;

		if (*end != '\0')
			*end++ = '\0';
		value = text + strcspn(text, "=");
		if (*value != '\0')
			*value++ = '\0';
		if (*text != '\0')
			err = tmpfs_take_option(o, text, value);
		text = end;
	}
	return err;
}

int tmpfs_make(char *options, struct inode **out)
{
	static uint32_t last = FIRST_DEV;
	struct options o = { 01777, current->cred.fsuid, current->cred.fsgid };
	int err = tmpfs_read_options(options, &o);
	struct tmpfs *t;
	struct inode *i;

	if (err != 0)
		return err;
	t = kmalloc(sizeof(*t));
	if (t == NULL)
		return -ENOMEM;
	t->volume = (struct volume){ .dev = ++last, .magic = TMPFS_MAGIC, .type = "tmpfs", .mounted = tmpfs_mounted };
	i = inode_create(&t->volume, S_IFDIR | o.mode);
	if (i == NULL) {
		kfree(t);
		return -ENOMEM;
	}
	i->nlink = 2;
	i->uid = o.uid;
	i->gid = o.gid;
	i->iops = &root_ops;
	t->root = i;
	*out = i;
	return 0;
}
