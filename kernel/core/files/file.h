/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.h - open files and descriptor tables.
 *
 * inode (inode.h): a thing with a name or at least an identity. file: one opening of it. files: a
 * process's descriptors. fs (fs.h): its directories and umask. All are counted.
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

/*
 * What an opening can do; a missing one answers -EINVAL (read, write), -ENOTTY (ioctl), -ENOTDIR
 * (list), always ready (poll). read and write are called only when the opening's mode allows; there
 * may be 0 bytes to transfer, unless empty_is_nothing.
 */
struct file_ops {
	long (*read)(struct file *f, struct uio *to, uint64_t *pos);
	long (*write)(struct file *f, struct uio *from, uint64_t *pos);
	long (*ioctl)(struct file *f, uint64_t cmd, uint64_t arg);
	/*
	 * Ready now (POLL*); adds the waiters it wants to Q when Q is not NULL, with poll_wait().
	 */
	uint32_t (*poll)(struct file *f, struct poll_table *q);
	/* Directories: entries from sink->pos on. */
	void (*list)(struct file *f, struct dir_sink *sink);
	void (*release)(struct file *f); /* last reference gone */
	/*
	 * The process that it stands for, NULL when that was waited for.
	 * Missing: it stands for none.
	 */
	struct group *(*process)(const struct file *f);
	bool seekable;	       /* has a position: lseek, pread, pwrite */
	bool empty_is_nothing; /* reading or writing 0 bytes has no effect but to succeed */
	bool rewinds;	       /* lseek always answers 0 (/dev/null, eventfd) */
};

/*
 * An open file description: what open(2) makes and dup(2) and fork(2) share.
 *
 * `refs` counts the descriptors, in tables and in messages under way, and the calls that use the
 * file now. At 0 it is released, and nobody finds it any more: a count of 0 never grows again.
 */
struct file {
	uint32_t refs;
	uint32_t flags; /* O_ACCMODE, O_APPEND, O_NONBLOCK, O_PATH ... as F_GETFL shows them */
	bool readable, writable;
	const struct file_ops *ops;
	struct inode *inode; /* one reference */
	uint64_t pos;
	void *data;	     /* the ops' own */
	const char *name;    /* link text of anonymous files: "anon_inode:[eventfd]"; "pipe:" gets the inode's number */
	struct async *async; /* async.c's: whom it tells by a signal; NULL: nobody */
	struct list watches; /* epoll's, by struct watch.of_file */
};

/*
 * Who waits for openings: is given each queue that a poll operation names.
 * kernel/linux/wait has the only ones.
 */
struct poll_table {
	void (*add)(struct poll_table *t, struct waitq *q);
};

static inline void poll_wait(struct poll_table *t, struct waitq *q)
{
	t->add(t, q);
}

/* What a module adds to the closing of files. Each may be missing. */
struct file_watcher {
	struct file_watcher *next;
	/* FILES gives up a descriptor of F, which is still open. */
	void (*closing)(struct files *files, struct file *f);
	/* That is done; the opening may be gone. */
	void (*closed)(void);
	/* The last reference of F is gone: before and after its release operation. */
	void (*ending)(struct file *f);
	void (*ended)(struct file *f);
};

/*
 * Boot: CONTROL serves those commands of fcntl(2) that are not about descriptors, of F, which was
 * found at FD; -EINVAL: it does not know CMD.
 */
void file_also_controls(long (*control)(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg));
/* Asks it; -EINVAL without one. */
[[nodiscard]] long file_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg);

/* Boot: W hears of files from now on. */
void file_watch(struct file_watcher *w);
void file_tell_closing(struct files *files, struct file *f);
void file_tell_closed(void);

/* ---- file.c ---- */

/*
 * One reference; takes one more of INODE (NULL: the one that all anonymous
 * files share). NULL: no memory.
 */
[[nodiscard]] struct file *file_create(const struct file_ops *ops, struct inode *inode, uint32_t flags, void *data);
/*
 * Opens I as its kind does; permissions were checked. 0 and a file in *OUT, or -ENXIO, -ENOMEM ...
 */
[[nodiscard]] int file_open(struct inode *i, uint32_t flags, struct file **out);
void file_free(struct file *f);
uint32_t file_count(void); /* open files, for the leak check */
/*
 * Sleeps until Q is woken, for an operation of F that must wait: 0 (look again),
 * -EAGAIN (O_NONBLOCK), -ERESTARTSYS.
 */
[[nodiscard]] int file_wait(const struct file *f, struct waitq *q);
/* What /proc/PID/fd/N leads to, in text, into BUF; returns BUF or "?". */
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
 * `refs` counts the tasks that share the table. Each descriptor below `lowest` is in use, so that
 * the lowest free one is found from there on.
 */
struct files {
	uint32_t refs;
	uint32_t size;	 /* slots */
	uint32_t lowest; /* no slot below it is free */
	struct descriptor *slot;
	struct descriptor first[16];
};

[[nodiscard]] struct files *files_create(void);
[[nodiscard]] struct files *files_copy(struct files *f);
struct files *files_get(struct files *f);
void files_put(struct files *f);
/* The current task shares its table with nobody from now on: 0 or -ENOMEM. [unshare_files] */
[[nodiscard]] int files_unshare(void);
void files_close_on_exec(struct files *f);
/*
 * The current task's open file FD with one reference more, or NULL (EBADF);
 * O_PATH ones only with fd_get_any.
 */
struct file *fd_get(uint64_t fd);
struct file *fd_get_any(uint64_t fd);
/* Of another descriptor table. No reference is taken; NULL: none. */
static inline struct file *files_lookup(const struct files *f, uint32_t fd)
{
	return fd < f->size ? f->slot[fd].file : NULL;
}
/* The number that fd_install() would give now, or -EMFILE. */
[[nodiscard]] long fd_reserve(const struct files *files);
/*
 * Puts F (reference taken over on success) at the lowest free descriptor from MIN up:
 * the number, -EMFILE or -ENOMEM.
 */
[[nodiscard]] long fd_install(struct files *files, struct file *f, uint32_t min, bool cloexec);
/*
 * Puts both ends (references taken over in any case) at the lowest free descriptors of the current
 * task, and their numbers at user address TO: 0, -EMFILE, -ENOMEM or
 * -EFAULT, with nothing installed.
 */
[[nodiscard]] long fd_install_pair(struct file *end[2], bool cloexec, uint64_t to);
/*
 * A new opening without a path, which /proc shows as NAME, at the lowest free descriptor: its
 * number, -EMFILE or -ENOMEM. FLAGS: O_*; O_CLOEXEC is the descriptor's. DATA, from kmalloc, is the
 * opening's, or freed, also by OPS->release; NULL: -ENOMEM.
 */
[[nodiscard]] long fd_create(const struct file_ops *ops, const char *name, uint32_t flags, void *data);
/*
 * Puts F (reference taken over on success) at FD, closing what is there: FD, -EBADF
 * (beyond the limit) or -ENOMEM.
 */
[[nodiscard]] long fd_replace(struct files *files, struct file *f, uint32_t fd, bool cloexec);
[[nodiscard]] long fd_close(struct files *files, uint64_t fd);
/*
 * The process behind descriptor FD in *G, NULL when it was waited for, and the opening's
 * O_NONBLOCK: 0 or -EBADF with *G NULL.
 */
[[nodiscard]] int fd_process(uint64_t fd, struct group **g, bool *nonblock);
/* The part of a task that its descriptors are. */
extern const struct task_part files_part;
