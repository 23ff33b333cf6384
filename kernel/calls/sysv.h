/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysv.h - what /proc tells of System V's objects, and which of their limits can be set there.
 * kernel/linux/ipc serves it and kernel/linux/proc asks; the pointer between them is in sys_misc.c.
 */
#pragma once

#include <stdint.h>

struct text;

enum sysv_kind { SYSV_SEM, SYSV_MSG, SYSV_SHM };
enum sysv_limit {
	SYSV_SHMMAX,
	SYSV_SHMALL,
	SYSV_SHMMNI,
	SYSV_MSGMAX,
	SYSV_MSGMNB,
	SYSV_MSGMNI,
	SYSV_SEMMSL, /* from here on in the order of /proc/sys/kernel/sem */
	SYSV_SEMMNS,
	SYSV_SEMOPM,
	SYSV_SEMMNI,
	SYSV_MQ_QUEUES_MAX, /* of POSIX, in /proc/sys/fs/mqueue */
	SYSV_MQ_MSG_MAX,
	SYSV_MQ_MSGSIZE_MAX,
	SYSV_MQ_MSG_DEFAULT,
	SYSV_MQ_MSGSIZE_DEFAULT,
	SYSV_LIMITS
};

struct sysv_report {
	void (*show)(struct text *t, enum sysv_kind kind); /* the lines of /proc/sysvipc's file */
	uint64_t *(*limits)(void);			   /* of the current task's namespace */
	/* Where the id is that the next object there gets, if it is free; -1: any. */
	int32_t *(*next_id)(enum sysv_kind kind);
};

/* NULL: the image has no such objects. */
extern const struct sysv_report *sysv_report;
