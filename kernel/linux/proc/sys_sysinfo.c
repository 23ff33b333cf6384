/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sysinfo.c - sysinfo(2): how long the machine runs, and how much memory it has. [kernel/sys.c]
 */
#include <abi/errno.h>
#include <abi/sysinfo.h>

#include "page.h"
#include "sys.h"
#include "task.h"
#include "time.h"
#include "timespec.h"
#include "usercopy.h"

long sys_sysinfo(uint64_t uinfo)
{
	const struct sysinfo info = {
		.uptime = (int64_t)((time_now() + NSEC_PER_SEC - 1) / NSEC_PER_SEC),
		.totalram = page_count_total() * PAGE_SIZE,
		.freeram = page_count_free() * PAGE_SIZE,
		.procs = (uint16_t)task_count(),
		.mem_unit = 1,
	};

	return copy_to_user(uinfo, &info, sizeof(info)) != 0 ? -EFAULT : 0;
}
