/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex_waitv.c - futex_waitv: sleeps on several words at once.
 * [kernel/futex/syscalls.c, waitwake.c]
 */
#include <abi/errno.h>
#include <abi/futex.h>
#include <abi/time.h>

#include "futex_sleeper.h"
#include "page.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

struct wait {
	struct futex_waitv what;
	struct futex_sleeper sleeper;
};

/* Reads and checks N struct futex_waitv: 0, -EFAULT or -EINVAL. [futex_parse_waitv] */
static int read_waiters(struct wait *w, uint64_t from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (copy_from_user(&w[i].what, from + i * sizeof(w[i].what), sizeof(w[i].what)) != 0)
			return -EFAULT;
		if ((w[i].what.flags & ~(uint32_t)(FUTEX_32 | FUTEX_PRIVATE_FLAG)) != 0 || w[i].what.__reserved != 0 ||
		    (w[i].what.flags & FUTEX_32) == 0)
			return -EINVAL;
	}
	return 0;
}

/*
 * Takes the task off all words. Returns the index of the last one where it was woken, or -1.
 * [futex_unqueue_multiple]
 */
static int unqueue_all(struct wait *w, uint32_t n)
{
	int woken = -1;

	for (uint32_t i = 0; i < n; i++) {
		futex_unqueue(&w[i].sleeper);
		if (w[i].sleeper.woken)
			woken = (int)i;
	}
	return woken;
}

/*
 * Checks that all words have the expected values, and queues the task on all of them. 0; or -errno,
 * and the task is queued on none. [futex_wait_multiple_setup]
 */
static int queue_all(struct wait *w, uint32_t n)
{
	uint32_t now;
	int err = 0;

	for (uint32_t i = 0; i < n && err == 0; i++) {
		w[i].sleeper = (struct futex_sleeper){ .bitset = UINT32_MAX, .task = current };
		list_init(&w[i].sleeper.hashed.link);
		err = futex_get_key(w[i].what.uaddr, (w[i].what.flags & FUTEX_PRIVATE_FLAG) != 0, &w[i].sleeper.key);
	}
	/* No other task runs in between: what holds here still holds when the task sleeps. */
	for (uint32_t i = 0; i < n && err == 0; i++) {
		err = load_user_u32(&now, w[i].what.uaddr);
		if (err == 0 && now != (uint32_t)w[i].what.val)
			err = -EAGAIN;
	}
	for (uint32_t i = 0; i < n && err == 0; i++)
		futex_queue(&w[i].sleeper);
	return err;
}

static bool any_woken(const struct wait *w, uint32_t n)
{
	while (n > 0 && !w[n - 1].sleeper.woken)
		n--;
	return n > 0;
}

static long wait_for_any(struct wait *w, uint32_t n, uint64_t deadline)
{
	int err = queue_all(w, n), woken;

	if (err != 0)
		return err;
	while (err == 0 && !any_woken(w, n))
		err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	woken = unqueue_all(w, n);
	return woken >= 0 ? woken : err == -EINTR ? -ERESTARTSYS : err;
}

long sys_futex_waitv(uint64_t waiters, uint64_t un, uint64_t flags, uint64_t utime, uint64_t clock)
{
	const uint32_t n = (uint32_t)un;
	uint64_t deadline;
	struct wait *w;
	long result;

	if ((uint32_t)flags != 0 || n == 0 || n > FUTEX_WAITV_MAX || waiters == 0)
		return -EINVAL;
	if (utime != 0 && (int)clock != CLOCK_REALTIME && (int)clock != CLOCK_MONOTONIC)
		return -EINVAL;
	result = poll_deadline_at(utime, (int)clock == CLOCK_REALTIME, &deadline);
	if (result != 0)
		return result;
	w = kmalloc(n * sizeof(*w));
	if (w == NULL)
		return -ENOMEM;
	result = read_waiters(w, waiters, n);
	if (result == 0)
		result = wait_for_any(w, n, deadline);
	kfree(w);
	return result;
}
