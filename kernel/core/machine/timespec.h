/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timespec.h - converts time between what programs give and get (timespec, timeval) and the
 * kernel's nanoseconds.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/time.h>

#define NSEC_PER_SEC 1000000000UL
#define NSEC_PER_MSEC 1000000UL
#define NSEC_PER_USEC 1000UL
#define USEC_PER_SEC 1000000
#define NSEC_PER_CLOCK 10000000UL /* clock_t: 100 Hz [USER_HZ] */
#define NSEC_MAX ((uint64_t)INT64_MAX)

/* [timespec64_valid] */
static inline bool timespec_is_valid(const struct __kernel_timespec *ts)
{
	return ts->tv_sec >= 0 && (uint64_t)ts->tv_nsec < NSEC_PER_SEC;
}

/* The valid TS in ns, at most NSEC_MAX. [timespec64_to_ktime] */
static inline uint64_t timespec_to_ns(const struct __kernel_timespec *ts)
{
	if ((uint64_t)ts->tv_sec >= NSEC_MAX / NSEC_PER_SEC)
		return NSEC_MAX;
	return (uint64_t)ts->tv_sec * NSEC_PER_SEC + (uint64_t)ts->tv_nsec;
}

static inline struct __kernel_timespec timespec_from_ns(uint64_t ns)
{
	return (struct __kernel_timespec){
		.tv_sec = (int64_t)(ns / NSEC_PER_SEC),
		.tv_nsec = (int64_t)(ns % NSEC_PER_SEC),
	};
}

/* [timeval_valid] */
static inline bool timeval_is_valid(const struct __kernel_old_timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < USEC_PER_SEC;
}

/* The valid TV in ns, at most NSEC_MAX. */
static inline uint64_t timeval_to_ns(const struct __kernel_old_timeval *tv)
{
	if ((uint64_t)tv->tv_sec >= NSEC_MAX / NSEC_PER_SEC)
		return NSEC_MAX;
	return (uint64_t)tv->tv_sec * NSEC_PER_SEC + (uint64_t)tv->tv_usec * NSEC_PER_USEC;
}

static inline struct __kernel_old_timeval timeval_from_ns(uint64_t ns)
{
	return (struct __kernel_old_timeval){
		.tv_sec = (int64_t)(ns / NSEC_PER_SEC),
		.tv_usec = (int64_t)(ns % NSEC_PER_SEC / NSEC_PER_USEC),
	};
}
