/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits.c - the resource limits with which the first process starts. The calls that read and set
 * limits are in kernel/linux/ids.
 *
 * Each limit is enforced where the thing that it limits is made: descriptors in fdtable.c, memory
 * in memory_limit.c, and so on.
 */
#include "limits.h"

#include <abi/resource.h>

#include "task.h"

/* [INIT_RLIMITS] */
void limits_init(struct group *g)
{
	for (unsigned i = 0; i < RLIM_NLIMITS; i++)
		g->limits[i] = (struct rlimit64){ RLIM_INFINITY, RLIM_INFINITY };
	g->limits[RLIMIT_STACK].rlim_cur = 8UL << 20;
	g->limits[RLIMIT_CORE].rlim_cur = 0;
	g->limits[RLIMIT_NPROC] = (struct rlimit64){ TASKS_MAX / 2, TASKS_MAX / 2 };
	g->limits[RLIMIT_SIGPENDING] = g->limits[RLIMIT_NPROC];
	g->limits[RLIMIT_NOFILE] = (struct rlimit64){ 1024, 4096 };
	g->limits[RLIMIT_MEMLOCK] = (struct rlimit64){ 8UL << 20, 8UL << 20 };
	g->limits[RLIMIT_MSGQUEUE] = (struct rlimit64){ 819200, 819200 };
	g->limits[RLIMIT_NICE] = (struct rlimit64){ 0, 0 };
	g->limits[RLIMIT_RTPRIO] = (struct rlimit64){ 0, 0 };
}
