/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.h - what semaphores, shared memory and message queues of System V share: ids, keys and
 * rights. [ipc/util.c]
 *
 * An object lives until IPC_RMID. A task that sleeps at one finds it again by its id when it wakes,
 * so only the table holds an object. A segment of shared memory that is still mapped is the
 * exception: it stays in the table until it is mapped no more.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ipc.h>

#include "list.h"
#include "ns.h"
#include "sysv.h"

struct ipcns;
struct task;

struct ipc_object {
	int32_t id, key;
	uint32_t uid, gid, cuid, cgid;
	uint32_t mode;			/* permissions, and SHM_DEST, SHM_LOCKED */
	struct ipc_object *same_bucket; /* the next one whose key falls into it */
	struct ipcns *ns;
};

enum ipc_kind { IPC_SEM, IPC_MSG, IPC_SHM, IPC_KINDS };

#define IPC_BUCKETS 64U

struct ipc_table {
	struct ipc_object *bucket[IPC_BUCKETS]; /* by key */
	struct ipc_object **slot;		/* NULL: free */
	uint32_t size;				/* how many slots there are */
	uint32_t used;
	int32_t last; /* the slot that was given last; the next object in the same slot has another id */
	uint32_t seq;
};

/* The System V objects of an ipc namespace. */
struct ipcns {
	struct ns ns;
	struct ipc_table table[IPC_KINDS];
	uint64_t semaphores; /* of all sets */
	uint64_t shm_pages;  /* of all segments */
	uint64_t msg_bytes, msg_count;
	uint64_t limit[SYSV_LIMITS];
};

/* The current task's namespace. */
struct ipcns *ipc_namespace(void);

/*
 * Finds the object of KIND and KEY, or makes it. Returns its id, or -ENOENT, -EEXIST, -EINVAL (FITS
 * refuses it), -EACCES, or MAKE's error. FLAGS: IPC_CREAT, IPC_EXCL, permissions. ARG is passed to
 * both functions. MAKE returns the object's memory with the fields of its kind filled in, or NULL
 * and an error. [ipcget]
 */
struct ipc_maker {
	enum ipc_kind kind;
	enum sysv_limit most; /* which limit says how many objects there may be */
	bool (*fits)(const struct ipc_object *o, uint64_t arg);
	struct ipc_object *(*make)(struct ipcns *ns, uint64_t arg, uint32_t flags, int *err);
	void (*discard)(struct ipc_object *o); /* undoes make */
};
[[nodiscard]] long ipc_get(const struct ipc_maker *m, int32_t key, uint32_t flags, uint64_t arg);

/*
 * Finds an object by its id; by its place in the table, which SEM_STAT and the like take. NULL:
 * -EINVAL.
 */
struct ipc_object *ipc_find(enum ipc_kind kind, int32_t id);
struct ipc_object *ipc_find_place(enum ipc_kind kind, int32_t place);
/* The highest place in use, 0 when there is none: what IPC_INFO and its like return. */
[[nodiscard]] long ipc_highest(enum ipc_kind kind);
/* Takes O off the table; its memory is the caller's. */
void ipc_remove(enum ipc_kind kind, struct ipc_object *o);
/* O has no key any more: it is found by its id alone. */
void ipc_forget_key(enum ipc_kind kind, struct ipc_object *o);

#define IPC_READ 0444U
#define IPC_WRITE 0222U
/* May the current task do WANTED (IPC_READ, IPC_WRITE, or both)? 0 or -EACCES. [ipcperms] */
[[nodiscard]] int ipc_may(const struct ipc_object *o, uint32_t wanted);
/* May the current task change or remove O? 0 or -EPERM. [ipcctl_obtain_check] */
[[nodiscard]] int ipc_owns(const struct ipc_object *o);
/*
 * Fills *P with O as programs see it; applies what IPC_SET changes: 0 or -EINVAL. [ipc_update_perm]
 */
void ipc_show(const struct ipc_object *o, struct ipc64_perm *p);
[[nodiscard]] int ipc_set(struct ipc_object *o, const struct ipc64_perm *p);
[[nodiscard]] int64_t ipc_time(void); /* in s since 1970 */
int32_t ipc_pid(void);		      /* the current process's id */

/* ---- sem_undo.c ---- */
struct sem_set;
struct sem_undo;
/*
 * What the current process is to take back of its operations on SET when it ends; made when there
 * is none yet. NULL: no memory.
 */
struct sem_undo *sem_undo_of(struct sem_set *set);
/*
 * Forgets what is to be taken back of SET, because it is removed, or because semaphore NUMBER (-1:
 * all) was set.
 */
void sem_undo_drop(struct sem_set *set);
void sem_undo_clear(struct sem_set *set, uint32_t number);
void sem_undo_clear_all(struct sem_set *set);
/* UNDO is about to be used: brings it up to date with its set. */
void sem_undo_refresh(struct sem_undo *undo);
/* For clone, for unshare, and for the end of a task. [copy_semundo, exit_sem] */
[[nodiscard]] int sem_undo_fork(struct task *child, bool share);
void sem_undo_exit(struct task *t);

/* ---- sem.c ---- */
struct semaphore {
	uint16_t value;
	uint32_t pid; /* of the process that changed it last */
};

struct sem_set {
	struct ipc_object object;
	uint32_t count;
	int64_t otime, ctime;
	struct list sleepers; /* in order of arrival */
	uint64_t changes;     /* how often values have changed so that sleepers must be tried again */
	uint32_t holders;     /* calls of sem_wake(); the last one frees a set that was removed (object.ns is NULL) */
	struct list undos;    /* for sem_undo.c */
	uint32_t clears;      /* how often all values were set, which forgets what there was to undo */
	struct semaphore sem[];
};

struct sem_undo {
	struct list of_process, of_set;
	struct sem_set *set;
	uint32_t clears; /* the set's, when adjust was right */
	int16_t adjust[];
};

/*
 * Called when values have changed: ends the operations that can be done now. Gives way, so that SET
 * may be gone.
 */
void sem_wake(struct sem_set *set);
/* How many tasks sleep until semaphore NUMBER grows, or is zero. [count_semcnt] */
[[nodiscard]] long sem_sleepers(const struct sem_set *set, uint32_t number, bool zero);
void sem_free(struct sem_set *set);
void sem_drop(struct ipc_object *o); /* the same */

/* ---- for the end of a namespace ---- */
void shm_leave(struct ipc_object *o);
void msg_free(struct ipc_object *o);
