/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nobody - TRACE asks a tracer, USER_NOTIF a supervisor. With nobody
 * listening, the call fails with ENOSYS.
 *
 * Look for: two answers milder than ERRNO that still never let the call through. tracer.c and
 * notify.c have somebody listening.
 */
#include "toy.h"

int main(void)
{
	toy_answer(SYS_getpgid, SECCOMP_RET_TRACE | 1);
	EXPECT(getpgid(0) == -1 && errno == ENOSYS);
	say("nobody: TRACE without a tracer: %s\n", strerror(ENOSYS));

	toy_answer(SYS_getsid, SECCOMP_RET_USER_NOTIF);
	EXPECT(getsid(0) == -1 && errno == ENOSYS);
	say("nobody: USER_NOTIF without a listener: %s\n", strerror(ENOSYS));
	return 0;
}
