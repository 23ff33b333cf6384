/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_process.c - exit, and what a thread tells the kernel about itself.
 */
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"

long sys_exit(uint64_t code)
{
	task_exit((uint32_t)(code & 0xff) << 8);
}

long sys_exit_group(uint64_t code)
{
	group_exit((uint32_t)(code & 0xff) << 8, NULL);
}

long sys_set_tid_address(uint64_t tid)
{
	current->clear_child_tid = tid;
	return pidns_show(current->tid);
}

long sys_sched_yield(void)
{
	sched_yield();
	return 0;
}
