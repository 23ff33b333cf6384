/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.h - what semaphores, shared memory and message queues of System V share: ids, keys and
 * rights. [ipc/util.c]
 *
 * An object lives until IPC_RMID, whoever made it. Who sleeps at one looks again by its id when it
 * wakes, so nothing holds an object but its table; shared memory that is still mapped is the
 * exception, and stays in the table until it is not.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ipc.h>

#include "list.h"

struct ipcns;
struct task;

struct ipc_object {
	int32_t id, key;
	uint32_t uid, gid, cuid, cgid;
	uint32_t mode; /* permissions, and SHM_DEST, SHM_LOCKED */
	struct ipcns *ns;
};

enum ipc_kind { IPC_SEM, IPC_MSG, IPC_SHM, IPC_KINDS };

struct ipc_table {
	struct ipc_object **slot; /* NULL: free */
	uint32_t size;		  /* slots there are room for */
	uint32_t used;
	int32_t last; /* slot given last; what follows in the same slot has another id */
	uint32_t seq;
};

/* What of System V's objects an ipc namespace holds. */
struct ipcns {
	uint32_t refs; /* tasks */
	struct ipc_table table[IPC_KINDS];
	uint64_t semaphores; /* of all sets */
	uint64_t shm_pages;  /* of all segments */
	uint64_t msg_bytes, msg_count;
};

/* The current task's. */
struct ipcns *ipc_namespace(void);

/*
 * The object of KIND and KEY, or a new one: its id, or -ENOENT, -EEXIST, -EINVAL (FITS does not
 * like it), -EACCES, and what MAKE says. FLAGS: IPC_CREAT, IPC_EXCL, permissions; ARG is for both
 * functions. MAKE gives the object's memory, its kind's fields filled in, or NULL and an error.
 * [ipcget]
 */
struct ipc_maker {
	enum ipc_kind kind;
	uint32_t most; /* objects there may be */
	bool (*fits)(const struct ipc_object *o, uint64_t arg);
	struct ipc_object *(*make)(struct ipcns *ns, uint64_t arg, uint32_t flags, int *err);
	void (*discard)(struct ipc_object *o); /* undoes make */
};
[[nodiscard]] long ipc_get(const struct ipc_maker *m, int32_t key, uint32_t flags, uint64_t arg);

/* By id, and by place in the table, which SEM_STAT and its like take; NULL: -EINVAL. */
struct ipc_object *ipc_find(enum ipc_kind kind, int32_t id);
struct ipc_object *ipc_find_place(enum ipc_kind kind, int32_t place);
/* The highest place in use, 0 when there is none: what IPC_INFO and its like return. */
[[nodiscard]] long ipc_highest(enum ipc_kind kind);
/* Off the table; the memory is the caller's. */
void ipc_remove(enum ipc_kind kind, struct ipc_object *o);

#define IPC_READ 0444U
#define IPC_WRITE 0222U
/* May the current task? WANTED: IPC_READ, IPC_WRITE, or both: 0 or -EACCES. [ipcperms] */
[[nodiscard]] int ipc_may(const struct ipc_object *o, uint32_t wanted);
/* May it change or remove O? 0 or -EPERM. [ipcctl_obtain_check] */
[[nodiscard]] int ipc_owns(const struct ipc_object *o);
/* O as programs see it, and what IPC_SET changes of it: 0 or -EINVAL. [ipc_update_perm] */
void ipc_show(const struct ipc_object *o, struct ipc64_perm *p);
[[nodiscard]] int ipc_set(struct ipc_object *o, const struct ipc64_perm *p);
[[nodiscard]] int64_t ipc_time(void); /* s since 1970 */
int32_t ipc_pid(void);		      /* of the current process */

/* ---- sem_undo.c ---- */
struct sem_set;
struct sem_undo;
/*
 * What the current process is to take back of its operations on SET when it ends; made when there
 * is none yet. NULL: no memory.
 */
struct sem_undo *sem_undo_of(struct sem_set *set);
/* SET's are forgotten: it goes, or (NUMBER of one of its semaphores, or -1: all) was set. */
void sem_undo_drop(struct sem_set *set);
void sem_undo_clear(struct sem_set *set, int32_t number);
/* clone and unshare, and the end. [copy_semundo, exit_sem] */
[[nodiscard]] int sem_undo_fork(struct task *child, bool share);
void sem_undo_exit(struct task *t);

/* ---- sem.c ---- */
struct semaphore {
	uint16_t value;
	uint32_t pid; /* of who changed it last */
};

struct sem_set {
	struct ipc_object object;
	uint32_t count;
	int64_t otime, ctime;
	struct list sleepers; /* by time of arrival */
	struct list undos;    /* sem_undo.c's */
	struct semaphore sem[];
};

struct sem_undo {
	struct list of_process, of_set;
	struct sem_set *set;
	int16_t adjust[];
};

/* Values have changed: who can go on, does. */
void sem_wake(struct sem_set *set);
/* How many sleep until semaphore NUMBER grows, or is zero. [count_semcnt] */
[[nodiscard]] long sem_sleepers(const struct sem_set *set, uint32_t number, bool zero);
void sem_free(struct sem_set *set);
void sem_drop(struct ipc_object *o); /* the same */

/* ---- for the end of a namespace ---- */
void shm_leave(struct ipc_object *o);
void msg_free(struct ipc_object *o);
