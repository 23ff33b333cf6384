/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.h - what semaphores, shared memory and message queues of System V share: ids, keys and
 * rights. [ipc/util.c]
 *
 * An object lives until IPC_RMID. Tasks that sleep at it then get EIDRM. A segment of shared memory
 * that is still mapped is the exception: it stays in its table until its last mapping is gone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/ipc.h>

#include "list.h"
#include "ns.h"
#include "sysv.h"

struct inode;
struct ipcns;
struct task;

struct ipc_object {
	int32_t id, key;
	uint32_t uid, gid, cuid, cgid;	/* of the owner, and of the creator */
	uint32_t mode;			/* permissions, and SHM_DEST, SHM_LOCKED */
	struct ipc_object *same_bucket; /* the next one in its key's bucket */
	struct ipcns *ns;
};

enum ipc_kind { IPC_SEM, IPC_MSG, IPC_SHM, IPC_KINDS };

#define IPC_BUCKETS 64U

struct ipc_table {
	struct ipc_object *bucket[IPC_BUCKETS]; /* by key */
	struct ipc_object **slot;		/* NULL: free */
	uint32_t size;				/* how many slots there are */
	uint32_t used;
	uint32_t next; /* the slot after the one that was given last */
	uint32_t seq;  /* the sequence number in new ids */
};

/* The System V objects of an ipc namespace, and its message queues of POSIX. */
struct ipcns {
	struct ns ns;
	struct ipc_table table[IPC_KINDS];
	uint64_t semaphores;	       /* of all sets */
	uint64_t shm_pages;	       /* of all segments */
	uint64_t msg_bytes, msg_count; /* of all queues */
	struct inode *names;	       /* the directory of mqueue.c's queues; NULL: there was none yet */
	struct list queues;	       /* these, also without a name */
	uint64_t mqueues;	       /* how many of them there are */
	int32_t next_id[IPC_KINDS];    /* the id that the next object gets, if it is free; -1: any */
	uint64_t limit[SYSV_LIMITS];
};

/* The initial namespace; the current task's. */
extern struct ipcns ipc_initial;
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
 * Find an object of KIND by its id, and by its place in the table, which SEM_STAT and the like
 * take. NULL: there is none, which is -EINVAL.
 */
struct ipc_object *ipc_find(enum ipc_kind kind, int32_t id);
struct ipc_object *ipc_find_place(enum ipc_kind kind, int32_t place);
/* The highest place in use, 0 when there is none: what IPC_INFO and its like return. */
[[nodiscard]] long ipc_highest(enum ipc_kind kind);
/* Removes O from its table. Its memory is then the caller's. */
void ipc_remove(enum ipc_kind kind, struct ipc_object *o);
/* Takes away O's key: from now on O is found by its id alone. */
void ipc_forget_key(enum ipc_kind kind, struct ipc_object *o);

#define IPC_READ 0444U
#define IPC_WRITE 0222U
/* May the current task do WANTED (IPC_READ, IPC_WRITE, or both)? 0 or -EACCES. [ipcperms] */
[[nodiscard]] int ipc_may(const struct ipc_object *o, uint32_t wanted);
/* May the current task change or remove O? 0 or -EPERM. [ipcctl_obtain_check] */
[[nodiscard]] int ipc_owns(const struct ipc_object *o);
/*
 * ipc_show() fills *P with O as programs see it. ipc_set() applies what IPC_SET changes: 0, or
 * -EINVAL for an id that the user namespace does not map. [ipc_update_perm]
 */
void ipc_show(const struct ipc_object *o, struct ipc64_perm *p);
[[nodiscard]] int ipc_set(struct ipc_object *o, const struct ipc64_perm *p);
[[nodiscard]] int64_t ipc_time(void); /* in s since 1970 */
int32_t ipc_pid(void);		      /* the current process's id */

/* ---- sem_undo.c ---- */
struct sem_set;
struct sem_undo;
/*
 * The record of what the current process is to undo of its operations on SET when it ends. It is
 * made if there is none yet. NULL: no memory. [find_alloc_undo]
 */
struct sem_undo *sem_undo_of(struct sem_set *set);
/*
 * These forget what processes are to undo of SET: sem_undo_drop() because SET is removed,
 * sem_undo_clear() for semaphore NUMBER, which SETVAL has set, sem_undo_clear_all() for all, after
 * SETALL.
 */
void sem_undo_drop(struct sem_set *set);
void sem_undo_clear(struct sem_set *set, uint32_t number);
void sem_undo_clear_all(struct sem_set *set);
/* UNDO is about to be used: empties it if all values of its set were set meanwhile. */
void sem_undo_refresh(struct sem_undo *undo);
/*
 * sem_undo_fork(): CHILD shares the current task's records (SHARE, CLONE_SYSVSEM) or begins without
 * any: 0 or -ENOMEM. sem_undo_exit(): T gives up its records, as it ends or by unshare or setns;
 * with the last of those who share them, the operations are undone. [copy_semundo, exit_sem]
 */
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
	uint64_t changes;     /* how often values have changed, so that sleepers must try again */
	uint32_t holders;     /* calls of sem_wake(); the last one frees a set that was removed (object.ns is NULL) */
	struct list undos;    /* for sem_undo.c */
	uint32_t clears;      /* how often all values were set, which empties the undo records */
	struct semaphore sem[];
};

struct sem_undo {
	struct list of_process, of_set;
	struct sem_set *set;
	uint32_t clears; /* the set's `clears` when `adjust` was last right */
	int16_t adjust[];
};

/*
 * Called when values of SET have changed: completes the operations of sleepers that can be done
 * now. Lets other tasks run, so SET may be gone on return. [do_smart_update]
 */
void sem_wake(struct sem_set *set);
/* How many tasks sleep until semaphore NUMBER grows, or is zero. [count_semcnt] */
[[nodiscard]] long sem_sleepers(const struct sem_set *set, uint32_t number, bool zero);
/* Removes SET: its sleepers get EIDRM. It is freed, at once or when sem_wake() is done with it. */
void sem_free(struct sem_set *set);
void sem_drop(struct ipc_object *o); /* the same, for the end of a namespace */

/* ---- shm.c and msg.c, for the end of a namespace ---- */
/* Removes segment O, whose memory stays while it is mapped; removes and frees queue O. */
void shm_leave(struct ipc_object *o);
void msg_free(struct ipc_object *o);
