/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cputime.c - processor time, and the clocks that show it: see cputime.h. Called by the calls about
 * clocks and usage, and by timers.
 */
#include "cputime.h"

#include "pidns.h"
#include "task.h"

uint64_t task_cpu_time(const struct task *t)
{
	return t == current ? sched_current_time() : t->time;
}

uint64_t group_cpu_time(const struct group *g)
{
	uint64_t sum = g->time;

	group_for_each_thread(t, g)
		if (t->state != TASK_ZOMBIE && t->state != TASK_DEAD)
			sum += task_cpu_time(t);
	return sum;
}

uint64_t cputime_system_total;

uint64_t cputime_system(struct cpu_shown *last, uint64_t total, uint64_t system)
{
	if (total - system < last->user)
		system = total - last->user;
	if (system < last->system)
		system = last->system;
	last->user = total - system;
	last->system = system;
	return system;
}

/*
 * A negative clock id holds, from bit 3 on, the complement of a pid; in bit 2, whether that is a
 * thread's; in the lowest two bits, which of three times is meant. These are all the same here.
 * [linux/posix-timers_types.h]
 */
#define CPUCLOCK_KIND 3
#define CPUCLOCK_FD 3
#define CPUCLOCK_THREAD 4

bool cpu_clock_find(int clock, const struct task **t, bool *thread)
{
	const uint32_t pid = ~(uint32_t)(clock >> 3);

	*t = pid == 0 ? current : task_find(pidns_id(pid));
	*thread = (clock & CPUCLOCK_THREAD) != 0;
	if ((clock & CPUCLOCK_KIND) == CPUCLOCK_FD || *t == NULL)
		return false;
	return *thread ? (*t)->group == current->group : *t == current || *t == (*t)->group->leader;
}
