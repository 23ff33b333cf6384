/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inode.h - inodes: files, directories, symbolic links, devices, pipes; the tree of their names;
 * and the volumes (file systems) to which they belong.
 *
 * The root, /dev and /tmp are trees in memory (tree.c). The bytes of a file of the initrd stay in
 * the initrd until somebody writes to them. /proc answers look-ups itself. A directory entry and
 * its inode are one object: an inode contains its first name. A hard link is an inode that has
 * nothing but another name; everybody but the tree sees its target instead.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/fs.h>
#include <abi/stat.h>

#include "avl.h"
#include "hash.h"
#include "list.h"
#include "pagemap.h"
#include "vm.h"

struct file;
struct file_ops;
struct group;
struct inode;
struct inode_mark;
struct path;
struct xattr;
struct dir_sink;

/* A mounted file system, to which inodes belong. */
struct volume {
	uint32_t dev;	  /* st_dev: a minor number, the major is 0 */
	uint32_t magic;	  /* statfs's f_type */
	const char *type; /* in /proc/mounts */
	bool readonly;
	bool fixed; /* programs cannot make or remove names (/proc) */
	/*
	 * Called when there is a mount of it more (MORE) or less. Missing: the volume is never
	 * freed.
	 */
	void (*mounted)(const struct volume *v, bool more);
};

/* What is special about an inode beside its mode; each function may be missing. */
struct inode_ops {
	/*
	 * Of a directory: finds the child NAME, with a new reference; 0 or -errno. Missing: the
	 * children are in the tree.
	 */
	int (*lookup)(struct inode *dir, const char *name, size_t len, struct inode **out);
	/*
	 * Of a directory: lists its entries from sink->pos, which is at least 2, without "." and
	 * "..".
	 */
	void (*list)(struct inode *dir, struct dir_sink *sink);
	/*
	 * Of a symbolic link of /proc: stores where it leads, with references (0 or -errno); the
	 * text that readlink shows (its length or -errno).
	 */
	int (*follow)(struct inode *link, struct path *out);
	long (*text)(struct inode *link, char *buf, size_t size);
	/*
	 * Is it a magic link, which leads where its text need not? Missing: yes, if it has follow.
	 * [nd_jump_link]
	 */
	bool (*jumps)(const struct inode *link);
	/* Called for a new opening F: sets f->ops and f->data. 0, or -errno to refuse. */
	int (*open)(struct inode *i, struct file *f);
	/* May the current task do with I what its mode refuses? Missing: no. */
	bool (*excepted)(const struct inode *i);
	/*
	 * Does I stand for a process? Then stores it in *G (NULL: it was waited for). Missing: no.
	 */
	bool (*process)(const struct inode *i, struct group **g);
	/*
	 * Are A and B, which two look-ups of one name have given, the same file? Missing: look-ups
	 * of one name give the same inode.
	 */
	bool (*same)(const struct inode *a, const struct inode *b);
	/* The last reference is gone. */
	void (*free)(struct inode *i);
};

/*
 * `refs` counts the name in the tree, the children, openings, mappings, and the walks and calls
 * that use it now. A child holds a reference to its directory, so a directory that is freed has no
 * children.
 */
struct inode {
	struct backing backing; /* what its mappings hold */
	uint32_t refs;		/* see above */
	uint32_t mode;		/* S_IF* and permissions */
	uint32_t uid, gid;
	uint32_t nlink;
	uint32_t seals; /* F_SEAL_*, of a memfd */
	/*
	 * Above 0: how many openings may write to it. Below 0: of how many address spaces it is the
	 * program. It cannot be both. [i_writecount]
	 */
	int32_t writers;
	uint64_t ino;
	uint64_t rdev;
	uint64_t atime, mtime, ctime; /* in ns since 1970 */
	const struct volume *volume;
	const struct inode_ops *iops;
	const struct file_ops *ops; /* operations of its openings; NULL: those of its kind */
	void *private;		    /* for the use of iops */

	uint64_t size;
	/*
	 * Of a regular file: its bytes in the initrd, and how many of them are still the file's,
	 * where there is no page. Of a symbolic link: the target with a NUL, allocated.
	 */
	const uint8_t *data;
	uint64_t data_size;
	struct pagemap pages; /* of a regular file: what was written, and what was mapped */

	struct xattr *xattrs;	  /* its extended attributes, for sys_xattr.c */
	struct inode_mark *marks; /* who watches it: see tell.h */
	struct inode *parent;	  /* one reference, kept after the name is gone */
	bool linked;		  /* it has its name in parent; false after unlink, for roots and anonymous inodes */
	struct inode *target;	  /* a hard link's; one reference */
	bool linkable;		  /* of O_TMPFILE: linkat may give it its first name [I_LINKABLE] */
	bool closing_matters;	  /* as of each of its files: see file.h */
	bool permanent;		  /* made at boot: kept when /tmp is emptied */
	uint32_t mounts_here;	  /* how many mounts, in all namespaces, have it as their mount point */
	uint32_t roots_here;	  /* how many mounts have it as their root */
	struct avl children;	  /* a directory's, by sibling, in order of cookie */
	struct avl_node sibling;
	struct hashed hashed; /* in tree.c's table, by directory and name; later, inode.c's list of doomed inodes */
	uint64_t cookie;      /* its position in the directory for getdents64, which is never reused */
	uint64_t next_cookie; /* of a directory: the cookie of the next new child */
	uint32_t name_len;
	char *name; /* allocated, with a terminator; NULL: anonymous */
};

#define MAY_EXEC 1
#define MAY_WRITE 2
#define MAY_READ 4

/* ---- inode.c ---- */

/* How many blocks of 512 bytes I takes [st_blocks]. */
uint64_t inode_blocks(const struct inode *i);

/*
 * Makes an inode with one reference, no name, and the current task as its owner; NULL: no memory.
 */
[[nodiscard]] struct inode *inode_create(const struct volume *volume, uint32_t mode);
/* Take a reference, and give one up (NULL is fine): the last one frees the inode. */
struct inode *inode_get(struct inode *i);
void inode_put(struct inode *i);
/*
 * inode_put() puts off freeing the pages of a large file. This frees some of them without giving
 * way, for sched_free(), and for page_alloc() when memory is short. False: there are none.
 */
bool inode_free_piece(void);
/*
 * May the current task do MASK (MAY_*) with I? 0, -EACCES, or -EROFS (it may not write to a
 * read-only volume). [inode_permission]
 */
[[nodiscard]] int inode_permission(const struct inode *i, unsigned mask);
/* May the current task change mode, owner or times of I? [inode_owner_or_capable] */
bool inode_owned(const struct inode *i);
/*
 * In mount.c: writes the absolute path of I to BUF, with " (deleted)" if its name is gone. Returns
 * BUF, or "?" if it does not fit.
 */
const char *inode_path(const struct inode *i, char *buf, size_t size);
void inode_touch(struct inode *i); /* its contents have changed: sets mtime and ctime to now */

/* The inode for which an entry of the tree stands: a hard link's target, else the entry itself. */
static inline struct inode *inode_target(const struct inode *i)
{
	return i->target != NULL ? i->target : (struct inode *)i;
}

/* The backing of I's mappings; and the inode of a backing. NULL gives NULL. */
static inline struct backing *inode_backing(struct inode *i)
{
	return i != NULL ? &i->backing : NULL;
}

static inline struct inode *inode_behind(struct backing *b)
{
	return b != NULL ? container_of(b, struct inode, backing) : NULL;
}

/*
 * Does writing to I change its volume? What is written to a device, pipe or socket is not stored
 * there.
 */
static inline bool inode_is_stored(const struct inode *i)
{
	const uint32_t type = i->mode & S_IFMT;

	return type == S_IFREG || type == S_IFDIR || type == S_IFLNK;
}

static inline bool inode_is(const struct inode *i, uint32_t type)
{
	return (i->mode & S_IFMT) == type;
}

/* ---- tree.c: the names in directories ---- */

/* At boot: there are no names yet. */
void tree_init(void);
/* For the leak check: gives up memory that the table of names does not need any more. */
void tree_trim(void);
static inline bool tree_is_empty(const struct inode *dir)
{
	return dir->children.root == NULL;
}
/* The oldest entry of DIR; the entry after I in I's directory, which is younger. NULL: none. */
struct inode *tree_first(const struct inode *dir);
struct inode *tree_next(const struct inode *i);
/* The entry NAME of DIR, which may be a hard link, without a new reference; NULL: there is none. */
struct inode *tree_find(const struct inode *dir, const char *name, size_t len);
/*
 * Gives I the name NAME in DIR, where nothing has it yet. The tree takes a reference. 0 or -ENOMEM.
 */
[[nodiscard]] int tree_link(struct inode *dir, struct inode *i, const char *name, size_t len);
/* Removes I's name, and the tree's reference. */
void tree_unlink(struct inode *i);
/*
 * Makes an inode of MODE with NAME in DIR: 0 and a reference in *OUT, unless OUT is NULL; or
 * -ENOMEM.
 */
[[nodiscard]] int tree_create(struct inode *dir, const char *name, size_t len, uint32_t mode, struct inode **out);
/* Gives I, which is no directory, another name, by a hard link in DIR: 0 or -ENOMEM. */
[[nodiscard]] int tree_link_hard(struct inode *dir, struct inode *i, const char *name, size_t len);
/* Exchanges the places of A and B, neither of which is inside the other. */
void tree_exchange(struct inode *a, struct inode *b);
/* Renames I to NAME in DIR, which is free. The tree's reference stays. 0 or -ENOMEM. */
[[nodiscard]] int tree_move(struct inode *i, struct inode *dir, const char *name, size_t len);
/*
 * May the current task add names to DIR? 0, -EROFS, -ENOENT (DIR was removed, or is fixed) or
 * -EACCES. [may_create]
 */
[[nodiscard]] int tree_may_add(const struct inode *dir);
/*
 * May the current task remove I's name? 0, -EROFS, -EACCES, -EPERM (sticky directory), -EBUSY
 * (something is mounted there). [may_delete]
 */
[[nodiscard]] int tree_may_remove(const struct inode *i);
/* Lists the entries of DIR from sink->pos on, at most 512 at a time, for getdents64. */
void tree_list(struct inode *dir, struct dir_sink *sink);

/* ---- regular.c: the bytes of regular files ---- */

/*
 * Copies up to N bytes of I from OFF on to BUF, for the kernel itself (ELF loader, page faults).
 * Returns how many there were.
 */
uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t off);
/*
 * The same for a private mapping, whose page gets a copy. A hole of the file has a page from then
 * on, if there is memory. [do_cow_fault]
 */
uint64_t inode_copy(struct inode *i, void *buf, uint64_t n, uint64_t off);
/*
 * The page of I with the bytes from OFF (page-aligned, below the file's size) on, with a new
 * reference, for mappings; it is made if there is none. NULL: no memory.
 */
void *inode_page(struct inode *i, uint64_t off);
/*
 * Makes the file SIZE bytes long: 0, -EFBIG (SIGXFSZ may be sent) or -EPERM (seals). [do_truncate]
 */
[[nodiscard]] int inode_truncate(struct inode *i, uint64_t size);
/*
 * In inode.c: makes a copy of the LEN bytes at TEXT the target of the symbolic link LINK: 0 or
 * -ENOMEM.
 */
[[nodiscard]] int inode_set_target(struct inode *link, const char *text, size_t len);
extern const struct file_ops regular_ops;

/* ---- volumes.c: what is mounted at boot ---- */

extern struct volume volume_root; /* the command line decides whether it is read-only */
extern const struct volume volume_dev, volume_tmp, volume_proc, volume_sys, volume_anon;
extern struct inode *inode_root;
/*
 * The inode that all open files without an inode of their own share: event counters, listeners and
 * the like. [anon_inode_inode]
 */
extern struct inode *inode_anonymous;

/* A module's volume, which is mounted at boot. */
struct mounted {
	struct mounted *next;
	const char *name; /* of its mount point in the root directory or, IN_DEV, in /dev */
	const struct volume *volume;
	uint32_t mode; /* permissions of its root */
	bool in_dev;
	void (*open)(struct inode *root); /* makes its files, below ROOT */
	/*
	 * For mount(2) by the current task: 0 and a reference to a root in *OUT, or -errno.
	 * Missing: there is only `root`.
	 */
	int (*instance)(struct inode **out);
	struct inode *root; /* filled in by fs_init() */
};
/*
 * For mount(2) of TYPE: 0 and a reference to a root in *OUT, -ENODEV (there is no such type) or
 * -ENOMEM.
 */
[[nodiscard]] int volume_instance(const char *type, struct inode **out);

/* Unlinks everything below TOP, children before their directory. */
void tree_empty(struct inode *top);
/* At boot, before fs_init(): M will be mounted. */
void volume_register(struct mounted *m);
/*
 * At boot, before initramfs_load(): makes the root, /dev, /tmp, /sys, and the roots of modules'
 * volumes.
 */
void fs_init(bool root_writable);
/* At boot, after initramfs_load(): makes the files of modules' volumes. */
void fs_open_volumes(void);
/* Removes what programs left in /tmp and /dev, for the leak check. */
void fs_purge(void);
