/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * giving.h - two supervisors that give descriptors, for the programs that claim something about an
 * ADDFD that waits.
 *
 * All run on one processor, the two supervisors in real time, so that the process that waits gets
 * to nothing before they let it.
 */
#pragma once

#include "notify.h"

static int listener, orders[2], results[2], given[2];
static pid_t child, other; /* who makes the calls; the other supervisor */

static inline int give(uint64_t id, unsigned flags)
{
	const struct seccomp_notif_addfd a = { .id = id, .flags = flags, .srcfd = (unsigned)given[1] };

	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a) == -1 ? -errno : 0;
}

static inline void set_priority(int priority)
{
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
}

static inline void on_signal(int number)
{
	(void)number;
}

/* The other supervisor: gives the descriptor as it is told. */
static inline void gives(void)
{
	const struct sigaction action = { .sa_handler = on_signal };
	struct {
		uint64_t id;
		unsigned flags;
	} order;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	set_priority(20);
	while (read(orders[0], &order, sizeof(order)) == sizeof(order)) {
		const int result = give(order.id, order.flags);

		CHECK(write(results[1], &result, sizeof(result)) == sizeof(result));
	}
}

static inline void order(uint64_t id, unsigned flags)
{
	struct {
		uint64_t id;
		unsigned flags;
	} o;

	memset(&o, 0, sizeof(o));
	o.id = id;
	o.flags = flags;
	CHECK(write(orders[1], &o, sizeof(o)) == sizeof(o));
}

static inline int interrupted(void)
{
	int result;

	CHECK(kill(other, SIGUSR1) == 0);
	CHECK(read(results[0], &result, sizeof(result)) == sizeof(result));
	return result == -EINTR;
}

/*
 * The child runs CALLS, and its first one waits for an answer: that call's id. The other supervisor
 * is there, and this one goes before whoever waits.
 */
static inline uint64_t begin(void (*calls)(void))
{
	const unsigned long first_processor = 1;
	uint64_t id;

	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first_processor), &first_processor) == 0);
	CHECK(pipe2(orders, O_CLOEXEC) == 0 && pipe2(results, 0) == 0 && pipe2(given, 0) == 0);
	listener = listen_for(SYS_getppid, 0);
	child = child_of(calls);
	id = receive(listener).id;
	other = child_of(gives);
	until_asleep(other);
	set_priority(10);
	return id;
}

/* The child has ended, with 0; the other supervisor waits for orders still. */
static inline void end(void)
{
	CHECK(end_of(child) == 0);
	CHECK(kill(other, SIGKILL) == 0 && killed_by(end_of(other), SIGKILL));
}
