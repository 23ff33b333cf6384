/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * volumes.c - the volumes (file systems) that are mounted at boot: the root, which is read-only by
 * default, /dev, /sys, the writable /tmp and /dev/shm, and those of modules, such as /proc. Called
 * by main.c; inode.h has the contracts.
 */
#include "inode.h"

#include <string.h>

#include <abi/errno.h>

#include "dev.h"
#include "mount.h"
#include "panic.h"
#include "task.h"
#include "xattr.h"

struct volume volume_root = { .dev = 2, .magic = RAMFS_MAGIC, .type = "rootfs", .readonly = true };
const struct volume volume_dev = { .dev = 5, .magic = TMPFS_MAGIC, .type = "devtmpfs" };
const struct volume volume_tmp = { .dev = 6, .magic = TMPFS_MAGIC, .type = "tmpfs" };
const struct volume volume_proc = { .dev = 7, .magic = PROC_SUPER_MAGIC, .type = "proc", .fixed = true };
const struct volume volume_sys = { .dev = 9, .magic = SYSFS_MAGIC, .type = "sysfs", .readonly = true, .fixed = true };
const struct volume volume_anon = { .dev = 8, .magic = ANON_INODE_FS_MAGIC, .type = "anon_inodefs", .fixed = true };

struct inode *inode_root, *inode_anonymous;
static struct inode *dev_root, *sys_root;
static struct mounted *mounts;

void volume_register(struct mounted *m)
{
	m->next = mounts;
	mounts = m;
}

static struct inode *volume_make_directory(struct inode *dir, const char *name, uint32_t mode)
{
	struct inode *i = NULL;

	if (tree_create(dir, name, strlen(name), S_IFDIR | mode, &i) != 0)
		refuse("fs: no memory for /%s", name);
	i->permanent = true;
	inode_put(i);
	return i;
}

/* Makes a root for VOLUME, and mounts it at P for good. Returns it, seen through the mount. */
static struct path mount_volume(struct path p, const struct volume *volume, uint32_t mode)
{
	struct inode *root = inode_create(volume, S_IFDIR | mode);
	struct mount *m = root != NULL ? mount_create(root, volume->type, 0) : NULL;

	if (m == NULL)
		refuse("fs: no memory for %s", volume->type);
	root->nlink = 2;
	m->kept = true;
	mount_attach(mount_get(m), &mntns_initial, p);
	return (struct path){ m, root };
}

/* The same at a new directory NAME of DIR. */
static struct path mount_in(struct path dir, const char *name, const struct volume *volume, uint32_t mode)
{
	return mount_volume((struct path){ dir.mount, volume_make_directory(dir.inode, name, 0755) }, volume, mode);
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
 * Makes /sys with the files that C libraries read to find out which processors there are.
 * [drivers/base/cpu.c]
 */
static void sys_init(struct path root)
{
	struct inode *sys = sys_root = mount_in(root, "sys", &volume_sys, 0555).inode;
	struct inode *cpu = volume_make_directory(
		volume_make_directory(volume_make_directory(sys, "devices", 0755), "system", 0755), "cpu", 0755);

	volume_make_directory(cpu, "cpu0", 0755);
	sys_file(cpu, "kernel_max", "0\n");
	sys_file(cpu, "offline", "\n");
	sys_file(cpu, "online", "0\n");
	sys_file(cpu, "possible", "0\n");
	sys_file(cpu, "present", "0\n");
}

/*
 * The root that programs see is mounted on another one that nobody sees, so that pivot_root can put
 * another mount in its place. [init_mount_tree]
 */
void fs_init(bool root_writable)
{
	static const struct volume below = { .dev = 1, .magic = RAMFS_MAGIC, .type = "rootfs", .fixed = true };
	struct path root, dev;

	tree_init();
	volume_root.readonly = !root_writable;
	root = mount_volume((struct path){ NULL, NULL }, &below, 0755);
	mntns_initial.top = root.mount;
	root = path_initial = mount_volume(root, &volume_root, 0755);
	inode_root = root.inode;
	inode_anonymous = inode_create(&volume_anon, S_IRUSR | S_IWUSR);
	if (inode_anonymous == NULL)
		refuse("fs: no memory for the root directory");
	dev = mount_in(root, "dev", &volume_dev, 0755);
	dev_root = dev.inode;
	device_make_nodes(dev_root);
	mount_in(dev, "shm", &volume_tmp, S_ISVTX | 0777);
	mount_in(root, "tmp", &volume_tmp, S_ISVTX | 0777);
	for (struct mounted *m = mounts; m != NULL; m = m->next)
		m->root = mount_in(m->in_dev ? dev : root, m->name, m->volume, m->mode).inode;
	sys_init(root);
}

int volume_instance(const char *type, struct inode **out)
{
	struct inode *root = strcmp(type, volume_sys.type) == 0	  ? sys_root
			     : strcmp(type, volume_dev.type) == 0 ? dev_root
								  : NULL;

	for (const struct mounted *m = mounts; m != NULL && root == NULL; m = m->next) {
		if (strcmp(type, m->volume->type) != 0)
			continue;
		if (m->instance != NULL)
			return m->instance(out);
		root = m->root;
	}
	if (root == NULL)
		return -ENODEV;
	*out = inode_get(root);
	return 0;
}

void fs_open_volumes(void)
{
	for (struct mounted *m = mounts; m != NULL; m = m->next)
		m->open(m->root);
}

#define UNLINK_WORK (16 * SCHED_STEP)

void tree_empty(struct inode *top)
{
	struct inode *i = inode_get(top), *next;
	uint32_t worked = 0;

	for (;;) {
		(void)sched_worked(&worked, UNLINK_WORK); /* others may have run, and moved or removed I */
		if (!tree_is_empty(i)) {
			next = inode_get(tree_first(i));
		} else if (i == top) {
			break;
		} else {
			next = inode_get(i->linked ? i->parent : top);
			if (i->linked)
				tree_unlink(i);
		}
		inode_put(i);
		i = next;
	}
	inode_put(top);
}

/*
 * The next inode after I and everything below it, in a walk through the tree; NULL: there is none.
 */
static struct inode *next_beside(struct inode *i)
{
	for (; i->parent != NULL; i = i->parent) {
		struct inode *next = tree_next(i);

		if (next != NULL)
			return next;
	}
	return NULL;
}

/* Removes what programs made below TOP, which is permanent. */
static void purge_below(struct inode *top)
{
	struct inode *i = top;

	while (i != NULL) {
		struct inode *next = next_beside(i);

		if (i != top && !i->permanent) {
			tree_empty(i);
			tree_unlink(i);
		} else if (!tree_is_empty(i)) {
			next = tree_first(i);
		} else if (inode_is(i, S_IFREG)) {
			pagemap_cut(&i->pages, 0);
			xattr_drop(i);
		}
		i = next;
	}
	tree_trim();
}

void fs_purge(void)
{
	list_for_each(link, &mntns_initial.mounts)
		purge_below(container_of(link, struct mount, in_ns)->root);
	while (inode_free_piece())
		;
}
