/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.h - what the parts of /proc share. The rest of the kernel needs module.c alone.
 *
 * /proc keeps nothing: its inodes are made when they are looked up, and what a file
 * says is written when it is read.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "inode.h"
#include "text.h"

struct group;
struct file;
struct task;

/*
 * What stands behind a name. Functions that TASK concerns get the thread
 * of that directory: it exists.
 */
struct proc_entry {
	const char *name;	     /* NULL ends a table */
	uint32_t mode;		     /* S_IF* and permissions */
	bool polled;		     /* poll(2) can wait for it */
	bool secret;		     /* concerns only who could trace the task */
	bool at_once;		     /* what is written must be written at position 0 */
	bool verbatim;		     /* newlines at the end of what is written count */
	const struct proc_entry *is; /* in a table: the rest is there */
	/* By what the mode says it is. */
	union {
		struct {
			/*
			 * Regular file: its contents, 0 or -errno; and what
			 * writing (text, terminated) does.
			 */
			int (*show)(struct text *t, struct task *task);
			int (*show_of)(struct text *t, struct task *task, uint32_t n); /* of descriptor N, instead */
			int (*store)(char *text, struct task *task);
			/* Regular file that is not text: gives F its operations; 0 or -errno. */
			int (*open)(struct task *task, struct file *f);
		};
		struct {
			/*
			 * Link: as inode_ops.follow; what it says goes to
			 * T. N: the descriptor, in fd/.
			 */
			int (*follow)(struct task *task, uint32_t n, struct inode **out);
			int (*text)(struct task *task, uint32_t n, struct text *t);
		};
		struct {
			/* Directory: a table; and, behind it, what these find. */
			const struct proc_entry *entries;
			int (*lookup)(struct inode *dir, const char *name, size_t len, struct inode **out);
			void (*list)(struct inode *dir, struct dir_sink *sink);
		};
	};
};

/* Which entry an inode is, and of whom: in inode->private. */
struct proc_node {
	const struct proc_entry *entry;
	uint32_t tid; /* 0: nobody */
	uint32_t n;
};

/* DIR, a directory of volume_proc, becomes /proc. Boot. */
void proc_init(struct inode *dir);

/* An inode for ENTRY under NAME in DIR: 0 and a reference in *OUT, or -ENOMEM. */
[[nodiscard]] int proc_make(struct inode *dir, const char *name, size_t len, const struct proc_entry *entry,
			    uint32_t tid, uint32_t n, struct inode **out);
const struct proc_node *proc_node(const struct inode *i);
/* The thread that an inode is about; NULL: it has ended. */
struct task *proc_task(const struct inode *i);
/* Is I the directory of a process? Then it is in *G; NULL: it is gone. */
bool proc_process_of(const struct inode *i, struct group **g);
/*
 * A number without sign or leading zeroes, as ids and descriptors are named: true, and it is in *N.
 */
bool proc_number(const char *name, size_t len, uint32_t *n);
/* Positions of entries that tables do not hold begin here, after "." and "..". */
#define PROC_DYNAMIC 256U

/* ---- proc_root.c, proc_sys.c ---- */
extern const struct proc_entry proc_root, proc_sys[];
/* ---- proc_seccomp.c ---- */
[[nodiscard]] int proc_show_seccomp_cache(struct text *t, struct task *task);
/* ---- proc_mem.c ---- */
[[nodiscard]] int proc_open_mem(struct task *task, struct file *f);
/* ---- proc_memory.c ---- */
struct mm;
struct vma;
void proc_show_smap(struct text *t, struct mm *mm, const struct vma *v);
[[nodiscard]] int proc_show_oom_score(struct text *t, struct task *task);
[[nodiscard]] int proc_show_oom_score_adj(struct text *t, struct task *task);
[[nodiscard]] int proc_store_oom_score_adj(char *text, struct task *task);
/* ---- proc_userns.c ---- */
[[nodiscard]] int proc_show_uid_map(struct text *t, struct task *task);
[[nodiscard]] int proc_show_gid_map(struct text *t, struct task *task);
[[nodiscard]] int proc_show_setgroups(struct text *t, struct task *task);
[[nodiscard]] int proc_store_uid_map(char *text, struct task *task);
[[nodiscard]] int proc_store_gid_map(char *text, struct task *task);
[[nodiscard]] int proc_store_setgroups(char *text, struct task *task);
/* ---- proc_pid.c, proc_status.c, proc_fd.c ---- */
extern const struct proc_entry proc_process, proc_thread;
extern const struct proc_entry proc_fd_dir, proc_fdinfo_dir, proc_task_dir;
[[nodiscard]] int proc_show_status(struct text *t, struct task *task);
[[nodiscard]] int proc_show_stat(struct text *t, struct task *task);
[[nodiscard]] int proc_show_mounts(struct text *t, struct task *task);
