/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * volumes.c - the mounted file systems: the root, which is read-only by default, /dev, /proc, /sys,
 * and the writable /tmp and /dev/shm.
 */
#include "inode.h"

#include <string.h>

#include "dev.h"
#include "panic.h"
#include "xattr.h"

struct volume volume_root = { .dev = 2, .magic = RAMFS_MAGIC, .type = "rootfs", .readonly = true };
const struct volume volume_dev = { .dev = 5, .magic = TMPFS_MAGIC, .type = "devtmpfs" };
const struct volume volume_tmp = { .dev = 6, .magic = TMPFS_MAGIC, .type = "tmpfs" };
const struct volume volume_proc = { .dev = 7, .magic = PROC_SUPER_MAGIC, .type = "proc", .fixed = true };
const struct volume volume_sys = { .dev = 9, .magic = SYSFS_MAGIC, .type = "sysfs", .readonly = true, .fixed = true };
const struct volume volume_anon = { .dev = 8, .magic = ANON_INODE_FS_MAGIC, .type = "anon_inodefs", .fixed = true };

struct inode *inode_root, *inode_anonymous;
static struct mounted *mounts;

void volume_register(struct mounted *m)
{
	m->next = mounts;
	mounts = m;
}

static struct inode *mount_at(struct inode *dir, const char *name, const struct volume *volume, uint32_t mode)
{
	struct inode *i = NULL;

	if (tree_create(dir, name, strlen(name), S_IFDIR | mode, &i) != 0)
		refuse("fs: no memory for /%s", name);
	i->volume = volume;
	i->permanent = true;
	inode_put(i);
	return i;
}

/* Makes a file in /sys that contains TEXT. */
static void sys_file(struct inode *dir, const char *name, const char *text)
{
	struct inode *i;

	if (tree_create(dir, name, strlen(name), S_IFREG | 0444, &i) != 0)
		refuse("fs: no memory for /sys");
	i->volume = &volume_sys;
	i->permanent = true;
	i->data = (const uint8_t *)text;
	i->data_size = i->size = strlen(text);
	inode_put(i);
}

/*
 * Makes the files in /sys that C libraries read: which processors there are. [drivers/base/cpu.c]
 */
static void sys_init(void)
{
	struct inode *sys = mount_at(inode_root, "sys", &volume_sys, 0555);
	struct inode *cpu = mount_at(mount_at(mount_at(sys, "devices", &volume_sys, 0755), "system", &volume_sys, 0755),
				     "cpu", &volume_sys, 0755);

	mount_at(cpu, "cpu0", &volume_sys, 0755);
	sys_file(cpu, "kernel_max", "0\n");
	sys_file(cpu, "offline", "\n");
	sys_file(cpu, "online", "0\n");
	sys_file(cpu, "possible", "0\n");
	sys_file(cpu, "present", "0\n");
}

void fs_init(bool root_writable)
{
	struct inode *dev;

	volume_root.readonly = !root_writable;
	inode_root = inode_create(&volume_root, S_IFDIR | 0755);
	inode_anonymous = inode_create(&volume_anon, S_IRUSR | S_IWUSR);
	if (inode_root == NULL || inode_anonymous == NULL)
		refuse("fs: no memory for the root directory");
	inode_root->nlink = 2;
	dev = mount_at(inode_root, "dev", &volume_dev, 0755);
	device_make_nodes(dev);
	mount_at(dev, "shm", &volume_tmp, S_ISVTX | 0777);
	mount_at(inode_root, "tmp", &volume_tmp, S_ISVTX | 0777);
	for (struct mounted *m = mounts; m != NULL; m = m->next)
		m->root = mount_at(inode_root, m->name, m->volume, m->mode);
	sys_init();
}

void fs_open_volumes(void)
{
	for (struct mounted *m = mounts; m != NULL; m = m->next)
		m->open(m->root);
}

/* Unlinks everything below TOP, deepest first. */
static void unlink_below(struct inode *top)
{
	struct inode *i = top;

	for (;;) {
		struct inode *parent = i->parent;

		if (!list_empty(&i->children)) {
			i = container_of(i->children.next, struct inode, sibling);
			continue;
		}
		if (i == top)
			return;
		tree_unlink(i);
		i = parent;
	}
}

/*
 * The next inode after I and everything below it, in a walk through the tree; NULL: there is none.
 */
static struct inode *next_beside(struct inode *i)
{
	for (; i->parent != NULL; i = i->parent) {
		if (i->sibling.next != &i->parent->children)
			return container_of(i->sibling.next, struct inode, sibling);
	}
	return NULL;
}

void fs_purge(void)
{
	struct inode *i = inode_root;

	while (inode_free_piece())
		;
	while (i != NULL) {
		struct inode *next = next_beside(i);

		if (i != inode_root && !i->permanent) {
			unlink_below(i);
			tree_unlink(i);
		} else if (!list_empty(&i->children)) {
			next = container_of(i->children.next, struct inode, sibling);
		} else if (inode_is(i, S_IFREG)) {
			pagemap_cut(&i->pages, 0);
			xattr_drop(i);
		}
		i = next;
	}
}
