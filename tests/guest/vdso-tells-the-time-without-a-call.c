/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso-tells-the-time-without-a-call - a program whose filter refuses every call that tells the
 * time has the time all the same: the vDSO's clocks are the kernel's. What the vDSO cannot answer,
 * it asks, and the filter sees it.
 */
#include "vdso.h"

#define SEC 1000000000L

typedef long (*clock_function)(int clock, struct timespec *ts);
typedef long (*day_function)(struct timeval *tv, int *tz);
typedef long (*cpu_function)(unsigned *cpu, unsigned *node, void *unused);

static clock_function vdso_gettime, vdso_getres;
static day_function vdso_day;
static cpu_function vdso_cpu;

static const int clocks[] = {
	CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE,
	CLOCK_BOOTTIME, CLOCK_TAI
};

#define COUNT (sizeof(clocks) / sizeof(clocks[0]))

static long ns(struct timespec ts)
{
	CHECK(ts.tv_nsec >= 0 && ts.tv_nsec < SEC);
	return ts.tv_sec * SEC + ts.tv_nsec;
}

static long by_call(int clock)
{
	struct timespec ts;

	CHECK(raw(SYS_clock_gettime, clock, (long)&ts, 0, 0, 0, 0) == 0);
	return ns(ts);
}

static long by_vdso(int clock)
{
	struct timespec ts;

	CHECK(vdso_gettime(clock, &ts) == 0);
	return ns(ts);
}

/* Times of one clock, by turns from the kernel and from the vDSO, never go back. */
static void check_agrees(int clock)
{
	long last = by_call(clock);

	for (int i = 0; i < 200; i++) {
		const long now = i % 2 ? by_call(clock) : by_vdso(clock);

		CHECK(now >= last && now - last < 20 * SEC);
		last = now;
	}
}

static void check_day(void)
{
	struct timeval tv;
	int tz[2] = { 7, 7 };
	const long before = by_vdso(CLOCK_REALTIME);

	CHECK(vdso_day(&tv, NULL) == 0 && vdso_day(NULL, tz) == 0 && vdso_day(NULL, NULL) == 0);
	CHECK(tv.tv_usec >= 0 && tv.tv_usec < 1000000 && tz[0] == 0 && tz[1] == 0);
	CHECK(tv.tv_sec * SEC + tv.tv_usec * 1000 >= before - 1000 &&
	      tv.tv_sec * SEC + tv.tv_usec * 1000 - before < 20 * SEC);
}

static void cpu_time_by_vdso(void)
{
	struct timespec ts;

	vdso_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts); /* a call of the kernel's: the filter kills it */
}

int main(void)
{
	struct timespec here, there;
	unsigned cpu = 99;

	vdso_gettime = (clock_function)vdso_find("__vdso_clock_gettime");
	vdso_getres = (clock_function)vdso_find("__vdso_clock_getres");
	vdso_day = (day_function)vdso_find("__vdso_gettimeofday");
	vdso_cpu = (cpu_function)vdso_find("__vdso_getcpu");
	for (size_t i = 0; i < COUNT; i++) {
		check_agrees(clocks[i]);
		CHECK(vdso_getres(clocks[i], &here) == 0 && vdso_getres(clocks[i], NULL) == 0);
		CHECK(raw(SYS_clock_getres, clocks[i], (long)&there, 0, 0, 0, 0) == 0);
		CHECK(ns(here) == ns(there) && ns(here) > 0);
	}
	CHECK(vdso_cpu(&cpu, NULL, NULL) == 0 && cpu < 4096);
	CHECK(vdso_gettime(CLOCK_PROCESS_CPUTIME_ID, &here) == 0);
	CHECK(vdso_gettime(31, &here) == -EINVAL && vdso_gettime(1 << 16, &here) == -EINVAL);
	CHECK(vdso_getres(31, &here) == -EINVAL);

	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_clock_gettime, 1), RETURN(SECCOMP_RET_KILL_PROCESS),
		      SKIP_UNLESS(SYS_clock_getres, 1), RETURN(SECCOMP_RET_KILL_PROCESS),
		      SKIP_UNLESS(SYS_gettimeofday, 1), RETURN(SECCOMP_RET_KILL_PROCESS), ALLOW) == 0);
	for (size_t i = 0; i < COUNT; i++) {
		const long before = by_vdso(clocks[i]);

		sleep_ms(10);
		CHECK(by_vdso(clocks[i]) - before > 10 * 1000000L - 5000000L); /* a coarse clock's tick */
		CHECK(vdso_getres(clocks[i], &here) == 0);
	}
	check_day();
	CHECK(killed_by(status_of(cpu_time_by_vdso), SIGSYS));
	return 0;
}
