/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-stopped-sleep-goes-on-as-restart-syscall - a nanosleep that was stopped and continued
 * sleeps its rest; it does so by restart_syscall, which a filter judges as a call of its own.
 */
#include "guest.h"

static pid_t sleeper(int filtered)
{
	const struct timespec wanted = { 0, 300000000 };
	const pid_t child = fork();

	if (child == 0) {
		if (filtered)
			CHECK(INSTALL(0, ON(SYS_restart_syscall, ERRNO(77))) == 0);
		/* Not by the library, which might know better. */
		const long result = raw(SYS_nanosleep, (long)&wanted, 0, 0, 0, 0, 0);
		_exit(result == 0 ? 1 : (int)-result);
	}
	return child;
}

static int stop_and_continue(pid_t child)
{
	int status;

	sleep_ms(50);
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	return status;
}

int main(void)
{
	struct timespec begin, end;

	set_no_new_privs();
	CHECK(clock_gettime(CLOCK_MONOTONIC, &begin) == 0);
	CHECK(exited_with(stop_and_continue(sleeper(0)), 1));
	CHECK(clock_gettime(CLOCK_MONOTONIC, &end) == 0);
	CHECK((end.tv_sec - begin.tv_sec) * 1000 + (end.tv_nsec - begin.tv_nsec) / 1000000 >= 300);
	CHECK(exited_with(stop_and_continue(sleeper(1)), 77));
	return 0;
}
