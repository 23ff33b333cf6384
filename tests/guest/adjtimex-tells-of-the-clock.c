/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * adjtimex-tells-of-the-clock - adjtimex and clock_adjtime tell the time and how exact it is, to
 * everybody; who may not set the clock may change none of it; other clocks cannot be adjusted.
 */
#include "guest.h"

#ifdef __riscv
#include <abi/timex.h>
#else
#include <sys/timex.h>
#define __kernel_timex timex
#endif

static struct __kernel_timex t;

static long ask(unsigned modes)
{
	memset(&t, 0x55, sizeof(t));
	t.modes = modes;
	return syscall(SYS_adjtimex, &t);
}

static void is_told(long result)
{
	struct timespec now;

	CHECK(result == 0 || result == 5); /* TIME_OK or TIME_ERROR */
	CHECK((result == 5) == ((t.status & 0x40) != 0));
	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0 && t.time.tv_sec <= now.tv_sec &&
	      t.time.tv_sec + 60 > now.tv_sec);
	CHECK(t.time.tv_usec >= 0 && t.time.tv_usec < (t.status & 0x2000 ? 1000000000 : 1000000));
	CHECK(t.precision == 1 && t.tolerance == 32768000 && t.tick >= 9000 && t.tick <= 11000);
	CHECK(t.maxerror >= 0 && t.maxerror <= 16000000 && t.esterror >= 0 && t.esterror <= 16000000);
	CHECK(t.calcnt == 0 && t.stbcnt == 0);
}

int main(void)
{
	static const unsigned modes[] = { 0x8001, 0x10, 0x4000, 0x2000, 0x100, 2, 1, 0x80 };

	is_told(ask(0));
	is_told(ask(0xa001)); /* ADJ_OFFSET_SS_READ */
	t.modes = 0;
	is_told(syscall(SYS_clock_adjtime, CLOCK_REALTIME, &t));
	REFUSED(ask(0x8000), EINVAL);
	REFUSED(syscall(SYS_adjtimex, KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_clock_adjtime, 99, KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_clock_adjtime, 99, &t), EINVAL);
	REFUSED(syscall(SYS_clock_adjtime, CLOCK_MONOTONIC, &t), EOPNOTSUPP);
	REFUSED(syscall(SYS_clock_adjtime, CLOCK_TAI, &t), EOPNOTSUPP);
	drop_privileges();
	for (size_t n = 0; n < sizeof(modes) / sizeof(modes[0]); n++)
		REFUSED(ask(modes[n]), EPERM);
	is_told(ask(0));
	is_told(ask(0xa001));
	return 0;
}
