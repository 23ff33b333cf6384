/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-that-is-interrupted-gives-nothing - a signal ends ADDFD's wait for the process that
 * is to take the descriptor: it gets none, and the call can be answered still. Until then another
 * supervisor that would answer by a descriptor is told EBUSY; when one has, EINPROGRESS.
 *
 * All run on one processor, the two supervisors in real time, so that the process that waits gets
 * to nothing before they let it.
 */
#include "notify.h"

static int listener, orders[2], results[2], given[2];

static int give(uint64_t id, unsigned flags)
{
	const struct seccomp_notif_addfd a = { .id = id, .flags = flags, .srcfd = (unsigned)given[1] };

	return ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a) == -1 ? -errno : 0;
}

static void set_priority(int priority)
{
	CHECK(syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) == 0);
}

static void on_signal(int number)
{
	(void)number;
}

static void calls(void)
{
	CHECK(close(given[1]) == 0);
	CHECK(raw0(SYS_getppid) == 5);
	CHECK(fcntl(given[1], F_GETFD) == -1);
	CHECK(raw0(SYS_getppid) == given[1]);
}

/* The other supervisor: gives the descriptor as it is told. */
static void gives(void)
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

static void order(uint64_t id, unsigned flags)
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

static int interrupted(pid_t other)
{
	int result;

	CHECK(kill(other, SIGUSR1) == 0);
	CHECK(read(results[0], &result, sizeof(result)) == sizeof(result));
	return result == -EINTR;
}

int main(void)
{
	const unsigned long first_processor = 1;
	pid_t child, other;
	uint64_t id;

	CHECK(syscall(SYS_sched_setaffinity, 0, sizeof(first_processor), &first_processor) == 0);
	CHECK(pipe2(orders, O_CLOEXEC) == 0 && pipe2(results, 0) == 0 && pipe2(given, 0) == 0);
	listener = listen_for(SYS_getppid, 0);
	child = child_of(calls);
	id = receive(listener).id;
	other = child_of(gives);
	until_asleep(other);
	set_priority(10);
	order(id, 0);
	CHECK(give(id, SECCOMP_ADDFD_FLAG_SEND) == -EBUSY);
	CHECK(interrupted(other));
	CHECK(id_valid(listener, id) == 0);
	CHECK(answer(listener, id, 0, 5, 0) == 0);
	until_asleep(child);
	id = receive(listener).id;
	order(id, SECCOMP_ADDFD_FLAG_SEND);
	CHECK(give(id, 0) == -EINPROGRESS);
	REFUSED(answer(listener, id, 0, 4, 0), EINPROGRESS);
	REFUSED(id_valid(listener, id), ENOENT);
	CHECK(end_of(child) == 0);
	CHECK(kill(other, SIGKILL) == 0 && killed_by(end_of(other), SIGKILL));
	return 0;
}
