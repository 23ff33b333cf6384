/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * precedence-is-signed-and-order-free - every pair of the eight actions, installed both ways
 * round: the more severe one decides.
 */
#include "guest.h"

static uint32_t older, newer;

/*
 * Tells what became of getppid by the exit status: 1 allowed, 2 ENOSYS, 3
 * errno 7, 4 SIGSYS handler ran.
 */
static void caught(int number)
{
	(void)number;
	_exit(4);
}

static void call(void)
{
	signal(SIGSYS, caught);
	CHECK(INSTALL(0, ON(SYS_getppid, older)) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, newer)) == 0);
	const long result = raw0(SYS_getppid);
	_exit(result >= 0 ? 1 : result == -ENOSYS ? 2 : result == -7 ? 3 : 9);
}

int main(void)
{
	/* Most severe first. KILL_* end with SIGSYS; TRACE and USER_NOTIF find nobody: ENOSYS. */
	static const struct {
		uint32_t action;
		int exit; /* 0: killed */
	} rows[] = {
		{ SECCOMP_RET_KILL_PROCESS, 0 }, { SECCOMP_RET_KILL_THREAD, 0 },
		{ SECCOMP_RET_TRAP, 4 },	 { ERRNO(7), 3 },
		{ SECCOMP_RET_USER_NOTIF, 2 },	 { SECCOMP_RET_TRACE, 2 },
		{ SECCOMP_RET_LOG, 1 },		 { SECCOMP_RET_ALLOW, 1 },
	};

	for (size_t i = 0; i < 8; i++) {
		for (size_t j = 0; j < 8; j++) {
			const size_t severest = i < j ? i : j;

			older = rows[i].action;
			newer = rows[j].action;
			const int status = status_of(call);
			CHECK(rows[severest].exit ? exited_with(status, rows[severest].exit)
						  : killed_by(status, SIGSYS));
		}
	}
	return 0;
}
