/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll_wait.c - waits for what is watched: epoll_pwait, and epoll_pwait2, whose time-out is a
 * timespec. [fs/eventpoll.c]
 */
#include "epoll_watch.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

#define EVENTS_MAX (INT32_MAX / (int)sizeof(struct epoll_event))

/* Copies EVENTS of W to user address TO: 1, 0 if EVENTS is empty, or -EFAULT. */
static long report_watch(struct watch *w, uint32_t events, uint64_t to)
{
	struct epoll_event out = w->event;

	out.events = events;
	if (events == 0)
		return 0;
	if (copy_to_user(to, &out, sizeof(out)) != 0)
		return -EFAULT;
	if (w->event.events & EPOLLONESHOT)
		w->disabled = true;
	else if ((w->event.events & EPOLLET) == 0)
		list_add_tail(&w->ready, &w->epoll->ready);
	return 1;
}

/*
 * Copies up to MAX events of watches that are ready to user address UEVENTS: how many, or -EFAULT.
 * Lets other tasks run, which may report from the same lists meanwhile. [ep_send_events]
 */
static long epoll_report(struct epoll *e, uint64_t uevents, int max)
{
	uint32_t worked = 0;
	long n = 0, result = 0;

	list_move_all(&e->ready, &e->left);
	while (!list_empty(&e->left) && n < max) {
		struct watch *w = container_of(e->left.next, struct watch, ready);
		const uint32_t events = watch_events(w); /* W is still on a list: asking may wake its queue */

		if (events == POLL_UNFINISHED) {
			if (sched_give_way())
				break;
			continue;
		}
		list_del(&w->ready);
		result = report_watch(w, events, uevents + (uint64_t)n * sizeof(struct epoll_event));
		if (result < 0) {
			list_add(&w->ready, &e->left);
			break;
		}
		n += result;
		if (sched_worked(&worked, WATCH_WORK))
			break;
	}
	/* Watches that were not reached come first next time. */
	list_move_all(&e->left, &e->ready);
	if (!list_empty(&e->ready))
		waitq_wake_one(&e->wait);
	return n != 0 ? n : result;
}

static long wait_for_events(struct epoll *e, uint64_t uevents, int max, uint64_t deadline)
{
	long n = epoll_report(e, uevents, max);
	int err = 0;

	while (n == 0 && err == 0 && deadline != 0) {
		struct waiter waiter;

		wait_begin(&e->wait, &waiter);
		if (list_empty(&e->ready))
			err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
		wait_end(&waiter);
		n = epoll_report(e, uevents, max);
	}
	return n == 0 && err != -ETIMEDOUT ? err : n;
}

/*
 * Waits until DEADLINE (0: not at all), with the signal mask at SIGMASK, for events of the epoll
 * file EPFD. Stores up to MAX at user address EVENTS. Returns how many, or -errno. [do_epoll_pwait]
 */
static long epoll_wait_until(uint64_t epfd, uint64_t events, uint64_t max, uint64_t deadline, uint64_t sigmask,
			     uint64_t size)
{
	struct file *f;
	long result = poll_set_mask(sigmask, size);

	if (result != 0)
		return result;
	f = fd_get(epfd);
	if ((int)max <= 0 || (int)max > EVENTS_MAX)
		result = -EINVAL;
	else if (!user_range_ok(events, (uint64_t)(int)max * sizeof(struct epoll_event)))
		result = -EFAULT;
	else if (f == NULL)
		result = -EBADF;
	else if (f->ops != &epoll_ops)
		result = -EINVAL;
	else
		result = wait_for_events(f->data, events, (int)max, deadline);
	if (f != NULL)
		file_put(f);
	/*
	 * Unlike ppoll, the call is never restarted. After -EINTR the mask is restored when the
	 * signal has been handled; otherwise here.
	 */
	if (sigmask != 0 && result != -EINTR) {
		signal_set_blocked(current->saved_blocked);
		current->restore_blocked = false;
	}
	return result;
}

long sys_epoll_pwait(uint64_t epfd, uint64_t events, uint64_t max, uint64_t timeout, uint64_t sigmask, uint64_t size)
{
	const int ms = (int)timeout;
	const uint64_t deadline = ms < 0 ? TIME_NEVER : ms == 0 ? 0 : time_now() + (uint64_t)ms * NSEC_PER_MSEC;

	return epoll_wait_until(epfd, events, max, deadline, sigmask, size);
}

long sys_epoll_pwait2(uint64_t epfd, uint64_t events, uint64_t max, uint64_t timeout, uint64_t sigmask, uint64_t size)
{
	uint64_t deadline;
	const int err = poll_deadline(timeout, &deadline);

	return err != 0 ? err : epoll_wait_until(epfd, events, max, deadline, sigmask, size);
}
