/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.c - clocks, sleeping and interval timers.
 */
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
	return (int)syscall(SYS_clock_gettime, clock, now);
}

int clock_getres(clockid_t clock, struct timespec *resolution)
{
	return (int)syscall(SYS_clock_getres, clock, resolution);
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
	return (int)syscall(SYS_nanosleep, wanted, left);
}

int usleep(useconds_t microseconds)
{
	const struct timespec wanted = { (time_t)(microseconds / 1000000), (long)(microseconds % 1000000 * 1000) };

	return nanosleep(&wanted, NULL);
}

unsigned sleep(unsigned seconds)
{
	struct timespec left = { seconds, 0 };

	return nanosleep(&left, &left) < 0 ? (unsigned)left.tv_sec : 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	return (int)syscall(SYS_gettimeofday, now, zone);
}

time_t time(time_t *result)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (result != NULL)
		*result = now.tv_sec;
	return now.tv_sec;
}

int setitimer(int which, const struct itimerval *restrict new, struct itimerval *restrict old)
{
	return (int)syscall(SYS_setitimer, which, new, old);
}

unsigned alarm(unsigned seconds)
{
	const struct itimerval new = { .it_value.tv_sec = seconds };
	struct itimerval old;

	setitimer(ITIMER_REAL, &new, &old);
	return (unsigned)old.it_value.tv_sec + (old.it_value.tv_usec != 0);
}
