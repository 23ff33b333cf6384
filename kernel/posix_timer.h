/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_timer.h - timers of timer_create(2), which belong to a process.
 */
#pragma once

struct group;
struct siginfo;

/* execve, and the end of G: it has no timers any more. */
void posix_timers_drop(struct group *g);

/* A timer's signal was taken: fills in how many times it expired meanwhile, and starts the next interval. [posixtimer_rearm] */
void posix_timer_signal_taken(struct siginfo *info);
