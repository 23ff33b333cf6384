/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.c - the part in C of the vDSO, which the kernel maps into every program as [vdso]: the time,
 * and what the hart can do, without a system call. names.S exports the functions; vdso.lds lays
 * them out. [arch/riscv/kernel/vdso, lib/vdso/gettimeofday.c of Linux]
 *
 * The functions read the page before them, [vvar]. What they cannot answer from it they ask by the
 * system call of the same name, which filters judge. The code is position-independent, and has
 * neither data of its own, nor a C library, nor floating point.
 */
#include <abi/hwprobe.h>
#include <abi/syscall.h>
#include <abi/time.h>
#include <stdbool.h>
#include <stddef.h>
#include <vvar.h>

#define COARSE_NSEC 4000000L /* what the coarse clocks promise: a tick of 250 Hz */
#define CLOCKS                                                                                                    \
	(1U << CLOCK_REALTIME | 1U << CLOCK_MONOTONIC | 1U << CLOCK_MONOTONIC_RAW | 1U << CLOCK_REALTIME_COARSE | \
	 1U << CLOCK_MONOTONIC_COARSE | 1U << CLOCK_BOOTTIME | 1U << CLOCK_TAI)
#define WALL_CLOCKS (1U << CLOCK_REALTIME | 1U << CLOCK_REALTIME_COARSE | 1U << CLOCK_TAI)
#define COARSE_CLOCKS (1U << CLOCK_REALTIME_COARSE | 1U << CLOCK_MONOTONIC_COARSE)

extern const volatile struct vvar vvar __attribute__((visibility("hidden"))); /* vdso.lds: the page before */

_Static_assert(__NR_rt_sigreturn == 139 && __NR_getcpu == 168 && __NR_riscv_flush_icache == 259,
	       "names.S has them, too");

long __vdso_clock_gettime(int clock, struct __kernel_timespec *ts);
long __vdso_clock_getres(int clock, struct __kernel_timespec *ts);
long __vdso_gettimeofday(struct __kernel_old_timeval *tv, int32_t *tz);
long __vdso_riscv_hwprobe(struct riscv_hwprobe *pairs, size_t pair_count, size_t cpu_size, uint64_t *cpus,
			  uint32_t flags);

static long call(long nr, long arg0, long arg1, long arg2, long arg3, long arg4)
{
	register long a0 __asm__("a0") = arg0;
	register long a1 __asm__("a1") = arg1;
	register long a2 __asm__("a2") = arg2;
	register long a3 __asm__("a3") = arg3;
	register long a4 __asm__("a4") = arg4;
	register long a7 __asm__("a7") = nr;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a7) : "memory");
	return a0;
}

/* The time that CLOCK, one of CLOCKS, shows, in ns. */
static uint64_t clock_now(unsigned clock)
{
	const uint64_t offset = (WALL_CLOCKS >> clock & 1) != 0 ? vvar.realtime_offset : vvar.monotonic_offset;
	uint64_t ticks;

	__asm__ volatile("rdtime %0" : "=r"(ticks));
	return vvar_convert(ticks, vvar.timebase, VVAR_NSEC_PER_SEC) + offset;
}

long __vdso_clock_gettime(int clock, struct __kernel_timespec *ts)
{
	uint64_t now;

	if ((uint32_t)clock >= 32 || (CLOCKS >> clock & 1) == 0)
		return call(__NR_clock_gettime, clock, (long)ts, 0, 0, 0);
	now = clock_now((unsigned)clock);
	ts->tv_sec = (int64_t)(now / VVAR_NSEC_PER_SEC);
	ts->tv_nsec = (int64_t)(now % VVAR_NSEC_PER_SEC);
	return 0;
}

long __vdso_clock_getres(int clock, struct __kernel_timespec *ts)
{
	if ((uint32_t)clock >= 32 || (CLOCKS >> clock & 1) == 0)
		return call(__NR_clock_getres, clock, (long)ts, 0, 0, 0);
	if (ts != NULL) {
		ts->tv_sec = 0;
		ts->tv_nsec = (COARSE_CLOCKS >> clock & 1) != 0 ? COARSE_NSEC : 1;
	}
	return 0;
}

long __vdso_gettimeofday(struct __kernel_old_timeval *tv, int32_t *tz)
{
	if (tv != NULL) {
		const uint64_t now = clock_now(CLOCK_REALTIME);

		tv->tv_sec = (int64_t)(now / VVAR_NSEC_PER_SEC);
		tv->tv_usec = (int64_t)(now % VVAR_NSEC_PER_SEC / 1000);
	}
	if (tz != NULL) {
		const uint64_t zone = vvar.zone;

		tz[0] = (int32_t)zone;
		tz[1] = (int32_t)(zone >> 32);
	}
	return 0;
}

/*
 * The page [vvar] says what all harts have in common. A question about certain harts (CPUS) is
 * answered from it, too, if all harts are alike. [riscv_vdso_get_values]
 */
long __vdso_riscv_hwprobe(struct riscv_hwprobe *pairs, size_t pair_count, size_t cpu_size, uint64_t *cpus,
			  uint32_t flags)
{
	if (flags != 0 || ((cpu_size != 0 || cpus != NULL) && !vvar.alike))
		return call(__NR_riscv_hwprobe, (long)pairs, (long)pair_count, (long)cpu_size, (long)cpus, (long)flags);
	for (struct riscv_hwprobe *p = pairs; p < pairs + pair_count; p++) {
		const bool known = p->key >= 0 && p->key <= RISCV_HWPROBE_MAX_KEY;

		p->value = known ? vvar.hwprobe[p->key] : 0;
		p->key = known ? p->key : -1;
	}
	return 0;
}
