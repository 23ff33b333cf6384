/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * audit-records-have-a-time-and-a-number - a record says when it was made, by the clock of the day,
 * to the millisecond; and the next one has the next number.
 */
#include "guest.h"

static char text[65536];

static long milliseconds(void)
{
	struct timespec now;

	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Makes a call that is recorded, and looks at the last line of the kernel's. Returns its number. */
static unsigned long recorded(void)
{
	const long before = milliseconds();
	unsigned long seconds, fraction, number;
	const char *last = NULL;
	long when, n;

	raw0(SYS_getppid);
	n = syscall(SYS_syslog, 3, text, sizeof(text) - 1);
	CHECK(n > 0);
	text[n] = '\0';
	for (const char *at = text; (at = strstr(at, " audit(")) != NULL; at++)
		last = at;
	CHECK(last != NULL && sscanf(last, " audit(%lu.%3lu:%lu): ", &seconds, &fraction, &number) == 3);
	when = (long)(seconds * 1000 + fraction);
	CHECK(when >= before && when <= milliseconds());
	return number;
}

int main(void)
{
	unsigned long number;

	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(1))) == 0);
	number = recorded();
	sleep_ms(3);
	CHECK(recorded() == number + 1);
	return 0;
}
