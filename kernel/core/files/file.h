/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.h - open files and descriptor tables.
 *
 * struct inode (inode.h) is a thing with a name or at least an identity; struct file is one opening
 * of it; struct files, a process's descriptors; struct fs (fs.h), its directories and umask. All
 * are counted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/poll.h>
#include <abi/stat.h>

#include "dir.h"
#include "fs.h"
#include "inode.h"
#include "kassert.h"
#include "list.h"
#include "uio.h"
#include "wait.h"

struct async;
struct file;
struct files;
struct group;
struct poll_table;
struct task_part;
struct text;

/*
 * What an open file can do. A missing operation gives -EINVAL (read, write), -ENOTTY (ioctl),
 * -ENOTDIR (list), or always ready (poll). read and write are called only when the file's mode
 * allows; there may be 0 bytes to transfer, unless empty_is_nothing.
 */
struct file_ops {
	long (*read)(struct file *f, struct uio *to, uint64_t *pos);
	long (*write)(struct file *f, struct uio *from, uint64_t *pos);
	long (*ioctl)(struct file *f, uint64_t cmd, uint64_t arg);
	/*
	 * What it is ready for now (POLL*). When Q is not NULL, names its wait queues to
	 * poll_wait().
	 */
	uint32_t (*poll)(struct file *f, struct poll_table *q);
#define POLL_UNFINISHED 0x80000000U /* it is to be called again, and others may run before */
	/* For directories: lists entries from sink->pos on. */
	void (*list)(struct file *f, struct dir_sink *sink);
	void (*release)(struct file *f); /* the last reference is gone */
	/*
	 * The process that the file stands for; NULL: that was waited for. Missing: the file stands
	 * for none.
	 */
	struct group *(*process)(const struct file *f);
	/* Adds lines of /proc/PID/fdinfo, where a file of its kind has any. [show_fdinfo] */
	void (*describe)(const struct file *f, struct text *t);
	bool seekable;	       /* it has a position: lseek, pread, pwrite work */
	bool empty_is_nothing; /* transfers of 0 bytes just succeed */
	bool rewinds;	       /* lseek always returns 0 (/dev/null, eventfd) */
};

/*
 * An open file description: what open(2) makes and dup(2) and fork(2) share.
 *
 * `refs` counts the descriptors, in tables and in messages under way, and the calls that are using
 * the file. At 0 the file is released, and nobody finds it any more: a count of 0 never grows
 * again.
 */
struct file {
	uint32_t refs;
	uint32_t flags; /* O_ACCMODE, O_APPEND, O_NONBLOCK, O_PATH ... as F_GETFL shows them */
	bool readable, writable;
	bool is_writer; /* it is counted in inode->writers */
	const struct file_ops *ops;
	struct mount *mount; /* through which it was opened, one reference; NULL: not by a path */
	struct inode *inode; /* one reference */
	uint64_t pos;
	void *data;	     /* for the operations' use */
	const char *name;    /* what /proc shows for an anonymous file; "pipe:" gets the inode's number */
	struct async *async; /* for async.c: signals that it is ready; NULL: none */
	struct list watches; /* epoll's watches, linked by struct watch.of_file */
};

/*
 * Whoever waits for open files: is given each wait queue that a poll operation names. Only
 * kernel/linux/wait makes these.
 */
struct poll_table {
	void (*add)(struct poll_table *t, struct waitq *q);
};

static inline void poll_wait(struct poll_table *t, struct waitq *q)
{
	t->add(t, q);
}

/* What a module does when files are closed. Each function may be missing. */
struct file_watcher {
	struct file_watcher *next;
	/* FILES is giving up a descriptor of F, which is still open. */
	void (*closing)(struct files *files, struct file *f);
	/* The descriptor is given up, and the open file may be gone. */
	void (*closed)(void);
	/* The last reference of F is gone. Called before, and after, its release operation. */
	void (*ending)(struct file *f);
	void (*ended)(struct file *f);
};

/* Serves some commands of fcntl(2), of F, which was found at FD: true, with the call's *RESULT. */
struct file_controls {
	bool (*control)(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
	const struct file_controls *next;
};

/* At boot: C is asked, too, from now on. */
void file_also_controls(struct file_controls *c);
/* Asks them; -EINVAL: nobody knows CMD. */
[[nodiscard]] long file_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg);

/* At boot: W's functions are called from now on. */
void file_watch(struct file_watcher *w);
void file_tell_closing(struct files *files, struct file *f);
void file_tell_closed(void);

/* ---- file.c ---- */

/*
 * A new open file with one reference; takes a reference of INODE (NULL: the inode that all
 * anonymous files share). NULL: no memory.
 */
[[nodiscard]] struct file *file_create(const struct file_ops *ops, struct inode *inode, uint32_t flags, void *data);
/*
 * Opens I, as files of its kind are opened; permissions were checked. 0 and a file in *OUT, or
 * -ENXIO, -ENOMEM ...
 */
[[nodiscard]] int file_open(struct inode *i, struct mount *mount, uint32_t flags, struct file **out);
/* At boot: OPEN opens FIFOs; without it, they cannot be opened: -ENXIO. */
void file_on_fifo(int (*open)(struct inode *i, struct file *f));
void file_free(struct file *f);
uint32_t file_count(void); /* how many files are open, for the leak check */
/*
 * Sleeps until Q is woken, for an operation of F that must wait: 0 (look again),
 * -EAGAIN (O_NONBLOCK), -ERESTARTSYS.
 */
[[nodiscard]] int file_wait(const struct file *f, struct waitq *q);
/* Writes what /proc/PID/fd/N shows for F to BUF; returns BUF, or "?" if that does not fit. */
const char *file_text(const struct file *f, char *buf, size_t size);

static inline struct file *file_get(struct file *f)
{
	KASSERT(f->refs != 0);
	f->refs++;
	return f;
}

static inline void file_put(struct file *f)
{
	KASSERT(f->refs != 0);
	if (--f->refs == 0)
		file_free(f);
}

/* Would the transfer go beyond the largest position? [rw_verify_area] */
static inline bool file_bad_range(const struct file *f, uint64_t pos, uint64_t n)
{
	return f->ops->seekable && ((int64_t)pos < 0 || (int64_t)(pos + n) < 0);
}

/* The first checks of read(2) and write(2): 0, -EBADF or -EINVAL. */
[[nodiscard]] static inline int file_may_read(const struct file *f)
{
	if (!f->readable)
		return -EBADF;
	return f->ops->read != NULL ? 0 : -EINVAL;
}

[[nodiscard]] static inline int file_may_write(const struct file *f)
{
	if (!f->writable)
		return -EBADF;
	return f->ops->write != NULL ? 0 : -EINVAL;
}

/* ---- fdtable.c ---- */

struct descriptor {
	struct file *file; /* NULL: free */
	bool cloexec;
};

/*
 * `refs` counts the tasks that share the table. Each descriptor below `lowest` is in use, so the
 * search for the lowest free one starts there.
 */
struct files {
	uint32_t refs;
	uint32_t size;	 /* how many slots there are */
	uint32_t lowest; /* no slot below it is free */
	struct descriptor *slot;
	struct descriptor first[16];
};

[[nodiscard]] struct files *files_create(void);
[[nodiscard]] struct files *files_copy(struct files *f);
struct files *files_get(struct files *f);
void files_put(struct files *f);
/* Gives the current task a table that it shares with nobody: 0 or -ENOMEM. [unshare_files] */
[[nodiscard]] int files_unshare(void);
void files_close_on_exec(struct files *f);
/*
 * The current task's open file FD with a new reference, or NULL (EBADF). Only fd_get_any() gives
 * O_PATH files.
 */
struct file *fd_get(uint64_t fd);
struct file *fd_get_any(uint64_t fd);
/* The file behind FD in F, without a new reference; NULL: none. */
static inline struct file *files_lookup(const struct files *f, uint32_t fd)
{
	return fd < f->size ? f->slot[fd].file : NULL;
}
/* The descriptor that fd_install() would choose now, or -EMFILE. */
[[nodiscard]] long fd_reserve(const struct files *files);
/*
 * Puts F (its reference is taken over on success) at the lowest free descriptor from MIN on: the
 * descriptor, -EMFILE or -ENOMEM.
 */
[[nodiscard]] long fd_install(struct files *files, struct file *f, uint32_t min, bool cloexec);
/*
 * Puts both ends (their references are taken over in any case) at the lowest free descriptors of
 * the current task, and the two numbers at user address TO: 0, or -EMFILE, -ENOMEM or -EFAULT with
 * nothing installed.
 */
[[nodiscard]] long fd_install_pair(struct file *end[2], bool cloexec, uint64_t to);
/*
 * Makes an open file without a path, which /proc shows as NAME, at the lowest free descriptor: the
 * descriptor, -EMFILE or -ENOMEM. FLAGS: O_*; O_CLOEXEC is for the descriptor. DATA, from
 * kmalloc(), becomes the file's, or is freed, also by OPS->release; NULL: -ENOMEM.
 */
[[nodiscard]] long fd_create(const struct file_ops *ops, const char *name, uint32_t flags, void *data);
/*
 * Puts F (its reference is taken over on success) at FD, closing the file there: FD, -EBADF (beyond
 * the limit) or -ENOMEM.
 */
[[nodiscard]] long fd_replace(struct files *files, struct file *f, uint32_t fd, bool cloexec);
[[nodiscard]] long fd_close(struct files *files, uint64_t fd);
/*
 * Stores the process behind descriptor FD in *G, NULL when it was waited for, and the open file's
 * O_NONBLOCK: 0, or -EBADF with *G NULL.
 */
[[nodiscard]] int fd_process(uint64_t fd, struct group **g, bool *nonblock);
/* The part of a task that consists of its descriptors. */
extern const struct task_part files_part;
