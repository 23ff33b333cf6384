/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.h - what the parts of /proc share. The rest of the kernel only needs module.c.
 *
 * /proc keeps nothing: its inodes are made when they are looked up, and the text of a file is
 * generated when it is read.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "inode.h"
#include "text.h"

struct group;
struct file;
struct task;

/* What is behind a name. Functions with a TASK get the thread whose directory it is; it exists. */
struct proc_entry {
	const char *name;	     /* NULL ends a table */
	uint32_t mode;		     /* S_IF* and permissions */
	bool polled;		     /* poll(2) can wait for it */
	bool secret;		     /* only tasks that could trace this one may see it */
	bool at_once;		     /* it must be written at position 0 */
	bool verbatim;		     /* newlines at the end of written text count */
	const struct proc_entry *is; /* in a table: has all other fields */
	/* Depends on the kind of file that the mode says. */
	union {
		struct {
			/*
			 * Regular file: generates its contents, 0 or -errno; and takes what is
			 * written (text, terminated).
			 */
			int (*show)(struct text *t, struct task *task);
			int (*show_of)(struct text *t, struct task *task, uint32_t n); /* of descriptor N, instead */
			int (*store)(char *text, struct task *task);
			/* Regular file that is not text: gives F its operations; 0 or -errno. */
			int (*open)(struct task *task, struct file *f);
		};
		struct {
			/*
			 * Link: as inode_ops.follow; and its text, which goes to T. N: the
			 * descriptor, in fd/.
			 */
			int (*follow)(struct task *task, uint32_t n, struct path *out);
			int (*text)(struct task *task, uint32_t n, struct text *t);
		};
		struct {
			/* Directory: a table of entries; and functions that find further ones. */
			const struct proc_entry *entries;
			int (*lookup)(struct inode *dir, const char *name, size_t len, struct inode **out);
			void (*list)(struct inode *dir, struct dir_sink *sink);
		};
	};
};

/* In inode->private: the entry of the inode, and the task it is about. */
struct proc_node {
	const struct proc_entry *entry;
	uint32_t tid; /* 0: nobody */
	uint32_t n;
};

/* At boot: makes DIR, a directory of volume_proc, /proc. */
void proc_init(struct inode *dir);
/*
 * The root of the /proc that shows the processes of the current task's pid namespace, by their
 * numbers there: 0 and a reference in *OUT, or -ENOMEM. [proc_get_tree]
 */
[[nodiscard]] int proc_instance(struct inode **out);
/* The namespace whose numbers the /proc that I is in shows. */
struct pidns *proc_pidns(const struct inode *i);

/* Makes an inode for ENTRY, called NAME, in DIR: 0 and a reference in *OUT, or -ENOMEM. */
[[nodiscard]] int proc_make(struct inode *dir, const char *name, size_t len, const struct proc_entry *entry,
			    uint32_t tid, uint32_t n, struct inode **out);
const struct proc_node *proc_node(const struct inode *i);
/* The thread that an inode is about; NULL: it has ended. */
struct task *proc_task(const struct inode *i);
/*
 * Stores the thread that I is about in *T, or NULL if I is about nobody: 0, -ESRCH (it has ended),
 * or -EACCES (the entry is secret, and the current task could not trace that thread).
 */
[[nodiscard]] int proc_check_task(const struct inode *i, struct task **t);
/* ---- proc_file.c ---- */
[[nodiscard]] int proc_open_node(struct inode *i, struct file *f);
/* ---- proc.c ---- */
/* Is I the directory of a process? Then *G is the process, or NULL if it is gone. */
bool proc_process_of(const struct inode *i, struct group **g);
/*
 * Is NAME a number without sign or leading zeroes, as ids and descriptors are named? It is in *N.
 */
bool proc_number(const char *name, size_t len, uint32_t *n);
/* The first position, after "." and "..", of entries that are not in tables. */
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
[[nodiscard]] int proc_show_core_filter(struct text *t, struct task *task);
[[nodiscard]] int proc_store_core_filter(char *text, struct task *task);
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
/* ---- proc_mounts.c, proc_ns.c ---- */
[[nodiscard]] int proc_show_mounts(struct text *t, struct task *task);
[[nodiscard]] int proc_show_mountinfo(struct text *t, struct task *task);
uint64_t proc_mounts_changes(struct task *task);
extern const struct proc_entry proc_ns_dir;
/* ---- proc_sysv.c ---- */
extern const struct proc_entry proc_sysv[];
[[nodiscard]] int proc_show_msgmax(struct text *t, struct task *task);
[[nodiscard]] int proc_store_msgmax(char *text, struct task *task);
[[nodiscard]] int proc_show_msgmnb(struct text *t, struct task *task);
[[nodiscard]] int proc_store_msgmnb(char *text, struct task *task);
[[nodiscard]] int proc_show_msgmni(struct text *t, struct task *task);
[[nodiscard]] int proc_store_msgmni(char *text, struct task *task);
[[nodiscard]] int proc_show_sem(struct text *t, struct task *task);
[[nodiscard]] int proc_store_sem(char *text, struct task *task);
[[nodiscard]] int proc_show_shmall(struct text *t, struct task *task);
[[nodiscard]] int proc_store_shmall(char *text, struct task *task);
[[nodiscard]] int proc_show_shmmax(struct text *t, struct task *task);
[[nodiscard]] int proc_store_shmmax(char *text, struct task *task);
[[nodiscard]] int proc_show_shmmni(struct text *t, struct task *task);
[[nodiscard]] int proc_store_shmmni(char *text, struct task *task);
