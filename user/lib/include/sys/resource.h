/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/resource.h - limits and usage. */
#pragma once

#include <sys/time.h>

#include <time.h> /* before it: picolibc has other numbers for the clocks */
#include <abi/resource.h>

typedef unsigned long rlim_t;

struct rlimit {
	rlim_t rlim_cur;
	rlim_t rlim_max;
};

int getrlimit(int resource, struct rlimit *limit);
int setrlimit(int resource, const struct rlimit *limit);
int getrusage(int who, struct rusage *usage);
