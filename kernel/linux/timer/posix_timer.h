/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_timer.h - timers of timer_create(2), which belong to a process.
 * The calls are in sys_timer.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/time.h>

#include "wait.h"

struct group;
struct siginfo;
struct sigowner;

struct posix_timer {
	struct posix_timer *next; /* of the process */
	struct timer timer;	  /* deadline: when it expires, or did last, in ns since boot or of processor time */
	struct group *group;
	int id;
	int clock;
	bool cpu;	  /* on processor time: looked at by the tick, timer is on no list */
	uint32_t cpu_tid; /* that of this thread, or 0: of the process */
	int notify;	  /* SIGEV_* */
	int sig;
	uint32_t tid;	   /* SIGEV_THREAD_ID: who is told */
	uint64_t value;	   /* for si_value */
	uint64_t interval; /* ns, 0: none */
	uint64_t overdue;  /* ns: how long before the machine's start it was to expire */
	int overrun;	   /* expirations that the last signal did not tell of */
	bool armed;
	bool signalled;		 /* its signal is under way */
	uint32_t uid;		 /* who made it */
	struct sigowner *charge; /* the place for its signal, which that takes when it is under way; or NULL */
};

/* Prepares P, otherwise filled in, for posix_timer_start(). */
void posix_timer_init(struct posix_timer *p);
/* What P's clock shows, in the unit of its deadline; 0 when its thread has ended. */
uint64_t posix_timer_now(const struct posix_timer *p);
void posix_timer_start(struct posix_timer *p, uint64_t deadline);
void posix_timer_stop(struct posix_timer *p);

/* Moves P's deadline past what its clock shows by whole intervals; how many. */
[[nodiscard]] int posix_timer_forward(struct posix_timer *p);

/*
 * In sys_timer.c, for its calls and those of timerfd.c. What user address FROM holds, in ns: 0,
 * -EFAULT, -EINVAL; what is set now; and setting it, VALUE 0: off.
 */
[[nodiscard]] int posix_timer_read(uint64_t from, uint64_t *value, uint64_t *interval);
struct __kernel_itimerspec posix_timer_setting(const struct posix_timer *p);
void posix_timer_set(struct posix_timer *p, uint64_t value, uint64_t interval, bool absolute);

/* In timerfd.c: CLOCK_REALTIME was set. */
void timerfd_clock_was_set(void);

/*
 * From the tick: the timers of the current process on processor time. True:
 * there are some that are armed.
 */
bool posix_timers_tick(void);

/* execve, and the end of G: it has no timers any more. */
void posix_timers_drop(struct group *g);

/*
 * A timer's signal was taken: fills in how many times it expired meanwhile, and starts the
 * next interval. [posixtimer_rearm]
 */
void posix_timer_signal_taken(struct siginfo *info);
