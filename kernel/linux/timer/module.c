/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module timer: setitimer, timer_create, timerfd, RLIMIT_CPU; the calls that set
 * clocks; and those that tell what a process has used, times and getrusage.
 */
#include <abi/signal.h>

#include "itimer.h"
#include "module.h"
#include "posix_timer.h"
#include "prctl.h"
#include "signal.h"
#include "slack.h"
#include "task.h"

static void exec_timers(void)
{
	posix_timers_drop(current->group);
}

static void end_timers(struct group *g)
{
	timer_stop(&g->real_timer);
	posix_timers_drop(g);
}

const struct task_part timer_part = { .exec = exec_timers, .group[GROUP_ENDS] = end_timers };

static void signal_taken(struct siginfo *info, bool of_group)
{
	if (of_group && info->si_signo == SIGALRM)
		itimer_signal_taken(current->group);
	if (info->si_code == SI_TIMER)
		posix_timer_signal_taken(info);
}

static void timer_module_init(void)
{
	static struct prctl_options options = { .control = slack_prctl };

	prctl_also(&options);
	sched_on_tick(itimer_tick);
	signal_on_taken(signal_taken);
}

const struct module timer_module = { .name = "timer", .init = timer_module_init };
