/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inode.h - things with an identity: files, directories, links, devices,
 * pipes; and the tree of their names.
 *
 * The root, /dev and /tmp are one kind of tree, kept in memory (tree.c). Files of the initrd are
 * nodes of it whose bytes stay in the initrd until somebody writes to them. /proc answers look-ups
 * itself. An inode holds its first name. A hard link is an inode that has nothing but another name;
 * for everybody but the tree it is its target.
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
	/* A mount of it is made (MORE), or is gone. Missing: it stays. */
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
	 * Of a directory: lists its entries from f->pos on, without "." and ".."; positions from 2.
	 */
	void (*list)(struct inode *dir, struct dir_sink *sink);
	/*
	 * Of a symbolic link: where it leads, a new reference (0 or -errno); and the text that
	 * readlink shows.
	 */
	int (*follow)(struct inode *link, struct path *out);
	long (*text)(struct inode *link, char *buf, size_t size);
	/* Does the link lead where no path could? Missing: yes, if it has follow. [nd_jump_link] */
	bool (*jumps)(const struct inode *link);
	/* Called for a new opening: may set f->ops and f->data, or refuse with -errno. */
	int (*open)(struct inode *i, struct file *f);
	/* May the current task do what the mode refuses? Missing: no. */
	bool (*excepted)(const struct inode *i);
	/*
	 * Does the inode stand for a process? Then that is in *G, NULL when it is gone. Missing:
	 * no.
	 */
	bool (*process)(const struct inode *i, struct group **g);
	/* Are A and B, of two look-ups, one thing? Missing: they give the same inode each time. */
	bool (*same)(const struct inode *a, const struct inode *b);
	/* The last reference is gone. */
	void (*free)(struct inode *i);
};

/*
 * `refs` counts the name in the tree, the children's references, openings, mappings, and the walks
 * and calls that use it now. A child keeps its directory, so a directory that is freed has no
 * children.
 */
struct inode {
	struct backing backing; /* of its mappings */
	uint32_t refs;		/* see above */
	uint32_t mode;		/* S_IF* and permissions */
	uint32_t uid, gid;
	uint32_t nlink;
	uint32_t seals; /* F_SEAL_*, of a memfd */
	/*
	 * How many openings may write to it; below 0, of how many address spaces it is the program:
	 * then none may. Never both. [i_writecount]
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
	 * Regular file: its bytes in the initrd, and how many of these count where there is no
	 * page. Symbolic link: the target, allocated and terminated.
	 */
	const uint8_t *data;
	uint64_t data_size;
	struct pagemap pages; /* regular file: what was written; holes are zero */

	struct xattr *xattrs;	  /* its extended attributes, for sys_xattr.c */
	struct inode_mark *marks; /* who watches it: see tell.h */
	struct inode *parent;	  /* one reference, kept after the name is gone */
	bool linked;		  /* it still has its name in parent; false for the root and for anonymous inodes */
	struct inode *target;	  /* a hard link's; one reference */
	bool linkable;		  /* of O_TMPFILE: linkat may give it its first name [I_LINKABLE] */
	bool permanent;		  /* made at boot: kept when /tmp is emptied */
	uint32_t mounts_here;	  /* mount.h's: how many, in all namespaces, are mounted on it */
	uint32_t roots_here;	  /* how many show what is below it */
	struct avl children;	  /* a directory's, by sibling, in order of cookie */
	struct avl_node sibling;
	struct hashed hashed; /* tree.c's, by directory and name; when all is gone but pages, inode.c's link */
	uint64_t cookie;      /* position in the directory for getdents64; grows, never reused */
	uint64_t next_cookie; /* a directory's: the next child's */
	uint32_t name_len;
	char *name; /* allocated, with a terminator; NULL: anonymous */
};

#define MAY_EXEC 1
#define MAY_WRITE 2
#define MAY_READ 4

/* ---- inode.c ---- */

/* How many blocks of 512 bytes I takes [st_blocks]. */
uint64_t inode_blocks(const struct inode *i);

/* A new inode with one reference, no name and the owner of the current task; NULL: no memory. */
[[nodiscard]] struct inode *inode_create(const struct volume *volume, uint32_t mode);
struct inode *inode_get(struct inode *i);
void inode_put(struct inode *i);
/*
 * inode_put() puts off freeing the pages of a large file. This frees some without giving way, for
 * sched_free() and for whoever needs memory now; false: there are none.
 */
bool inode_free_piece(void);
/*
 * May the current task do MASK (MAY_*) with I? 0, -EACCES, or -EROFS (writing to a read-only
 * volume). [inode_permission]
 */
[[nodiscard]] int inode_permission(const struct inode *i, unsigned mask);
/* May the current task change mode, owner or times of I? [inode_owner_or_capable] */
bool inode_owned(const struct inode *i);
/*
 * Writes the absolute path of I to BUF, with " (deleted)" when its name is gone. Returns BUF, or
 * "?" if it does not fit.
 */
const char *inode_path(const struct inode *i, char *buf, size_t size);
void inode_touch(struct inode *i); /* sets the times of a change */

/* The inode that an entry of the tree stands for. */
static inline struct inode *inode_target(const struct inode *i)
{
	return i->target != NULL ? i->target : (struct inode *)i;
}

/* The backing of I's mappings; NULL gives NULL. And the inode of a backing. */
static inline struct backing *inode_backing(struct inode *i)
{
	return i != NULL ? &i->backing : NULL;
}

static inline struct inode *inode_behind(struct backing *b)
{
	return b != NULL ? container_of(b, struct inode, backing) : NULL;
}

/* Does writing to I change its volume? Devices, pipes and sockets are elsewhere. */
static inline bool inode_is_stored(const struct inode *i)
{
	const uint32_t type = i->mode & S_IFMT;

	return type == S_IFREG || type == S_IFDIR || type == S_IFLNK;
}

static inline bool inode_is(const struct inode *i, uint32_t type)
{
	return (i->mode & S_IFMT) == type;
}

/* ---- tree.c: the children of directories ---- */

/* Boot: there are no names yet. */
void tree_init(void);
/* For the leak check: memory that names took and that are gone. */
void tree_trim(void);
static inline bool tree_is_empty(const struct inode *dir)
{
	return dir->children.root == NULL;
}
/* The oldest entry of a directory, and the next younger one beside I; NULL: none. */
struct inode *tree_first(const struct inode *dir);
struct inode *tree_next(const struct inode *i);
/* The child of that name, no reference taken, or NULL: the entry, which may be a hard link. */
struct inode *tree_find(const struct inode *dir, const char *name, size_t len);
/* Gives I a name in DIR, which must not have it yet. The tree takes a reference. 0 or -ENOMEM. */
[[nodiscard]] int tree_link(struct inode *dir, struct inode *i, const char *name, size_t len);
/* Removes I's name, and the tree's reference. */
void tree_unlink(struct inode *i);
/*
 * Makes a child, with a reference for the caller in *OUT, which may be NULL: 0, -ENOMEM or -ENOSPC.
 */
[[nodiscard]] int tree_create(struct inode *dir, const char *name, size_t len, uint32_t mode, struct inode **out);
/* Makes a hard link to I, which is no directory: 0 or -ENOMEM. */
[[nodiscard]] int tree_link_hard(struct inode *dir, struct inode *i, const char *name, size_t len);
/* Exchanges the places of A and B, neither of which is inside the other. */
void tree_exchange(struct inode *a, struct inode *b);
/* Moves I, with the tree's reference, to a name that is free: 0 or -ENOMEM. */
[[nodiscard]] int tree_move(struct inode *i, struct inode *dir, const char *name, size_t len);
/*
 * May the current task add names to DIR? 0, -EROFS, -ENOENT (it was removed), -EACCES. [may_create]
 */
[[nodiscard]] int tree_may_add(const struct inode *dir);
/*
 * May the current task remove I's name? 0, -EROFS, -EACCES, -EPERM (sticky directory), -EBUSY
 * (something is mounted there). [may_delete]
 */
[[nodiscard]] int tree_may_remove(const struct inode *i);
/* Lists the entries of a directory, for getdents64. */
void tree_list(struct inode *dir, struct dir_sink *sink);

/* ---- regular.c: the bytes of files ---- */

/*
 * Copies up to N bytes from OFF on, for the kernel (ELF loader, page faults); returns how many
 * there were.
 */
uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t off);
/*
 * The page with the bytes from OFF (page-aligned) on, with a new reference, for shared mappings; a
 * hole is filled. NULL: no memory. The file must be larger than OFF.
 */
void *inode_page(struct inode *i, uint64_t off);
/* Makes the file SIZE bytes long: 0, -EFBIG, -EPERM (seals), -ENOSPC. */
[[nodiscard]] int inode_truncate(struct inode *i, uint64_t size);
/* Makes a copy of TEXT the target of a symbolic link: 0 or -ENOMEM. */
[[nodiscard]] int inode_set_target(struct inode *link, const char *text, size_t len);
extern const struct file_ops regular_ops;

/* ---- volumes.c: what is mounted where ---- */

extern struct volume volume_root; /* whether it is read-only is decided at boot */
extern const struct volume volume_dev, volume_tmp, volume_proc, volume_sys, volume_anon;
extern struct inode *inode_root;
/*
 * The inode that event counters, listeners and the like share, which need none of their own.
 * [anon_inode_inode]
 */
extern struct inode *inode_anonymous;

/* A module's volume: the directory NAME in the root, whose files OPEN makes. */
struct mounted {
	struct mounted *next;
	const char *name;
	const struct volume *volume;
	uint32_t mode; /* permissions */
	bool in_dev;   /* it is mounted in /dev */
	void (*open)(struct inode *root);
	/* A root for the current task's mount(2), with a reference. Missing: ROOT. */
	int (*instance)(struct inode **out);
	struct inode *root;
};
/*
 * A root for mount(2) of a file system of TYPE: 0 and a reference in *OUT, -ENODEV: there is
 * none, or -ENOMEM.
 */
[[nodiscard]] int volume_instance(const char *type, struct inode **out);

/* Unlinks everything below TOP, deepest first. */
void tree_empty(struct inode *top);
/* At boot, before fs_init(): M will be mounted. */
void volume_register(struct mounted *m);
/*
 * At boot, before initramfs_load(): makes the root, /dev, /tmp, and modules' volumes, without
 * files.
 */
void fs_init(bool root_writable);
/*
 * After initramfs_load(): makes the files of modules' volumes, which may ask about tasks from then
 * on.
 */
void fs_open_volumes(void);
/* Removes what programs left in /tmp and /dev, for the leak check. */
void fs_purge(void);
