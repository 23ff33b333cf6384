/* SPDX-License-Identifier: BSD-2-Clause */
/* sched.h - clone and kin, with glibc's prototypes. */
#pragma once

#include <sys/types.h>

#include <abi/sched.h>

#define SCHED_OTHER SCHED_NORMAL

struct sched_param {
	int sched_priority;
};

int clone(int (*function)(void *), void *stack, int flags, void *argument, ... /* ptid, tls, ctid */);
int sched_yield(void);
int unshare(int flags);
