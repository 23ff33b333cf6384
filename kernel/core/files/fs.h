/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.h - a process's directories and umask; and path resolution: the way from a path to an inode
 * (walk.c, resolve.c).
 */
#pragma once

struct task_part;

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mount.h"

/*
 * A process's directories and umask. Tasks share it by CLONE_FS; `refs` counts them. [fs_struct]
 */
struct fs {
	uint32_t refs;
	uint32_t umask;
	struct path root, cwd; /* with references */
};

/* ---- fs.c ---- */
/* Makes one with root and cwd at the initial root, with one reference; NULL: no memory. */
[[nodiscard]] struct fs *fs_create(void);
/* Makes TO, whose references are taken over, the new value of *PLACE, the root or cwd of an fs. */
void fs_change(struct path *place, struct path to);
/*
 * The same, but only if TO is a directory that the current task may search: 0, -ENOTDIR or an error
 * of inode_permission(). TO's references are taken over in any case.
 */
[[nodiscard]] int fs_enter(struct path *place, struct path to);
/* Makes a copy of FS with one reference; NULL: no memory. */
[[nodiscard]] struct fs *fs_copy(struct fs *fs);
/* Take a reference, and give one up (NULL is fine). */
struct fs *fs_get(struct fs *fs);
void fs_put(struct fs *fs);

/*
 * Copies a path from user memory into a page, which path_free() frees: 0, or -EFAULT, -ENOENT
 * (empty, unless EMPTY_OK), -ENAMETOOLONG, -ENOMEM. [getname_flags]
 */
[[nodiscard]] int path_copy(uint64_t upath, bool empty_ok, char **out);
void path_free(char *path);

/* ---- walk.c ---- */

#define WALK_FOLLOW 1  /* follows a symbolic link at the end of the path */
#define WALK_MISSING 2 /* the last name need not exist: then inode is NULL, and dir is where it would be */
#define WALK_KERNEL 4  /* for the kernel's own look-ups: checks no permissions, and starts at the initial root */
/* Restrictions of openat2. A path that breaks one is -EXDEV or, for those about links, -ELOOP. */
#define WALK_NO_XDEV 8	 /* it stays on one volume */
#define WALK_NO_JUMPS 16 /* it follows no magic link (of /proc) */
#define WALK_NO_LINKS 32 /* it follows no symbolic link at all */
#define WALK_BENEATH 64	 /* it never leaves the directory where it starts */
#define WALK_IN_ROOT 128 /* that directory counts as the root */

/* What the last name of a path was; WALK_JUMP: a magic link. */
enum walk_last { WALK_NAME, WALK_DOT, WALK_DOTDOT, WALK_ROOT, WALK_JUMP };

/* The result of a walk. */
struct walk {
	struct mount *mount; /* of dir; a reference */
	struct inode *dir;   /* the directory in which the last name was looked up; a reference */
	struct inode *inode; /* what the path leads to; a reference, or NULL */
	struct mount *to;    /* of inode; a reference, or NULL */
	enum walk_last last;
	const char *name; /* the last name, without a NUL; valid until the task sleeps */
	size_t name_len;
	bool slash; /* the path ended in a slash: it must be a directory */
};

/*
 * Resolves PATH for the current task, relative to the directory at descriptor DIRFD or, AT_FDCWD,
 * to the current directory. FLAGS: WALK_*. 0 and *W, which walk_end() frees; or, with nothing to
 * free, -ENOENT, -ENOTDIR, -EACCES, -ELOOP, -ENAMETOOLONG, -EBADF, -EXDEV, -EINTR (a fatal signal).
 * It lets other tasks run, but not after the last name was found. [path_lookupat]
 */
[[nodiscard]] int path_walk(int dirfd, const char *path, unsigned flags, struct walk *w);
void walk_end(struct walk *w);

/*
 * Makes an inode of MODE at PATH for the current task: 0 and a reference in *OUT, or -errno. If
 * something exists there, that is -EEXIST, before permissions are looked at. [filename_create]
 */
[[nodiscard]] int path_make(int dirfd, const char *path, uint32_t mode, struct inode **out);

/*
 * Looks PATH up for the current task, relative to DIRFD as path_walk() does. FOLLOW: follows a
 * symbolic link at the end. 0 and a reference in *OUT, or -errno.
 */
[[nodiscard]] int fs_resolve(int dirfd, const char *path, bool follow, struct inode **out);
/*
 * The same for a path in user memory. FLAGS: AT_EMPTY_PATH (an empty path is DIRFD itself),
 * AT_SYMLINK_NOFOLLOW.
 */
[[nodiscard]] int fs_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct inode **out);
/* Stores in *OUT, with references, where a path relative to DIRFD starts: 0 or -EBADF. */
[[nodiscard]] int path_find_start(int dirfd, struct path *out);
/* As fs_resolve() and fs_resolve_user(), with the mount through which the inode is seen. */
[[nodiscard]] int path_resolve(int dirfd, const char *path, bool follow, struct path *out);
[[nodiscard]] int path_resolve_user(int dirfd, uint64_t upath, uint32_t flags, struct path *out);
/* Looks an absolute path up for the kernel itself, without permissions: a reference, or NULL. */
struct inode *fs_lookup(const char *path);
/* The part of a task that consists of its directories and umask. */
extern const struct task_part fs_part;
