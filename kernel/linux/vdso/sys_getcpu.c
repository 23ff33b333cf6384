/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_getcpu.c - getcpu: there is one hart, of number 0. [kernel/sys.c]
 */
#include <abi/errno.h>

#include "sys.h"
#include "usercopy.h"

long sys_getcpu(uint64_t cpu, uint64_t node)
{
	if (cpu != 0 && clear_user(cpu, sizeof(uint32_t)) != 0)
		return -EFAULT;
	return node != 0 && clear_user(node, sizeof(uint32_t)) != 0 ? -EFAULT : 0;
}
