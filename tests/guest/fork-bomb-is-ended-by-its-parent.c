/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork-bomb-is-ended-by-its-parent - processes that do nothing but fork, up to RLIMIT_NPROC,
 * some of which end so that others can be made: their parent, of another user or of the same,
 * kills the group, and that is all.
 */
#include "guest.h"

#include <sys/resource.h>

static void explode(void)
{
	for (unsigned n = 0;; n++) {
		const pid_t pid = fork();

		if (pid == 0 && n % 8 == 7)
			_exit(0);
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
	}
}

static void bomb(uid_t uid)
{
	const struct rlimit limit = { 60, 60 };
	const pid_t first = fork();

	CHECK(first >= 0);
	if (first == 0) {
		CHECK(syscall(SYS_setpgid, 0, 0) == 0);
		CHECK(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0);
		CHECK(setrlimit(RLIMIT_NPROC, &limit) == 0);
		CHECK(syscall(SYS_setgid, uid) == 0 && syscall(SYS_setuid, uid) == 0);
		explode();
	}
	sleep_ms(300);
	CHECK(kill(-first, SIGKILL) == 0);
	CHECK(waitpid(first, NULL, 0) == first);
	UNTIL(kill(-first, SIGKILL) == -1 && errno == ESRCH);
}

int main(void)
{
	bomb(54324);
	CHECK(syscall(SYS_setgid, 54322) == 0 && syscall(SYS_setuid, 54322) == 0);
	bomb(54322);
	return 0;
}
