/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initramfs.c - unpacks the initrd's archives: makes the files that they describe. Called at boot.
 *
 * Later entries replace earlier ones. Missing directories are made. Names that lead out of the root
 * are refused. [init/initramfs.c]
 */
#include "initramfs.h"

#include <string.h>

#include "dev.h"
#include "file.h"
#include "newc.h"
#include "page.h"
#include "panic.h"
#include "timespec.h"

struct unpacker {
	const char *error;
	struct hard_link { /* the names of one file of the archive: inodes that share its contents */
		struct hard_link *next;
		uint32_t ino, major, minor;
		struct inode *inode; /* the last one that was made, a reference; inode->private links the others */
	} * links;
};

/* Stores WHY as the reason for ending. False, always. */
static bool initramfs_fail(struct unpacker *r, const char *why)
{
	r->error = why;
	return false;
}

/* The directory at PATH, which is made if it is missing: a reference; NULL: it cannot be made. */
static struct inode *make_directory(struct unpacker *r, char *path)
{
	struct inode *dir = NULL;
	struct walk w;

	if (path_walk(AT_FDCWD, path, WALK_FOLLOW | WALK_MISSING | WALK_KERNEL, &w) != 0) {
		initramfs_fail(r, "a name below something that is no directory");
		return NULL;
	}
	if (w.inode == NULL && w.dir->volume->fixed)
		initramfs_fail(r, "a name below /proc or /sys");
	else if (w.inode == NULL && tree_create(w.dir, w.name, w.name_len, S_IFDIR | 0755, &dir) != 0)
		initramfs_fail(r, "out of memory");
	else if (w.inode != NULL)
		dir = inode_get(w.inode);
	else
		dir->permanent = true;
	walk_end(&w);
	if (dir != NULL && !inode_is(dir, S_IFDIR)) {
		initramfs_fail(r, "a name below something that is no directory");
		inode_put(dir);
		dir = NULL;
	}
	return dir;
}

/*
 * Makes the directories above LAST, the last name of PATH, as far as they are missing. Returns a
 * reference to the lowest one; NULL: one cannot be made. PATH is changed meanwhile, and restored.
 */
static struct inode *make_parents(struct unpacker *r, char *path, char *last)
{
	struct inode *dir = NULL;

	if (last != path) {
		last[-1] = '\0';
		dir = fs_lookup(path);
		last[-1] = '/';
	}
	if (dir != NULL && inode_is(dir, S_IFDIR))
		return dir;
	inode_put(dir);
	dir = inode_get(inode_root);
	for (char *p = path; p < last && dir != NULL; p++) {
		if (*p != '/')
			continue;
		inode_put(dir);
		*p = '\0';
		dir = make_directory(r, path);
		*p = '/';
	}
	return dir;
}

/* Can every name in PATH be that of a file? */
static bool check_names(struct unpacker *r, const char *path)
{
	while (*path != '\0') {
		size_t len = 0;

		while (path[len] != '\0' && path[len] != '/')
			len++;
		if (len > NAME_MAX)
			return initramfs_fail(r, "a name is longer than 255 bytes");
		if (len == 2 && path[0] == '.' && path[1] == '.')
			return initramfs_fail(r, "a name with \"..\" in it");
		path += len;
		while (*path == '/')
			path++;
	}
	return true;
}

/*
 * E is one of several names of a file, and I the inode that was made for it. Only one of the
 * entries has the contents: gives these to the inodes of all of them.
 */
static bool share_contents(struct unpacker *r, const struct newc_entry *e, struct inode *i)
{
	struct hard_link *l = r->links;

	while (l != NULL &&
	       (l->ino != e->field[INO] || l->major != e->field[DEVMAJOR] || l->minor != e->field[DEVMINOR]))
		l = l->next;
	if (l == NULL) {
		l = kmalloc(sizeof(*l));
		if (l == NULL)
			return initramfs_fail(r, "out of memory");
		*l = (struct hard_link){
			.next = r->links, .ino = e->field[INO], .major = e->field[DEVMAJOR], .minor = e->field[DEVMINOR]
		};
		r->links = l;
	}
	if (i->size == 0 && l->inode != NULL) {
		i->data = l->inode->data;
		i->data_size = i->size = l->inode->size;
	}
	for (struct inode *other = l->inode; other != NULL; other = other->private) {
		if (other->size == 0) {
			other->data = i->data;
			other->data_size = other->size = i->size;
		}
	}
	i->private = l->inode;
	l->inode = inode_get(i);
	return true;
}

/* Gives I, which was just made, what entry E says of it. */
static bool fill_in(struct unpacker *r, const struct newc_entry *e, struct inode *i)
{
	const uint32_t size = e->field[FILESIZE];

	i->mode = e->field[MODE] & (S_IFMT | 07777);
	i->uid = e->field[UID];
	i->gid = e->field[GID];
	i->atime = i->mtime = i->ctime = e->field[MTIME] * NSEC_PER_SEC;
	i->permanent = true;
	if (inode_is(i, S_IFREG)) {
		i->data = size != 0 ? e->data : NULL;
		i->data_size = i->size = size;
		if (e->field[NLINK] > 1)
			return share_contents(r, e, i);
	} else if (inode_is(i, S_IFLNK)) {
		if (size == 0 || size >= PATH_MAX || memchr(e->data, '\0', size) != NULL)
			return initramfs_fail(r, "a symbolic link with a bad target");
		if (inode_set_target(i, (const char *)e->data, size) != 0)
			return initramfs_fail(r, "out of memory");
	} else {
		i->rdev = DEVICE((uint64_t)e->field[RDEVMAJOR], e->field[RDEVMINOR]);
	}
	return true;
}

/* Makes what entry E describes, as NAME in DIR. */
static bool make_entry(struct unpacker *r, const struct newc_entry *e, struct inode *dir, const char *name)
{
	const size_t len = strlen(name);
	struct inode *i = tree_find(dir, name, len);
	bool ok;

	if (dir->volume->fixed)
		return initramfs_fail(r, "a name below /proc or /sys");
	if (i != NULL && i->mounts_here != 0) {
		if ((e->field[MODE] & S_IFMT) == S_IFDIR)
			return true; /* a volume is mounted there, which has a mode of its own */
		return initramfs_fail(r, "dev, dev/shm, proc, sys or tmp that is no directory");
	}
	switch (e->field[MODE] & S_IFMT) {
	case S_IFDIR:
		if (i != NULL && inode_is(i, S_IFDIR)) {
			i->mode = S_IFDIR | (e->field[MODE] & 07777);
			return true;
		}
		break;
	case S_IFREG:
	case S_IFLNK:
	case S_IFCHR:
	case S_IFBLK:
	case S_IFIFO:
	case S_IFSOCK:
		break;
	default:
		return initramfs_fail(r, "a file of unknown type");
	}
	if (i != NULL && !tree_is_empty(i))
		return initramfs_fail(r, "a directory that is not empty would be replaced");
	if (i != NULL)
		tree_unlink(i);
	if (tree_create(dir, name, len, e->field[MODE] & S_IFMT, &i) != 0)
		return initramfs_fail(r, "out of memory");
	ok = fill_in(r, e, i);
	inode_put(i);
	return ok;
}

static bool initramfs_unpack(struct unpacker *r, const struct newc_entry *e, char *path)
{
	struct inode *dir;
	const char *name = e->name;
	char *last;
	bool ok;

	while (*name == '/' || (name[0] == '.' && (name[1] == '/' || name[1] == '\0')))
		name++;
	strcpy(path, name);
	for (size_t len = strlen(path); len > 0 && path[len - 1] == '/'; len--)
		path[len - 1] = '\0';
	if (path[0] == '\0')
		return true; /* the root itself */
	if (!check_names(r, path))
		return false;
	last = strrchr(path, '/');
	last = last != NULL ? last + 1 : path;
	if (strcmp(last, ".") == 0)
		return initramfs_fail(r, "a name that ends in \".\"");
	dir = make_parents(r, path, last);
	if (dir == NULL)
		return false;
	ok = make_entry(r, e, dir, last);
	inode_put(dir);
	return ok;
}

/* At the end of an archive, whose inode numbers mean nothing in the next one. */
static void forget_links(struct unpacker *r)
{
	struct hard_link *l;

	while ((l = r->links) != NULL) {
		for (struct inode *i = l->inode, *next; i != NULL; i = next) {
			next = i->private;
			i->private = NULL;
			inode_put(i);
		}
		r->links = l->next;
		kfree(l);
	}
}

void initramfs_load(const uint8_t *data, uint64_t size)
{
	struct newc archive = { .data = data, .size = size };
	struct unpacker *r = kmalloc(sizeof(*r));
	char *path = kmalloc(NEWC_NAME_MAX);
	struct newc_entry e;
	bool ended = false;

	if (r == NULL || path == NULL)
		refuse("initramfs: out of memory");
	while (r->error == NULL && newc_next(&archive, &e)) {
		ended = e.trailer;
		if (e.trailer)
			forget_links(r);
		else
			initramfs_unpack(r, &e, path);
	}
	if (archive.error != NULL)
		r->error = archive.error;
	else if (r->error == NULL && !ended)
		r->error = "cut off: the end of the archive is missing";
	if (r->error != NULL)
		refuse("initramfs: %s, at offset %lu of %lu", r->error, archive.start, size);
	kfree(r);
	kfree(path);
}
