/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decide.c - what is to be done about an answer, and which actions there are.
 *
 * Called by the kernel's judge, which carries the decision out as it is, and by the host tools. An
 * unknown action kills the process. Which of two answers is stricter, seccomp_stricter() says.
 */
#include "seccomp.h"

#include <abi/errno.h>

bool seccomp_action_known(uint32_t action)
{
	switch (action) {
	case SECCOMP_RET_KILL_PROCESS:
	case SECCOMP_RET_KILL_THREAD:
	case SECCOMP_RET_TRAP:
	case SECCOMP_RET_ERRNO:
	case SECCOMP_RET_USER_NOTIF:
	case SECCOMP_RET_TRACE:
	case SECCOMP_RET_LOG:
	case SECCOMP_RET_ALLOW:
		return true;
	default:
		return false;
	}
}

struct seccomp_decision seccomp_decide(uint32_t ret, bool log)
{
	struct seccomp_decision d = {
		.todo = SECCOMP_DO_KILL_PROCESS,
		.action = ret & SECCOMP_RET_ACTION_FULL,
		.data = (uint16_t)(ret & SECCOMP_RET_DATA),
		.err = 0,
		.log = true,
	};

	switch (d.action) {
	case SECCOMP_RET_KILL_THREAD:
		d.todo = SECCOMP_DO_KILL_THREAD;
		break;
	case SECCOMP_RET_TRAP:
		d.todo = SECCOMP_DO_SIGNAL;
		d.log = log;
		break;
	case SECCOMP_RET_ERRNO:
		d.todo = SECCOMP_DO_RETURN;
		d.err = d.data > MAX_ERRNO ? MAX_ERRNO : d.data;
		d.log = log;
		break;
	case SECCOMP_RET_USER_NOTIF:
		d.todo = SECCOMP_DO_NOTIFY;
		d.log = log;
		break;
	case SECCOMP_RET_TRACE:
		d.todo = SECCOMP_DO_TRACE;
		d.log = log;
		break;
	case SECCOMP_RET_LOG:
		d.todo = SECCOMP_DO_RUN;
		break;
	case SECCOMP_RET_ALLOW:
		d.todo = SECCOMP_DO_RUN;
		d.log = false;
		break;
	case SECCOMP_RET_KILL_PROCESS:
	default:
		break;
	}
	return d;
}
