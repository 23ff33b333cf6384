/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inode.h - things with an identity: files, directories, links, devices,
 * pipes; and the tree of their names.
 *
 * The root, /dev and /tmp are one kind of tree, kept in memory (tree.c); the files of the initrd
 * are nodes of it whose bytes stay in the initrd until somebody writes to them. /proc answers
 * look-ups itself. An inode holds its first name; a hard link is an inode that has nothing but
 * another name, and is the target to everybody but the tree.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/fs.h>
#include <abi/stat.h>

#include "list.h"
#include "pagemap.h"
#include "vm.h"

struct file;
struct file_ops;
struct group;
struct inode;
struct inode_mark;
struct xattr;
struct dir_sink;

/* What inodes belong together: one mounted file system. */
struct volume {
	uint32_t dev;	     /* st_dev: a minor number, the major is 0 */
	uint32_t magic;	     /* statfs's f_type */
	const char *type;    /* in /proc/mounts */
	const char *options; /* there too: "ro", "rw" */
	bool readonly;
	bool fixed; /* its names are not programs' to make or remove (/proc) */
};

/* What an inode does that is not told by its mode; each may be missing. */
struct inode_ops {
	/*
	 * Directory: the child NAME with a new reference, 0 or -errno.
	 * Missing: the children in the tree.
	 */
	int (*lookup)(struct inode *dir, const char *name, size_t len, struct inode **out);
	/* Directory: its entries from f->pos on, "." and ".." excepted; positions from 2. */
	void (*list)(struct inode *dir, struct dir_sink *sink);
	/*
	 * Symbolic link: where it leads, a new reference (0 or -errno),
	 * and the text that readlink shows.
	 */
	int (*follow)(struct inode *link, struct inode **out);
	long (*text)(struct inode *link, char *buf, size_t size);
	/* Does it lead where no path could? Missing: yes, if it has follow. [nd_jump_link] */
	bool (*jumps)(const struct inode *link);
	/* A new opening: may set f->ops and f->data, or refuse with -errno. */
	int (*open)(struct inode *i, struct file *f);
	/* May the current task do even what the mode refuses it? Missing: no. */
	bool (*excepted)(const struct inode *i);
	/* Does it stand for a process? Then that is in *G, NULL when it is gone. Missing: no. */
	bool (*process)(const struct inode *i, struct group **g);
	/* Last reference gone. */
	void (*free)(struct inode *i);
};

/*
 * `refs` counts the name in the tree, the children's, openings, mappings, and walks and calls under
 * way. A child keeps its directory, so a directory that goes has no children left.
 */
struct inode {
	struct backing backing; /* of its mappings */
	uint32_t refs;		/* openings, mappings, children, and one of the tree while it has a name there */
	uint32_t mode;		/* S_IF* and permissions */
	uint32_t uid, gid;
	uint32_t nlink;
	uint32_t seals; /* F_SEAL_*, of a memfd */
	uint64_t ino;
	uint64_t rdev;
	uint64_t atime, mtime, ctime; /* ns since 1970 */
	const struct volume *volume;
	const struct inode_ops *iops;
	const struct file_ops *ops; /* of its openings; NULL: by kind */
	void *private;		    /* of iops */

	uint64_t size;
	/*
	 * Regular: the bytes that were in the initrd, and how many of them count where there is
	 * no page. Symlink: the target, allocated and terminated.
	 */
	const uint8_t *data;
	uint64_t data_size;
	struct pagemap pages; /* regular: what was written; holes are zero */

	struct xattr *xattrs;	  /* of sys_xattr.c */
	struct inode_mark *marks; /* tell.h's: who watches it */
	struct inode *parent;	  /* one reference, kept after the name is gone */
	bool linked;		  /* it still has its name there; false for the root and for anonymous ones */
	struct inode *target;	  /* of a hard link: one reference */
	bool permanent;		  /* made at boot: stays when /tmp is emptied */
	struct list children;	  /* of a directory, by sibling, in order of cookie */
	struct list sibling;
	uint64_t cookie;      /* position in the directory for getdents64; grows, never reused */
	uint64_t next_cookie; /* of a directory */
	uint32_t name_len;
	char *name; /* allocated, with a terminator; NULL: anonymous */
};

#define MAY_EXEC 1
#define MAY_WRITE 2
#define MAY_READ 4

/* ---- inode.c ---- */

/* A new inode with one reference, no name and the owner of the current task; NULL: no memory. */
[[nodiscard]] struct inode *inode_create(const struct volume *volume, uint32_t mode);
struct inode *inode_get(struct inode *i);
void inode_put(struct inode *i);
/*
 * inode_put() puts off freeing a large file's pages; this frees them a piece at a time, and gives
 * way. For sched_free().
 */
void inode_free_doomed(void);
/* Frees a piece without giving way; false: there is none. For who needs memory now. */
bool inode_free_piece(void);
/* 0, -EACCES, or -EROFS for writing to a read-only volume; MASK of MAY_*. [inode_permission] */
[[nodiscard]] int inode_permission(const struct inode *i, unsigned mask);
/* May the current task change mode, owner or times of I? [inode_owner_or_capable] */
bool inode_owned(const struct inode *i);
/*
 * Absolute path of I into BUF, with " (deleted)" when the name is gone; returns
 * BUF, or "?" if it does not fit.
 */
const char *inode_path(const struct inode *i, char *buf, size_t size);
void inode_touch(struct inode *i); /* it was changed now */

/* What an entry of the tree stands for. */
static inline struct inode *inode_target(const struct inode *i)
{
	return i->target != NULL ? i->target : (struct inode *)i;
}

/* What a mapping of I has behind it; NULL is fine. And back. */
static inline struct backing *inode_backing(struct inode *i)
{
	return i != NULL ? &i->backing : NULL;
}

static inline struct inode *inode_behind(struct backing *b)
{
	return b != NULL ? container_of(b, struct inode, backing) : NULL;
}

static inline bool inode_is(const struct inode *i, uint32_t type)
{
	return (i->mode & S_IFMT) == type;
}

/* ---- tree.c: the children of directories ---- */

/* The child of that name, no reference taken, or NULL: the entry, which may be a hard link. */
struct inode *tree_find(const struct inode *dir, const char *name, size_t len);
/* Gives I a name in DIR (which must not have it): the tree takes a reference; 0 or -ENOMEM. */
[[nodiscard]] int tree_link(struct inode *dir, struct inode *i, const char *name, size_t len);
/* Takes the name away; the tree's reference goes. */
void tree_unlink(struct inode *i);
/* A new child, the caller's reference in *OUT (which may be NULL): 0 or -ENOMEM, -ENOSPC. */
[[nodiscard]] int tree_create(struct inode *dir, const char *name, size_t len, uint32_t mode, struct inode **out);
/* A hard link to I, which is no directory: 0 or -ENOMEM. */
[[nodiscard]] int tree_link_hard(struct inode *dir, struct inode *i, const char *name, size_t len);
/* A and B, neither of them in the other, change places. */
void tree_exchange(struct inode *a, struct inode *b);
/* Moves I, with its reference, to a name that is free. 0 or -ENOMEM. */
[[nodiscard]] int tree_move(struct inode *i, struct inode *dir, const char *name, size_t len);
/*
 * May the current task add names to DIR? 0, -EROFS, -ENOENT (it was removed), -EACCES. [may_create]
 */
[[nodiscard]] int tree_may_add(const struct inode *dir);
/*
 * May it take I's name away? 0, -EROFS, -EACCES, -EPERM (sticky directory), -EBUSY (something
 * is mounted there). [may_delete]
 */
[[nodiscard]] int tree_may_remove(const struct inode *i);
/* Entries of a directory, for getdents64. */
void tree_list(struct inode *dir, struct dir_sink *sink);

/* ---- regular.c: the bytes of files ---- */

/*
 * Copies up to N bytes from OFF for the kernel (ELF loader, demand
 * paging); returns how many there were.
 */
uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t off);
/*
 * The page that holds the bytes from OFF (page-aligned) on, with a new reference, for shared
 * mappings; made when it was a hole. NULL: no memory. The file must be larger than OFF.
 */
void *inode_page(struct inode *i, uint64_t off);
/* Makes the file SIZE bytes long: 0, -EFBIG, -EPERM (seals), -ENOSPC. */
[[nodiscard]] int inode_truncate(struct inode *i, uint64_t size);
/* A symbolic link's target becomes a copy of TEXT: 0 or -ENOMEM. */
[[nodiscard]] int inode_set_target(struct inode *link, const char *text, size_t len);
extern const struct file_ops regular_ops;

/* ---- volumes.c: what is mounted where ---- */

extern struct volume volume_root; /* whether it is read-only is said at boot */
extern const struct volume volume_dev, volume_tmp, volume_proc, volume_sys, volume_anon;
extern struct inode *inode_root;
/*
 * What files without an inode of their own share: event counters, listeners ... [anon_inode_inode]
 */
extern struct inode *inode_anonymous;

/* A volume of a module's: a directory NAME in the root, whose files OPEN makes. */
struct mounted {
	struct mounted *next;
	const char *name;
	const struct volume *volume;
	uint32_t mode; /* permissions */
	void (*open)(struct inode *root);
	struct inode *root;
};

/* Boot, before fs_init(). */
void volume_register(struct mounted *m);
/* The root, /dev, /tmp, and those of modules, without files; at boot, before initramfs_load(). */
void fs_init(bool root_writable);
/*
 * Modules' volumes have their files from now on: once there are tasks to ask about, or
 * will be. After initramfs_load().
 */
void fs_open_volumes(void);
/* Removes what programs left in /tmp and /dev, for the leak check. */
void fs_purge(void);
