/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * action-avail-answers-exactly - GET_ACTION_AVAIL: the eight actions 0, any other word EOPNOTSUPP,
 * flags EINVAL, unreadable EFAULT, flags first.
 */
#include "guest.h"

int main(void)
{
	static const uint32_t actions[] = {
		SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_THREAD, SECCOMP_RET_TRAP, SECCOMP_RET_ERRNO,
		SECCOMP_RET_USER_NOTIF,	  SECCOMP_RET_TRACE,	   SECCOMP_RET_LOG,  SECCOMP_RET_ALLOW,
	};
	static const uint32_t others[] = { 0x7fff0001, 0x00010000, 0x00050001, 0xffffffff, 0x80000001, 1 };

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		CHECK(seccomp(SECCOMP_GET_ACTION_AVAIL, 0, &actions[i]) == 0);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		REFUSED(seccomp(SECCOMP_GET_ACTION_AVAIL, 0, &others[i]), EOPNOTSUPP);
	REFUSED(seccomp(SECCOMP_GET_ACTION_AVAIL, 1, &actions[0]), EINVAL);
	REFUSED(seccomp(SECCOMP_GET_ACTION_AVAIL, 1, NULL), EINVAL);
	REFUSED(seccomp(SECCOMP_GET_ACTION_AVAIL, 0, NULL), EFAULT);
	REFUSED(seccomp(SECCOMP_GET_ACTION_AVAIL, 0, (void *)KERNEL_ADDRESS), EFAULT);
	return 0;
}
