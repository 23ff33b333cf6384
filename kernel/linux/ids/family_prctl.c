/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * family_prctl.c - options of prctl(2) about a process and its relatives: the signal at its
 * parent's end, whether it adopts orphans, where the id of a thread is cleared; and whether others
 * of its user may look into it. [kernel/sys.c]
 */
#include "family_prctl.h"

#include <abi/errno.h>
#include <abi/prctl.h>
#include <abi/signal.h>

#include "task.h"
#include "usercopy.h"
#include "vm.h"

static long put_int(uint64_t to, int value)
{
	return copy_to_user(to, &value, sizeof(value));
}

static long set_death_signal(uint64_t signal)
{
	if (signal > _NSIG)
		return -EINVAL;
	current->parent_death_signal = (uint32_t)signal;
	return 0;
}

static long set_dumpable(uint64_t value)
{
	if (value > 1)
		return -EINVAL;
	current->mm->undumpable = value == 0;
	return 0;
}

bool family_prctl(int option, const uint64_t args[4], long *result)
{
	switch (option) {
	case PR_SET_PDEATHSIG:
		*result = set_death_signal(args[0]);
		return true;
	case PR_GET_PDEATHSIG:
		*result = put_int(args[0], (int)current->parent_death_signal);
		return true;
	case PR_GET_DUMPABLE:
		*result = !current->mm->undumpable;
		return true;
	case PR_SET_DUMPABLE:
		*result = set_dumpable(args[0]);
		return true;
	case PR_SET_CHILD_SUBREAPER:
		current->group->subreaper = args[0] != 0;
		*result = 0;
		return true;
	case PR_GET_CHILD_SUBREAPER:
		*result = put_int(args[0], current->group->subreaper);
		return true;
	case PR_GET_TID_ADDRESS:
		*result = copy_to_user(args[0], &current->clear_child_tid, sizeof(current->clear_child_tid));
		return true;
	default:
		return false;
	}
}
