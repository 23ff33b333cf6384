/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_seccomp.c - /proc/PID/seccomp_cache: the calls that a task's filters allow whatever the
 * arguments, as its gate knows them. [proc_pid_seccomp_cache]
 */
#include <abi/errno.h>
#include <abi/syscall.h>

#include "filter.h"
#include "gate.h"
#include "proc.h"

int proc_show_seccomp_cache(struct text *t, struct task *task)
{
	const struct gate *g;

	if (!t->admin)
		return -EACCES;
	if (task->filter == NULL)
		return 0;
	g = filter_gate_of(task);
	for (uint32_t nr = 0; nr < __NR_syscalls; nr++)
		text_add(t, "riscv64 %u %s\n", nr, gate_ret(g)[nr] == SECCOMP_RET_ALLOW ? "ALLOW" : "FILTER");
	return 0;
}
