/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.h - open files and descriptor tables.
 *
 * A struct inode (inode.h) is a file, directory, device and so on; a struct file is one opening of
 * it; a struct files, a process's descriptors; a struct fs (fs.h), its directories and umask. Each
 * counts its holders.
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
 * What an open file can do. If an operation is missing, read and write are -EINVAL, ioctl is
 * -ENOTTY, list is -ENOTDIR, and poll says that the file is always ready. read and write are called
 * only if the file was opened for it; unless empty_is_nothing, also for 0 bytes. They use and move
 * *POS, and return how many bytes were transferred, or -errno.
 */
struct file_ops {
	long (*read)(struct file *f, struct uio *to, uint64_t *pos);
	long (*write)(struct file *f, struct uio *from, uint64_t *pos);
	long (*ioctl)(struct file *f, uint64_t cmd, uint64_t arg);
	/*
	 * Returns for what the file is ready now (POLL*). If Q is not NULL, calls poll_wait() for
	 * each wait queue that is woken when that changes.
	 */
	uint32_t (*poll)(struct file *f, struct poll_table *q);
#define POLL_UNFINISHED 0x80000000U /* instead: poll must be called again; others may run in between */
	/* For directories: lists entries from sink->pos on. */
	void (*list)(struct file *f, struct dir_sink *sink);
	void (*release)(struct file *f); /* the last reference is gone */
	/*
	 * Of a pidfd and the like: the process for which the file stands; NULL: it was waited for.
	 * Missing: the file stands for no process.
	 */
	struct group *(*process)(const struct file *f);
	/*
	 * Adds the lines that files of its kind have in /proc/PID/fdinfo. May be missing.
	 * [show_fdinfo]
	 */
	void (*describe)(const struct file *f, struct text *t);
	bool seekable;	       /* it has a position: lseek, pread and pwrite work */
	bool empty_is_nothing; /* transfers of 0 bytes return 0 without a call */
	bool rewinds;	       /* lseek always returns 0 [null_lseek, noop_llseek] */
};

/*
 * An open file description: what open(2) makes, and descriptors made by dup(2) and fork(2) share.
 *
 * `refs` counts the descriptors, in tables and in messages under way, and the calls that are using
 * the file. With the last reference the file is released. Nobody can find it then, so the count
 * never grows from 0.
 */
struct file {
	uint32_t refs;
	uint32_t flags; /* O_ACCMODE, O_APPEND, O_NONBLOCK, O_PATH ... as F_GETFL shows them */
	bool readable, writable;
	bool is_writer;	      /* inode->writers counts it */
	bool closing_matters; /* watchers are told when a descriptor of it is given up; so says inode's, too */
	const struct file_ops *ops;
	struct mount *mount; /* the one through which it was opened, one reference; NULL: not by a path */
	struct inode *inode; /* one reference */
	uint64_t pos;
	void *data;	     /* for the operations' use */
	const char *name;    /* what /proc shows for an anonymous file; "pipe:" gets the inode's number */
	struct async *async; /* for async.c: signals that it is ready; NULL: none */
	struct list watches; /* epoll's watches, linked by struct watch.of_file */
};

/*
 * What a poll operation gets from a caller who is going to wait: a function that takes each wait
 * queue that the operation names.
 */
struct poll_table {
	void (*add)(struct poll_table *t, struct waitq *q);
};

static inline void poll_wait(struct poll_table *t, struct waitq *q)
{
	t->add(t, q);
}

/* What a module does when files are closed: locks, epoll, inotify. Each function may be missing. */
struct file_watcher {
	struct file_watcher *next;
	/*
	 * FILES is giving up a descriptor of F, which is still open. Whoever wants to know sets
	 * closing_matters of the file, or of its inode for all files of that, first.
	 */
	void (*closing)(struct files *files, struct file *f);
	/* The descriptor is given up, and the open file may be gone. */
	void (*closed)(void);
	/* The last reference of F is gone. Called before, and after, its release operation. */
	void (*ending)(struct file *f);
	void (*ended)(struct file *f);
};

/* A module's part of fcntl(2) for F, which was found at FD. True: CMD was served, with *RESULT. */
struct file_controls {
	bool (*control)(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
	const struct file_controls *next;
};

/* At boot: file_control() asks C, too, from now on. */
void file_also_controls(struct file_controls *c);
/* Does CMD of fcntl(2), which no file of the core does; -EINVAL: no module knows CMD. */
[[nodiscard]] long file_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg);

/* At boot: W's functions are called from now on. Call closing, and closed, of all watchers. */
void file_watch(struct file_watcher *w);
void file_tell_closing(struct files *files, struct file *f);
void file_tell_closed(void);

/* ---- file.c ---- */

/*
 * Makes an open file with one reference. It takes a reference to INODE (NULL: the inode that all
 * anonymous files share). FLAGS: O_*. DATA: becomes f->data. NULL: no memory.
 */
[[nodiscard]] struct file *file_create(const struct file_ops *ops, struct inode *inode, uint32_t flags, void *data);
/*
 * Opens I, seen through MOUNT, with FLAGS; the caller has checked permissions. 0 and a file with
 * one reference in *OUT, -ENXIO, -ENOMEM, or an error of the open operation of I's kind.
 */
[[nodiscard]] int file_open(struct inode *i, struct mount *mount, uint32_t flags, struct file **out);
/* At boot: OPEN opens FIFOs; without it, they cannot be opened: -ENXIO. */
void file_on_fifo(int (*open)(struct inode *i, struct file *f));
void file_free(struct file *f); /* for file_put() */
uint32_t file_count(void);	/* how many files are open, for the leak check */
/*
 * For an operation of F that must wait: sleeps until Q is woken. 0 (test the condition again),
 * -EAGAIN (F has O_NONBLOCK) or -ERESTARTSYS.
 */
[[nodiscard]] int file_wait(const struct file *f, struct waitq *q);
/* Writes what /proc/PID/fd/N shows for F to BUF; returns BUF, or "?" if that does not fit. */
const char *file_text(const struct file *f, char *buf, size_t size);

/* Take a reference, and give one up: the last one closes the file. */
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

/* Would a transfer of N bytes at POS go beyond the largest position? [rw_verify_area] */
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

/*
 * A module's, or NULL: makes F's position that of the first byte from AT on that lies in a HOLE, or
 * in data, and returns it; the file's end counts as a hole. -ENXIO: there is none, or AT is not
 * below the end. -EINVAL: F has no holes. -EINTR: a fatal signal came.
 */
extern int64_t (*file_seek_hole)(struct file *f, uint64_t at, bool hole);

/* ---- fdtable.c ---- */

struct descriptor {
	struct file *file; /* NULL: free */
	bool cloexec;
};

/*
 * A descriptor table. `refs` counts the tasks that share it. Every descriptor below `lowest` is in
 * use, so the search for a free one begins there.
 */
struct files {
	uint32_t refs;
	uint32_t size;		     /* how many slots there are */
	uint32_t lowest;	     /* no slot below it is free */
	struct descriptor *slot;     /* `first`, or allocated */
	struct descriptor first[16]; /* enough for most programs */
};

/* Descriptors are below it, also for root. [fs.nr_open] */
extern uint32_t fd_nr_open;
/* Makes an empty table, with one reference; NULL: no memory. */
[[nodiscard]] struct files *files_create(void);
/*
 * Makes a copy of F, whose files it holds, too: 0 and a reference in *OUT; or -ENOMEM or -EMFILE,
 * and NULL. [dup_fd]
 */
[[nodiscard]] int files_copy(struct files *f, struct files **out);
/* Take a reference, and give one up (NULL is fine): the last one closes all files. */
struct files *files_get(struct files *f);
void files_put(struct files *f);
/* Gives the current task a table that it shares with nobody: as files_copy(). [unshare_files] */
[[nodiscard]] int files_unshare(void);
/* For execve: closes the descriptors with the flag FD_CLOEXEC. */
void files_close_on_exec(struct files *f);
/*
 * The open file at the current task's descriptor FD, with a new reference; NULL: EBADF. A file that
 * was opened with O_PATH is returned by fd_get_any() only.
 */
struct file *fd_get(uint64_t fd);
struct file *fd_get_any(uint64_t fd);
/* The file at FD in F, without a new reference; NULL: none. */
static inline struct file *files_lookup(const struct files *f, uint32_t fd)
{
	return fd < f->size ? f->slot[fd].file : NULL;
}
/* The descriptor that fd_install() would choose now, or -EMFILE. */
[[nodiscard]] long fd_reserve(const struct files *files);
/*
 * Puts F (its reference is taken over in any case) at the lowest free descriptor from MIN on: the
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
 * Puts F (its reference is taken over in any case) at FD, closing the file there: FD, -EBADF
 * (beyond the limit) or -ENOMEM.
 */
[[nodiscard]] long fd_replace(struct files *files, struct file *f, uint32_t fd, bool cloexec);
/* Closes descriptor FD: 0, or -EBADF: it is not open. */
[[nodiscard]] long fd_close(struct files *files, uint64_t fd);
/*
 * Stores in *G the process for which the current task's descriptor FD stands (NULL: it was waited
 * for), and in *NONBLOCK the file's O_NONBLOCK. 0, or -EBADF: FD stands for no process; *G is NULL.
 */
[[nodiscard]] int fd_process(uint64_t fd, struct group **g, bool *nonblock);
/* The part of a task that consists of its descriptors. */
extern const struct task_part files_part;
