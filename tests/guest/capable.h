/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capable.h - capabilities by their bits, for the programs about what needs one.
 */
#pragma once

#include "guest.h"

#define SYS_ADMIN (1UL << 21)

struct cap_header {
	uint32_t version;
	int32_t pid;
};

struct cap_data {
	uint32_t effective, permitted, inheritable;
};

/* The effective capabilities. */
static inline uint64_t capable(void)
{
	struct cap_header own = { 0x20080522, 0 };
	struct cap_data d[2];

	CHECK(raw(SYS_capget, (long)&own, (long)d, 0, 0, 0, 0) == 0);
	return d[0].effective | (uint64_t)d[1].effective << 32;
}

/* Makes these the effective ones; the permitted ones stay, so that all can come back. */
static inline void set_capable(uint64_t effective)
{
	struct cap_header own = { 0x20080522, 0 };
	struct cap_data d[2];

	CHECK(raw(SYS_capget, (long)&own, (long)d, 0, 0, 0, 0) == 0);
	d[0].effective = (uint32_t)effective;
	d[1].effective = (uint32_t)(effective >> 32);
	CHECK(raw(SYS_capset, (long)&own, (long)d, 0, 0, 0, 0) == 0);
}
