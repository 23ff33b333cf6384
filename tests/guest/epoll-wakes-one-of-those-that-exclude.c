/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll-wakes-one-of-those-that-exclude - of several processes that watch a pipe with
 * EPOLLEXCLUSIVE, each through an epoll file of its own, a byte wakes one; the next byte wakes
 * another, although the first has not read; whoever watches without it is always woken.
 */
#include "files.h"

#include <poll.h>

#ifdef __riscv
#include <abi/epoll.h>
#else
#include <sys/epoll.h>
#endif

#define PROCESSES 5

static int bytes[2];
static volatile int *woken; /* in order, then how many of the others */

static void wait_for_a_byte(uint32_t flags)
{
	struct epoll_event event = { .events = POLLIN | flags };
	const long fd = syscall(SYS_epoll_create1, 0);

	CHECK(syscall(SYS_epoll_ctl, fd, EPOLL_CTL_ADD, bytes[0], &event) == 0);
	CHECK(syscall(SYS_epoll_pwait, fd, &event, 1, -1, NULL, 8L) == 1 && event.events == POLLIN);
	__atomic_add_fetch(&woken[flags == 0], 1, __ATOMIC_SEQ_CST);
	for (;;)
		sleep_ms(1000);
}

static void exclusive(void)
{
	wait_for_a_byte(EPOLLEXCLUSIVE);
}

static void edge(void)
{
	wait_for_a_byte(EPOLLEXCLUSIVE | EPOLLET);
}

static void other(void)
{
	wait_for_a_byte(0);
}

static void one_after_another(void (*body)(void))
{
	pid_t child[PROCESSES + 1];

	woken[0] = woken[1] = 0;
	CHECK(pipe2(bytes, 0) == 0);
	for (int n = 0; n < PROCESSES; n++) {
		child[n] = child_of(body);
		until_asleep(child[n]);
	}
	child[PROCESSES] = child_of(other);
	until_asleep(child[PROCESSES]);
	for (int n = 1; n <= PROCESSES; n++) {
		CHECK(write(bytes[1], "x", 1) == 1);
		UNTIL(woken[0] == n && woken[1] == 1);
		sleep_ms(5);
		CHECK(woken[0] == n);
	}
	for (int n = 0; n <= PROCESSES; n++) {
		CHECK(kill(child[n], SIGKILL) == 0);
		end_of(child[n]);
	}
	CHECK(close(bytes[0]) == 0 && close(bytes[1]) == 0);
}

int main(void)
{
	woken = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(woken != MAP_FAILED);
	one_after_another(exclusive);
	one_after_another(edge);
	return 0;
}
