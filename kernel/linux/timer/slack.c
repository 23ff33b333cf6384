/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slack.c - options of prctl(2): how a process's time is measured (PR_SET_TIMING), and how late a
 * thread's sleeps may end (PR_SET_TIMERSLACK). [kernel/sys.c]
 */
#include "slack.h"

#include <abi/errno.h>
#include <abi/prctl.h>

#include "task.h"

bool slack_prctl(int option, const uint64_t args[4], long *result)
{
	switch (option) {
	case PR_GET_TIMING:
		*result = PR_TIMING_STATISTICAL;
		return true;
	case PR_SET_TIMING:
		*result = args[0] == PR_TIMING_STATISTICAL ? 0 : -EINVAL;
		return true;
	case PR_GET_TIMERSLACK:
		*result = current->timer_slack > INT64_MAX ? INT64_MAX : (long)current->timer_slack;
		return true;
	case PR_SET_TIMERSLACK:
		current->timer_slack = (int64_t)args[0] <= 0 ? current->default_timer_slack : args[0];
		*result = 0;
		return true;
	default:
		return false;
	}
}
