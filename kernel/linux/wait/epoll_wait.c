/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll_wait.c - epoll_pwait and epoll_pwait2, which differ in how the time is given.
 * [fs/eventpoll.c]
 */
#include "epoll.h"
#include "poll.h"
#include "sys.h"
#include "timespec.h"

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
