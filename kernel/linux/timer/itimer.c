/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * itimer.c - interval timers (setitimer, getitimer), and the limit on processor time, RLIMIT_CPU.
 * [kernel/time/itimer.c]
 *
 * ITIMER_REAL is a kernel timer. ITIMER_VIRTUAL counts the processor time that the process itself
 * has used, and ITIMER_PROF also what the kernel has for it. The tick checks them and the limit, so
 * their signals come at a tick.
 */
#include "itimer.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/time.h>

#include "cputime.h"
#include "pidns.h"
#include "posix_timer.h"
#include "sample.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "trap.h"
#include "usercopy.h"

/* ---- ITIMER_REAL ---- */

static void real_timer_fires(struct timer *timer)
{
	signal_send_kernel_group(container_of(timer, struct group, real_timer), SIGALRM);
}

void itimer_signal_taken(struct group *g)
{
	const uint64_t now = time_now();
	uint64_t next = g->real_timer.deadline + g->real_interval;

	if (g->real_interval == 0 || timer_pending(&g->real_timer))
		return;
	if (next <= now)
		next += ((now - next) / g->real_interval + 1) * g->real_interval;
	timer_start(&g->real_timer, next);
}

/* ---- ITIMER_VIRTUAL, ITIMER_PROF, RLIMIT_CPU ---- */

/*
 * If C has expired when the current process has USED so many ns, sends it SIG. Then C, if it has an
 * interval, expires again at the first interval's end after USED; else it is off.
 * [check_cpu_itimer]
 */
static void cpu_timer_check(struct cpu_timer *c, uint64_t used, int sig)
{
	if (c->expires == 0 || used < c->expires)
		return;
	signal_send_kernel_group(current->group, sig);
	if (c->interval == 0)
		c->expires = 0;
	else
		c->expires += ((used - c->expires) / c->interval + 1) * c->interval;
}

/*
 * Sends SIGKILL to G, which has USED so many ns, at the hard limit, and SIGXCPU at the soft limit.
 * That rises by a second each time, so the next SIGXCPU comes a second later.
 * [check_process_timers]
 */
static void cpu_limit_check(struct group *g, uint64_t used)
{
	struct rlimit64 *l = &g->limits[RLIMIT_CPU];
	const uint64_t seconds = used / NSEC_PER_SEC;

	if (l->rlim_max != RLIM_INFINITY && seconds >= l->rlim_max) {
		signal_send_kernel_group(g, SIGKILL);
	} else if (l->rlim_cur != RLIM_INFINITY && seconds >= l->rlim_cur) {
		signal_send_kernel_group(g, SIGXCPU);
		l->rlim_cur++;
	}
}

void itimer_tick(void)
{
	struct group *g = current->group;
	uint64_t used;

	if (current->state != TASK_RUNNING || current->mm == NULL)
		return; /* no program runs; its group may be gone */
	sample_tick();
	if (!posix_timers_tick() && g->cpu_timer[0].expires == 0 && g->cpu_timer[1].expires == 0 &&
	    g->limits[RLIMIT_CPU].rlim_cur == RLIM_INFINITY)
		return;
	used = group_cpu_time(g);
	cpu_timer_check(&g->cpu_timer[0], used - usage_of_group(g).system, SIGVTALRM);
	cpu_timer_check(&g->cpu_timer[1], used, SIGPROF);
	cpu_limit_check(g, used);
}

/* ---- setitimer, getitimer ---- */

struct setting {
	uint64_t value, interval; /* ns */
};

/* The ns left until EXPIRES. A timer that is due, but has not fired, has 1 us left: 0 means off. */
static uint64_t itimer_time_left(uint64_t expires, uint64_t now)
{
	return expires > now ? expires - now : NSEC_PER_USEC;
}

static uint64_t cpu_timer_now(const struct group *g, int which)
{
	return group_cpu_time(g) - (which == ITIMER_VIRTUAL ? usage_of_group(g).system : 0);
}

static struct setting setting_of(const struct group *g, int which)
{
	const struct cpu_timer *c;
	struct setting s = { 0, 0 };

	if (which == ITIMER_REAL) {
		if (timer_pending(&g->real_timer))
			s.value = itimer_time_left(g->real_timer.deadline, time_now());
		s.interval = g->real_interval;
		return s;
	}
	c = &g->cpu_timer[which - ITIMER_VIRTUAL];
	if (c->expires != 0)
		s.value = itimer_time_left(c->expires, cpu_timer_now(g, which));
	s.interval = c->interval;
	return s;
}

static void itimer_set(struct group *g, int which, const struct setting *s)
{
	struct cpu_timer *c;

	if (which == ITIMER_REAL) {
		timer_stop(&g->real_timer);
		g->real_interval = s->value == 0 ? 0 : s->interval;
		g->real_timer.fire = real_timer_fires;
		if (s->value != 0)
			timer_start(&g->real_timer, time_now() + s->value);
		return;
	}
	c = &g->cpu_timer[which - ITIMER_VIRTUAL];
	c->interval = s->interval;
	c->expires = s->value == 0 ? 0 : cpu_timer_now(g, which) + s->value;
}

static int setting_to_user(uint64_t to, const struct setting *s)
{
	const struct __kernel_old_itimerval v = {
		.it_interval = timeval_from_ns(s->interval),
		.it_value = timeval_from_ns(s->value),
	};

	return copy_to_user(to, &v, sizeof(v));
}

long sys_getitimer(uint64_t which, uint64_t value)
{
	struct setting s;

	if ((int)which < ITIMER_REAL || (int)which > ITIMER_PROF)
		return -EINVAL;
	s = setting_of(current->group, (int)which);
	return setting_to_user(value, &s);
}

long sys_setitimer(uint64_t which, uint64_t new, uint64_t old)
{
	struct __kernel_old_itimerval v;
	struct setting s, was;

	memset(&v, 0, sizeof(v)); /* NULL turns the timer off, as Linux still allows */
	if (new != 0 && copy_from_user(&v, new, sizeof(v)) != 0)
		return -EFAULT;
	if (!timeval_is_valid(&v.it_value) || !timeval_is_valid(&v.it_interval))
		return -EINVAL;
	s.value = timeval_to_ns(&v.it_value);
	s.interval = timeval_to_ns(&v.it_interval);
	if ((int)which < ITIMER_REAL || (int)which > ITIMER_PROF)
		return -EINVAL;
	was = setting_of(current->group, (int)which);
	itimer_set(current->group, (int)which, &s);
	return old == 0 ? 0 : setting_to_user(old, &was);
}
