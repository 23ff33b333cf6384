/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipc.h - semaphores, shared memory and message queues of System V. [linux/ipc.h, linux/sem.h,
 * linux/shm.h, linux/msg.h]
 */
#pragma once

#include <stdint.h>

#define IPC_PRIVATE 0

/* Flags of the calls that get. */
#define IPC_CREAT  00001000
#define IPC_EXCL   00002000
#define IPC_NOWAIT 00004000

/* Commands of all kinds. */
#define IPC_RMID 0
#define IPC_SET	 1
#define IPC_STAT 2
#define IPC_INFO 3

struct ipc64_perm {
	int32_t key;
	uint32_t uid, gid, cuid, cgid;
	uint32_t mode;
	uint16_t seq, __pad2;
	uint64_t __unused1, __unused2;
};
_Static_assert(sizeof(struct ipc64_perm) == 48, "uapi layout");

/* ---- semaphores ---- */

#define SEM_UNDO     0x1000
#define GETPID	     11
#define GETVAL	     12
#define GETALL	     13
#define GETNCNT	     14
#define GETZCNT	     15
#define SETVAL	     16
#define SETALL	     17
#define SEM_STAT     18
#define SEM_INFO     19
#define SEM_STAT_ANY 20

#define SEMMNI 32000
#define SEMMSL 32000
#define SEMMNS (SEMMNI * SEMMSL)
#define SEMOPM 500
#define SEMVMX 32767
#define SEMAEM SEMVMX
#define SEMUME SEMOPM
#define SEMMNU SEMMNS
#define SEMMAP SEMMNS
#define SEMUSZ 20

struct sembuf {
	uint16_t sem_num;
	int16_t sem_op;
	int16_t sem_flg;
};
_Static_assert(sizeof(struct sembuf) == 6, "uapi layout");

struct semid64_ds {
	struct ipc64_perm sem_perm;
	int64_t sem_otime, sem_ctime;
	uint64_t sem_nsems;
	uint64_t __unused3, __unused4;
};
_Static_assert(sizeof(struct semid64_ds) == 88, "uapi layout");

struct seminfo {
	int32_t semmap, semmni, semmns, semmnu, semmsl, semopm, semume, semusz, semvmx, semaem;
};

/* ---- shared memory ---- */

#define SHM_HUGETLB  04000
#define SHM_RDONLY   010000
#define SHM_RND	     020000
#define SHM_REMAP    040000
#define SHM_EXEC     0100000
#define SHM_DEST     01000 /* in the mode that is shown */
#define SHM_LOCKED   02000
#define SHM_LOCK     11
#define SHM_UNLOCK   12
#define SHM_STAT     13
#define SHM_INFO     14
#define SHM_STAT_ANY 15

#define SHMMIN 1
#define SHMMNI 4096
#define SHMMAX (UINT64_MAX - (1UL << 24))
#define SHMALL (UINT64_MAX - (1UL << 24))
#define SHMSEG SHMMNI

struct shmid64_ds {
	struct ipc64_perm shm_perm;
	uint64_t shm_segsz;
	int64_t shm_atime, shm_dtime, shm_ctime;
	int32_t shm_cpid, shm_lpid;
	uint64_t shm_nattch;
	uint64_t __unused4, __unused5;
};
_Static_assert(sizeof(struct shmid64_ds) == 112, "uapi layout");

struct shminfo64 {
	uint64_t shmmax, shmmin, shmmni, shmseg, shmall;
	uint64_t __unused1, __unused2, __unused3, __unused4;
};

struct shm_info {
	int32_t used_ids;
	uint64_t shm_tot, shm_rss, shm_swp, swap_attempts, swap_successes;
};

/* ---- messages ---- */

#define MSG_NOERROR  010000
#define MSG_EXCEPT   020000
#define MSG_COPY     040000
#define MSG_STAT     11
#define MSG_INFO     12
#define MSG_STAT_ANY 13

#define MSGMNI 32000
#define MSGMAX 8192
#define MSGMNB 16384
#define MSGTQL MSGMNB
#define MSGMAP MSGMNB
#define MSGSSZ 16
#define MSGSEG 0xffff
#define MSGPOOL (MSGMNI * MSGMNB / 1024)

struct msqid64_ds {
	struct ipc64_perm msg_perm;
	int64_t msg_stime, msg_rtime, msg_ctime;
	uint64_t msg_cbytes, msg_qnum, msg_qbytes;
	int32_t msg_lspid, msg_lrpid;
	uint64_t __unused4, __unused5;
};
_Static_assert(sizeof(struct msqid64_ds) == 120, "uapi layout");

struct msginfo {
	int32_t msgpool, msgmap, msgmax, msgmnb, msgmni, msgssz, msgtql;
	uint16_t msgseg;
};
