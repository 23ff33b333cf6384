/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupted.h - a supervisor that gets a signal while it waits, for the programs that claim
 * something about that.
 */
#pragma once

#include "notify.h"

static volatile int signals;
static int supervisor;

static void on_signal(int number)
{
	(void)number;
	signals++;
}

/* Of SIGUSR1, to this process, with FLAGS. */
static inline void handle_signals(int flags)
{
	const struct sigaction action = { .sa_handler = on_signal, .sa_flags = flags };

	supervisor = getpid();
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
}

static inline void interrupt(void)
{
	until_asleep(supervisor);
	CHECK(kill(supervisor, SIGUSR1) == 0);
}
