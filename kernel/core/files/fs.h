/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.h - a process's directories and umask, and the way from a path to an inode.
 */
#pragma once

struct task_part;

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mount.h"

/*
 * A process's directories; tasks share it by CLONE_FS. `refs` counts these tasks; root and cwd are
 * one reference each.
 */
struct fs {
	uint32_t refs;
	uint32_t umask;
	struct path root, cwd; /* with references */
};

/* ---- fs.c ---- */
[[nodiscard]] struct fs *fs_create(void); /* at the root; NULL: no memory */
/* PLACE, root or cwd of an fs, becomes TO, whose references are taken over. */
void fs_change(struct path *place, struct path to);
/*
 * The same, if TO is a directory that the current task may search: 0, or -ENOTDIR or an error of
 * inode_permission(). TO's references are taken over all the same.
 */
[[nodiscard]] int fs_enter(struct path *place, struct path to);
[[nodiscard]] struct fs *fs_copy(struct fs *fs);
struct fs *fs_get(struct fs *fs);
void fs_put(struct fs *fs);

/*
 * Copies a path from user memory into a page, which path_free() frees: 0, or -EFAULT, -ENOENT
 * (empty, unless EMPTY_OK), -ENAMETOOLONG, -ENOMEM. [getname_flags]
 */
[[nodiscard]] int path_copy(uint64_t upath, bool empty_ok, char **out);
void path_free(char *path);

/* ---- walk.c ---- */

#define WALK_FOLLOW 1  /* follows a symbolic link at the end */
#define WALK_MISSING 2 /* the last name need not exist: then inode is NULL, and dir is where it would be */
#define WALK_KERNEL 4  /* for the kernel's own look-ups: asks for no permissions, and starts at the root */
/* For openat2, which returns -EXDEV or -ELOOP (links, jumps) when the path does otherwise. */
#define WALK_NO_XDEV 8	 /* it stays on one volume */
#define WALK_NO_JUMPS 16 /* it follows no link of /proc */
#define WALK_NO_LINKS 32 /* it follows no symbolic link at all */
#define WALK_BENEATH 64	 /* it never leaves the directory where it starts */
#define WALK_IN_ROOT 128 /* that directory counts as the root */

enum walk_last { WALK_NAME, WALK_DOT, WALK_DOTDOT, WALK_ROOT, WALK_JUMP /* through a link of /proc */ };

/* Where a path led. */
struct walk {
	struct mount *mount; /* of dir; a reference */
	struct inode *dir;   /* a reference: the directory of the last name; for "." and ".." the one before them */
	struct inode *inode; /* a reference, or NULL */
	struct mount *to;    /* of inode; a reference, or NULL */
	enum walk_last last;
	const char *name; /* the last name, not terminated; valid until the task sleeps */
	size_t name_len;
	bool slash; /* the path ended in a slash: it must be a directory */
};

/*
 * Walks PATH for the current task, relative to DIRFD (AT_FDCWD): 0 with *W, which walk_end() ends,
 * or -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -EBADF with nothing to free.
 * [path_lookupat]
 */
[[nodiscard]] int path_walk(int dirfd, const char *path, unsigned flags, struct walk *w);
void walk_end(struct walk *w);

/*
 * Makes an inode of MODE at PATH for the current task; *OUT has a reference. 0 or -errno. Whatever
 * exists there already gives -EEXIST, before permissions are looked at. [filename_create]
 */
[[nodiscard]] int path_make(int dirfd, const char *path, uint32_t mode, struct inode **out);

/*
 * Looks PATH up for the current task, relative to DIRFD (AT_FDCWD): 0 and a new reference in *OUT,
 * or -errno.
 */
[[nodiscard]] int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out);
/*
 * The same for a path in user memory. FLAGS: AT_EMPTY_PATH (an empty path is DIRFD itself),
 * AT_SYMLINK_NOFOLLOW.
 */
[[nodiscard]] int fs_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct inode **out);
/* Where a path relative to DIRFD starts, with references: 0 or -EBADF. */
[[nodiscard]] int path_find_start(int dirfd, struct path *out);
/* Both, with the mount through which it is seen. */
[[nodiscard]] int path_resolve(int dirfd, const char *path, bool follow, struct path *out);
[[nodiscard]] int path_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct path *out);
/* The kernel's own look-up of an absolute path: a new reference, or NULL. */
struct inode *fs_lookup(const char *path);
/* The part of a task that consists of its directories and umask. */
extern const struct task_part fs_part;
