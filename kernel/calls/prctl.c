/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl.c - prctl(2). An option that is not here gives EINVAL, by which Linux tells programs that
 * it lacks one. [kernel/sys.c]
 */
#include "prctl.h"

#include <string.h>

#include <abi/errno.h>
#include <abi/prctl.h>
#include <abi/seccomp.h>

#include "absent.h"
#include "events.h"
#include "sys.h"
#include "sys_seccomp.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

static const struct prctl_options *more;

void prctl_also(struct prctl_options *o)
{
	o->next = more;
	more = o;
}

static long set_seccomp(uint64_t mode, uint64_t uprog)
{
	switch (mode) {
	case SECCOMP_MODE_STRICT:
		return seccomp_set_strict(); /* its other arguments do not count */
	case SECCOMP_MODE_FILTER:
		return seccomp_set_filter(0, uprog);
	default:
		return -EINVAL;
	}
}

static long prctl_set_name(uint64_t uname)
{
	char name[sizeof(current->comm)] = { 0 };
	const long n = copy_string_from_user(name, uname, sizeof(name));

	if (n < 0 && n != -ENAMETOOLONG)
		return -EFAULT;
	name[sizeof(name) - 1] = '\0';
	memcpy(current->comm, name, sizeof(name));
	if (events != 0)
		event_ops->name();
	return 0;
}

long sys_prctl(uint64_t option, uint64_t arg2, uint64_t arg3, uint64_t arg4, uint64_t arg5)
{
	const uint64_t args[4] = { arg2, arg3, arg4, arg5 };
	long result;

	for (const struct prctl_options *o = more; o != NULL; o = o->next)
		if (o->control((int)option, args, &result))
			return result;
	switch ((int)option) {
	case PR_SET_NAME:
		return prctl_set_name(arg2);
	case PR_GET_NAME:
		return copy_to_user(arg2, current->comm, sizeof(current->comm)) != 0 ? -EFAULT : 0;
	case PR_GET_SECCOMP:
		return current->seccomp_mode;
	case PR_SET_SECCOMP:
		return set_seccomp(arg2, arg3);
	case PR_SET_NO_NEW_PRIVS:
		if (arg2 != 1 || arg3 || arg4 || arg5)
			return -EINVAL;
		current->no_new_privs = true; /* it is never cleared */
		return 0;
	case PR_GET_NO_NEW_PRIVS:
		return arg2 || arg3 || arg4 || arg5 ? -EINVAL : current->no_new_privs;
	default:
		absent_say_known("prctl", "option", (uint32_t)option, "EINVAL");
		return -EINVAL;
	}
}
