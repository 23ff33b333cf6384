/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysinfo.h - what sysinfo fills in. [linux/sysinfo.h]
 */
#pragma once

#include <stdint.h>

struct sysinfo {
	int64_t uptime;	   /* seconds */
	uint64_t loads[3]; /* over 1, 5 and 15 minutes, times 65536 */
	uint64_t totalram, freeram, sharedram, bufferram, totalswap, freeswap; /* in mem_unit */
	uint16_t procs;
	uint16_t pad;
	uint64_t totalhigh, freehigh;
	uint32_t mem_unit; /* bytes */
	uint32_t __pad;
};

_Static_assert(sizeof(struct sysinfo) == 112, "uapi layout");
