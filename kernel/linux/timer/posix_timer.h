/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_timer.h - timers of timer_create(2), which belong to a process.
 * The calls are in sys_timer.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/time.h>

#include "avl.h"
#include "wait.h"

struct group;
struct siginfo;
struct sigowner;

struct posix_timer {
	struct avl_node node; /* in group->posix_timers */
	struct timer timer;   /* deadline: when it expires, or did last, in ns since boot or of processor time */
	struct group *group;
	int id;
	int clock;
	bool cpu;	  /* on processor time: checked by the tick, and `timer` is on no list */
	uint32_t cpu_tid; /* the thread whose time it is, or 0: the process's */
	int notify;	  /* SIGEV_* */
	int sig;
	uint32_t tid;	   /* SIGEV_THREAD_ID: the thread that gets the signal */
	uint64_t value;	   /* for si_value */
	uint64_t interval; /* ns, 0: none */
	uint64_t overdue;  /* of an absolute expiration before boot: how many ns before; else 0 */
	/*
	 * In posix_timer.c's list, from when it is set to a time of CLOCK_REALTIME or CLOCK_TAI
	 * until it is set anew; what time_boot_realtime() was when its deadline was reckoned; and
	 * how often CLOCK_REALTIME had been set then.
	 */
	struct list follows;
	uint64_t boot_realtime, clock_sets;
	int overrun; /* expirations while the last signal was pending; for timer_getoverrun(2) */
	bool armed;
	bool signalled;		 /* its signal is pending */
	uint32_t uid;		 /* the user who made it */
	struct sigowner *charge; /* of the user, for the next signal; NULL while that is pending */
};

/* Prepares P, otherwise filled in, for posix_timer_start(). */
void posix_timer_init(struct posix_timer *p);
/* The timer ID of the current process; NULL: there is none. */
struct posix_timer *posix_timer_find(int id);
/* Makes P, whose id no other has, one of the current process's timers, to which it then belongs. */
void posix_timer_add(struct posix_timer *p);
/*
 * The time to compare with P's deadline: ns since boot, or of processor time. 0: the thread whose
 * processor time it is has ended.
 */
uint64_t posix_timer_now(const struct posix_timer *p);
/*
 * posix_timer_start() arms P, to expire at DEADLINE. posix_timer_stop() disarms it: a signal that
 * is pending stays so, but does not start another interval.
 */
void posix_timer_start(struct posix_timer *p, uint64_t deadline);
void posix_timer_stop(struct posix_timer *p);

/*
 * Moves P's deadline on by whole intervals until it is in the future. Returns how many these were,
 * at most INT32_MAX. P must have an interval if it is due. [hrtimer_forward]
 */
[[nodiscard]] int posix_timer_forward(struct posix_timer *p);

/*
 * In sys_timer.c, for its calls and those of timerfd.c. posix_timer_read() reads a struct
 * itimerspec at user address FROM, in ns: 0, -EFAULT, or -EINVAL: a time in it is not valid.
 * posix_timer_setting() returns P's interval, and the time left. posix_timer_set() makes P expire
 * VALUE ns from now, or, ABSOLUTE, when its clock shows VALUE; VALUE 0 turns it off.
 */
[[nodiscard]] int posix_timer_read(uint64_t from, uint64_t *value, uint64_t *interval);
struct __kernel_itimerspec posix_timer_setting(const struct posix_timer *p);
void posix_timer_set(struct posix_timer *p, uint64_t value, uint64_t interval, bool absolute);

/* P's deadline is a time of a clock that can be set: it moves when that is. */
void posix_timer_follow(struct posix_timer *p);
/*
 * Called when P fires. True: the clock was set, and P's time has not come yet: it was started anew.
 */
[[nodiscard]] bool posix_timer_is_early(struct posix_timer *p);
/*
 * In sys_clock.c: sets CLOCK_REALTIME to SEC and NSEC: 0, -EINVAL, or -EPERM without CAP_SYS_TIME.
 * Lets other tasks run. [do_settimeofday64]
 */
[[nodiscard]] int clock_set(int64_t sec, int64_t nsec);
/*
 * Called when CLOCK_REALTIME was set. Let other tasks run. posix_timers_clock_was_set() moves the
 * deadlines of timers that wait for a time of it; timerfd_clock_was_set(), in timerfd.c, is for
 * TFD_TIMER_CANCEL_ON_SET.
 */
void posix_timers_clock_was_set(void);
void timerfd_clock_was_set(void);

/*
 * Called by the tick: checks the current process's timers on processor time. True: some are armed.
 */
bool posix_timers_tick(void);

/* Removes and frees G's timers, at execve and when G ends. */
void posix_timers_drop(struct group *g);

/*
 * Called when the current task has taken a timer's signal: stores in INFO how often the timer has
 * expired since that was sent, and starts the next interval. [posixtimer_rearm]
 */
void posix_timer_signal_taken(struct siginfo *info);
