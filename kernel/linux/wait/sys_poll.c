/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_poll.c - ppoll, and what pselect6 and epoll_pwait share with it. [fs/select.c]
 *
 * The first pass over the descriptors puts the task on the wait queue of each. After that, every
 * wake-up leads to a pass that only looks.
 */
#include "poll.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/personality.h>
#include <abi/time.h>

#include "file.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

#define FILE_WORK 1024U /* the part of SCHED_STINT that asking a file counts for */

/*
 * Asks each file once, and returns how many are ready. Up to the first ready one, puts the task on
 * the files' wait queues, if T is not NULL. Lets other tasks run: if they wake a queue meanwhile,
 * current->look_again is set.
 */
static long poll_pass(struct pollfd *fds, uint64_t n, struct poll_waits *t)
{
	uint32_t worked = 0;
	long ready = 0;

	current->look_again = false;

	for (uint64_t i = 0; i < n; i++) {
		const uint32_t before = poll_steps;
		uint32_t events = POLLNVAL;
		struct file *f;

		fds[i].revents = 0;
		if (fds[i].fd < 0)
			continue;
		f = fd_get((uint32_t)fds[i].fd);
		if (f != NULL) {
			events = poll_file(f, ready == 0 ? t : NULL);
			events &= (uint16_t)fds[i].events | POLLERR | POLLHUP;
			file_put(f);
		}
		fds[i].revents = (int16_t)events;
		ready += events != 0;
		if (sched_worked(&worked, (1UL + poll_steps - before) * FILE_WORK))
			break;
	}
	return ready;
}

long poll_run(struct pollfd *fds, uint64_t n, uint64_t deadline)
{
	struct poll_waits t;
	long ready;
	int err = 0;

	if (deadline == 0) {
		ready = poll_pass(fds, n, NULL);
		return ready == 0 && signal_pending() ? -EINTR : ready;
	}
	poll_begin(&t);
	ready = poll_pass(fds, n, &t);
	while (ready == 0 && err == 0 && !t.failed) {
		err = current->look_again ? 0 : task_sleep(WAIT_INTERRUPTIBLE, deadline);
		ready = poll_pass(fds, n, NULL);
	}
	poll_end(&t);
	if (ready == 0 && t.failed)
		return -ENOMEM;
	return ready == 0 && err == -EINTR ? -EINTR : ready;
}

int poll_set_mask(uint64_t uset, uint64_t size)
{
	uint64_t set;

	if (uset == 0)
		return 0;
	if (size != sizeof(set))
		return -EINVAL;
	if (copy_from_user(&set, uset, sizeof(set)) != 0)
		return -EFAULT;
	signal_set_blocked_for_call(set);
	return 0;
}

long poll_finish(long result, uint64_t uts, uint64_t deadline, bool masked)
{
	struct __kernel_timespec left = { 0, 0 };
	uint64_t now = time_now();

	if (result == -EINTR)
		result = -ERESTARTNOHAND;
	if (masked && result != -ERESTARTNOHAND) {
		signal_set_blocked(current->saved_blocked);
		current->restore_blocked = false;
	}
	if (uts == 0 || deadline == 0 || deadline == TIME_NEVER)
		return result;
	/* With STICKY_TIMEOUTS the time left is not stored, so a restart would wait too long. */
	if ((current->personality & STICKY_TIMEOUTS) != 0)
		return result == -ERESTARTNOHAND ? -EINTR : result;
	if (deadline > now)
		left = timespec_from_ns(deadline - now);
	/* Failing to store the time left is no error; but a restart would wait too long. */
	if (copy_to_user(uts, &left, sizeof(left)) != 0 && result == -ERESTARTNOHAND)
		return -EINTR;
	return result;
}

static long poll_user(uint64_t ufds, uint64_t n, uint64_t deadline)
{
	struct pollfd few[16], *fds = few;
	uint64_t size = n * sizeof(*fds);
	long ready = -EFAULT;

	if (n > current->group->limits[RLIMIT_NOFILE].rlim_cur)
		return -EINVAL;
	if (n > sizeof(few) / sizeof(few[0])) {
		fds = kmalloc(size);
		if (fds == NULL)
			return -ENOMEM;
	}
	if (copy_from_user(fds, ufds, size) == 0) {
		ready = poll_run(fds, n, deadline);
		if (ready >= 0 && copy_to_user(ufds, fds, size) != 0)
			ready = -EFAULT;
	}
	if (fds != few)
		kfree(fds);
	return ready;
}

long sys_ppoll(uint64_t fds, uint64_t n, uint64_t timeout, uint64_t sigmask, uint64_t sigsetsize)
{
	uint64_t deadline;
	int err = poll_deadline(timeout, &deadline);

	if (err == 0)
		err = poll_set_mask(sigmask, sigsetsize);
	if (err != 0)
		return err;
	return poll_finish(poll_user(fds, (uint32_t)n, deadline), timeout, deadline, sigmask != 0);
}
