/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv.h - what the programs about semaphores, shared memory and message queues of System V share.
 */
#pragma once

#include "guest.h"

#ifdef __riscv
#include <abi/ipc.h>
typedef struct semid64_ds sem_ds;
typedef struct shmid64_ds shm_ds;
typedef struct msqid64_ds msg_ds;
#else
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
typedef struct semid_ds sem_ds;
typedef struct shmid_ds shm_ds;
typedef struct msqid_ds msg_ds;
#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20
#endif
#endif

static inline long sem_ctl(long id, int number, int command, long arg)
{
	return syscall(SYS_semctl, id, number, command, arg);
}

static inline long sem_op(long id, struct sembuf *ops, unsigned n)
{
	return syscall(SYS_semop, id, ops, n);
}

/* One operation. */
static inline long sem_one(long id, int number, int op, int flags)
{
	struct sembuf one = { (unsigned short)number, (short)op, (short)flags };

	return sem_op(id, &one, 1);
}

static inline long shm_at(long id, const void *at, int flags)
{
	return syscall(SYS_shmat, id, at, flags);
}

static inline long shm_ctl(long id, int command, void *arg)
{
	return syscall(SYS_shmctl, id, command, arg);
}

static inline long msg_ctl(long id, int command, void *arg)
{
	return syscall(SYS_msgctl, id, command, arg);
}

/* The child must end with 0. */
static inline void ends_well(pid_t child)
{
	int status;

	CHECK(waitpid(child, &status, 0) == child && status == 0);
}
