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
	struct avl_node node; /* of the process */
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
	uint64_t overdue;  /* ns before the machine's start at which it was to expire */
	int overrun;	   /* expirations that the last signal did not report */
	bool armed;
	bool signalled;		 /* its signal is under way */
	uint32_t uid;		 /* the user who made it */
	struct sigowner *charge; /* the place for its signal, which that takes when it is under way; or NULL */
};

/* Prepares P, otherwise filled in, for posix_timer_start(). */
void posix_timer_init(struct posix_timer *p);
/* The timer ID of the current process, or NULL; P, with its id, is one of them from now on. */
struct posix_timer *posix_timer_find(int id);
void posix_timer_add(struct posix_timer *p);
/* What P's clock shows, in the unit of its deadline; 0 when its thread has ended. */
uint64_t posix_timer_now(const struct posix_timer *p);
void posix_timer_start(struct posix_timer *p, uint64_t deadline);
void posix_timer_stop(struct posix_timer *p);

/* Moves P's deadline on by whole intervals, past its clock's time. Returns how many. */
[[nodiscard]] int posix_timer_forward(struct posix_timer *p);

/*
 * In sys_timer.c, for its calls and those of timerfd.c. posix_timer_read() reads a struct
 * itimerspec at user address FROM, in ns: 0, -EFAULT, -EINVAL. posix_timer_setting() returns what P
 * is set to now. posix_timer_set() sets P; VALUE 0 turns it off.
 */
[[nodiscard]] int posix_timer_read(uint64_t from, uint64_t *value, uint64_t *interval);
struct __kernel_itimerspec posix_timer_setting(const struct posix_timer *p);
void posix_timer_set(struct posix_timer *p, uint64_t value, uint64_t interval, bool absolute);

/* In timerfd.c: called when CLOCK_REALTIME was set. */
void timerfd_clock_was_set(void);

/*
 * Called by the tick: checks the current process's timers on processor time. True: some are armed.
 */
bool posix_timers_tick(void);

/* Removes G's timers, at execve and when G ends. */
void posix_timers_drop(struct group *g);

/*
 * Called when a timer's signal was taken: stores in INFO how often it expired meanwhile, and starts
 * the next interval. [posixtimer_rearm]
 */
void posix_timer_signal_taken(struct siginfo *info);
