/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.h - what the files of this folder share. The rest of the kernel sees only proc_module.
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

/*
 * One name in /proc, and what it is. A function's TASK is the thread whose directory the entry is
 * in, which exists; NULL: the entry is in no thread's directory.
 */
struct proc_entry {
	const char *name;	     /* NULL ends a table */
	uint32_t mode;		     /* S_IF* and permissions */
	bool polled;		     /* poll(2) can wait for it */
	bool secret;		     /* only for tasks that ptrace_may_access() allows */
	bool at_once;		     /* it must be written at position 0 */
	bool verbatim;		     /* store() also gets the newlines at the end of the text */
	const struct proc_entry *is; /* in a table: the entry that this name stands for */
	/* Depends on the kind of file that the mode says. */
	union {
		struct {
			/*
			 * Regular file: show() appends the contents to T; store() takes TEXT that
			 * was written, with a NUL at its end, and may change it. 0 or -errno.
			 */
			int (*show)(struct text *t, struct task *task);
			int (*show_of)(struct text *t, struct task *task, uint32_t n); /* of descriptor N, instead */
			int (*store)(char *text, struct task *task);
			/* Regular file that is not text: gives F its operations; 0 or -errno. */
			int (*open)(struct task *task, struct file *f);
		};
		struct {
			/*
			 * Link: follow() is as inode_ops.follow; text() appends to T what
			 * readlink(2) says. N is the descriptor in fd/, the namespace in ns/.
			 * Without follow(), text() gets the current task and its process's number.
			 */
			int (*follow)(struct task *task, uint32_t n, struct path *out);
			int (*text)(struct task *task, uint32_t n, struct text *t);
		};
		struct {
			/* Directory: its table of entries; what finds and lists further ones. */
			const struct proc_entry *entries;
			int (*lookup)(struct inode *dir, const char *name, size_t len, struct inode **out);
			void (*list)(struct inode *dir, struct dir_sink *sink);
		};
	};
};

/* In inode->private: the entry of the inode, and the task it is about. */
struct proc_node {
	const struct proc_entry *entry;
	uint32_t tid;	 /* 0: no task */
	uint64_t serial; /* the task's: its id may be another's by now */
	uint32_t n;	 /* what the entry's functions get as N */
};

/* Called at boot: makes DIR, a directory of volume_proc, the root of the initial /proc. */
void proc_init(struct inode *dir);
/*
 * The root of the /proc that shows the processes of the current task's pid namespace, by their
 * numbers there: 0 and a reference in *OUT, or -ENOMEM. [proc_get_tree]
 */
[[nodiscard]] int proc_instance(struct inode **out);
/* The pid namespace whose numbers I's /proc shows, without a reference; NULL: the initial one. */
struct pidns *proc_pidns(const struct inode *i);

/*
 * Makes an inode for ENTRY, called NAME (LEN bytes), in DIR. It is about the task TID (0: none),
 * and its functions get N. 0 and a reference in *OUT, or -ENOMEM.
 */
[[nodiscard]] int proc_make(struct inode *dir, const char *name, size_t len, const struct proc_entry *entry,
			    uint32_t tid, uint32_t n, struct inode **out);
const struct proc_node *proc_node(const struct inode *i);
/* The thread that I is about; NULL: it has ended, or I is about no task. */
struct task *proc_task(const struct inode *i);
/*
 * Stores the thread that I is about in *T, or NULL if I is about nobody: 0, -ESRCH (it has ended),
 * or -EACCES (the entry is secret, and the current task could not trace that thread).
 */
[[nodiscard]] int proc_check_task(const struct inode *i, struct task **t);
/* ---- proc_file.c ---- */
/* Opens I as F, which it gives its operations and data: as proc_check_task(), or -ENOMEM. */
[[nodiscard]] int proc_open_node(struct inode *i, struct file *f);
/* ---- proc.c ---- */
/* Is I the directory of a process? Then *G is the process, or NULL if it is gone. */
bool proc_process_of(const struct inode *i, struct group **g);
/*
 * Is NAME (LEN bytes) a decimal number up to INT32_MAX without sign and leading zeroes, as ids and
 * descriptors are named? Then it is in *N. [name_to_int]
 */
bool proc_number(const char *name, size_t len, uint32_t *n);
/* The first position, after "." and "..", of entries that are not in tables. */
#define PROC_DYNAMIC 256U

/* ---- sys_syslog.c ---- */
[[nodiscard]] int proc_show_printk(struct text *t, struct task *task);
[[nodiscard]] int proc_store_printk(char *text, struct task *task);
/* ---- proc_root.c, proc_sys.c ---- */
extern const struct proc_entry proc_root, proc_sys[];
/* ---- proc_random.c ---- */
extern const struct proc_entry proc_sys_random[];
/* ---- proc_seccomp.c ---- */
[[nodiscard]] int proc_show_seccomp_cache(struct text *t, struct task *task);
/* ---- proc_mem.c ---- */
[[nodiscard]] int proc_open_mem(struct task *task, struct file *f);
[[nodiscard]] int proc_open_pagemap(struct task *task, struct file *f);
/* ---- proc_memory.c ---- */
struct mm;
struct vma;
/* Appends what smaps says of mapping V of MM, behind its line of maps. */
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
/* ---- proc_root.c ---- */
/*
 * The task with the lowest number in NS, from *NUMBER on, which becomes its number. Lets other
 * tasks run. NULL: there is none, or a fatal signal is pending.
 */
struct task *proc_next_task(const struct pidns *ns, uint64_t *number);
/* ---- proc_pid.c, proc_status.c, proc_fd.c ---- */
/* Adds the folder of process or thread N to SINK; false: there is no room. */
bool proc_emit_number(struct dir_sink *sink, uint32_t n);
extern const struct proc_entry proc_process, proc_thread;
extern const struct proc_entry proc_fd_dir, proc_fdinfo_dir, proc_task_dir;
[[nodiscard]] int proc_show_status(struct text *t, struct task *task);
[[nodiscard]] int proc_show_stat(struct text *t, struct task *task);
/* ---- proc_mounts.c, proc_ns.c ---- */
[[nodiscard]] int proc_show_mounts(struct text *t, struct task *task);
[[nodiscard]] int proc_show_mountinfo(struct text *t, struct task *task);
/* How often the mounts of TASK's namespace have changed; 0 if TASK is NULL. */
uint64_t proc_mounts_changes(struct task *task);
extern const struct proc_entry proc_ns_dir;
/* ---- proc_sysv.c ---- */
/*
 * Stores in VALUE the COUNT numbers in TEXT, which are separated by blanks: 0, or -EINVAL: there
 * are more or fewer, or one is above MOST. [proc_dointvec_minmax, proc_doulongvec_minmax]
 */
[[nodiscard]] int proc_read_numbers(const char *text, unsigned count, uint64_t most, uint64_t *value);
extern const struct proc_entry proc_sysv[];
[[nodiscard]] int proc_show_mq_queues_max(struct text *t, struct task *task);
[[nodiscard]] int proc_store_mq_queues_max(char *text, struct task *task);
[[nodiscard]] int proc_show_mq_msg_max(struct text *t, struct task *task);
[[nodiscard]] int proc_store_mq_msg_max(char *text, struct task *task);
[[nodiscard]] int proc_show_mq_msgsize_max(struct text *t, struct task *task);
[[nodiscard]] int proc_store_mq_msgsize_max(char *text, struct task *task);
[[nodiscard]] int proc_show_mq_msg_default(struct text *t, struct task *task);
[[nodiscard]] int proc_store_mq_msg_default(char *text, struct task *task);
[[nodiscard]] int proc_show_mq_msgsize_default(struct text *t, struct task *task);
[[nodiscard]] int proc_store_mq_msgsize_default(char *text, struct task *task);
[[nodiscard]] int proc_show_sem_next_id(struct text *t, struct task *task);
[[nodiscard]] int proc_store_sem_next_id(char *text, struct task *task);
[[nodiscard]] int proc_show_msg_next_id(struct text *t, struct task *task);
[[nodiscard]] int proc_store_msg_next_id(char *text, struct task *task);
[[nodiscard]] int proc_show_shm_next_id(struct text *t, struct task *task);
[[nodiscard]] int proc_store_shm_next_id(char *text, struct task *task);
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
