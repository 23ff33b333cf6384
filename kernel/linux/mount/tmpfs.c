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

struct tmpfs {
	struct volume volume;
	struct inode *root;
	uint32_t mounts;
};

/*
 * When the last mount is gone, all names are removed, and with them the files that nobody has open.
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

/* Reads TEXT, up to its end, as a number in BASE into *N. False: it is none, or too large. */
static bool read_number(const char *text, unsigned base, uint32_t *n)
{
	uint64_t value = 0;

	for (; *text >= '0' && *text < '0' + (char)base && value <= UINT32_MAX; text++)
		value = value * base + (uint64_t)(*text - '0');
	*n = (uint32_t)value;
	return *text == '\0' && value <= UINT32_MAX;
}

struct options {
	uint32_t mode, uid, gid;
};

/* [shmem_parse_one] */
static int tmpfs_take_option(struct options *o, const char *name, const char *value)
{
	uint32_t n = 0;

	if (strcmp(name, "mode") == 0) {
		if (!read_number(value, 8, &n))
			return -EINVAL;
		o->mode = n & 07777;
	} else if (strcmp(name, "uid") == 0 || strcmp(name, "gid") == 0) {
		if (!read_number(value, 10, &n))
			return -EINVAL;
		n = name[0] == 'u' ? userns_uid(n) : userns_gid(n);
		if (n == USERNS_INVALID)
			return -EINVAL;
		*(name[0] == 'u' ? &o->uid : &o->gid) = n;
	} else if (strcmp(name, "size") != 0 && strcmp(name, "nr_blocks") != 0 && strcmp(name, "nr_inodes") != 0) {
		return -EINVAL;
	}
	return 0;
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
