/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-interval-timers - ITIMER_REAL sends SIGALRM again and again, ITIMER_VIRTUAL counts
 * processor time; both can be read and turned off.
 */
#include "guest.h"
#include <sys/time.h>

static volatile int alarms, virtuals;

static void caught(int number)
{
	if (number == SIGALRM)
		alarms++;
	else
		virtuals++;
}

int main(void)
{
	struct itimerval t = { { 0, 20000 }, { 0, 20000 } }, old;
	const struct itimerval off = { { 0, 0 }, { 0, 0 } };

	signal(SIGALRM, caught);
	signal(SIGVTALRM, caught);
	CHECK(syscall(SYS_setitimer, ITIMER_REAL, &t, &old) == 0);
	CHECK(old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
	while (alarms < 3)
		pause();
	CHECK(syscall(SYS_getitimer, ITIMER_REAL, &old) == 0);
	CHECK(old.it_interval.tv_usec == 20000 && old.it_value.tv_usec <= 20000);
	CHECK(syscall(SYS_setitimer, ITIMER_REAL, &off, &old) == 0);
	alarms = 0;
	sleep_ms(50);
	CHECK(alarms == 0);

	CHECK(syscall(SYS_setitimer, ITIMER_VIRTUAL, &t, NULL) == 0);
	sleep_ms(50);
	CHECK(virtuals == 0);
	while (virtuals < 2)
		compute();
	REFUSED(syscall(SYS_setitimer, 3, &off, 0), EINVAL);
	t.it_value.tv_usec = 1000000;
	REFUSED(syscall(SYS_setitimer, ITIMER_REAL, &t, 0), EINVAL);
	REFUSED(syscall(SYS_setitimer, 3, KERNEL_ADDRESS, 0), EFAULT);
	return 0;
}
