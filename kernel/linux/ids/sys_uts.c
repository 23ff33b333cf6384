/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_uts.c - sethostname, setdomainname: change the names that uname(2) gives. [kernel/sys.c]
 */
#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>

#include "sys.h"
#include "task.h"
#include "userns.h"
#include "usercopy.h"
#include "uts.h"

/* [sethostname, setdomainname] */
static long uts_set_name(char name[__NEW_UTS_LEN + 1], uint64_t from, uint64_t len)
{
	char copy[__NEW_UTS_LEN + 1] = "";

	if (!userns_capable_in(ns_owner(current->ns[NS_UTS]), CAP_SYS_ADMIN))
		return -EPERM;
	if ((int)len < 0 || (int)len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(copy, from, (size_t)(int)len) != 0)
		return -EFAULT;
	memcpy(name, copy, sizeof(copy));
	return 0;
}

long sys_sethostname(uint64_t name, uint64_t len)
{
	return uts_set_name(uts_current()->nodename, name, len);
}

long sys_setdomainname(uint64_t name, uint64_t len)
{
	return uts_set_name(uts_current()->domainname, name, len);
}
