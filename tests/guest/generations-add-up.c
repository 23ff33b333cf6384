/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * generations-add-up - four generations each add a filter: each is bound by its own and all its
 * ancestors', and by nobody else's.
 */
#include "guest.h"

static const long calls[4] = { SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid };

static void generation(int depth)
{
	CHECK(INSTALL(0, ON(calls[depth], ERRNO(10 + depth))) == 0);
	for (int i = 0; i < 4; i++)
		CHECK(raw0(calls[i]) == (i <= depth ? -10 - i : raw0(calls[i])) && (i <= depth || raw0(calls[i]) >= 0));
	if (depth == 3)
		return;

	int status;
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		generation(depth + 1);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	CHECK(raw0(calls[depth + 1]) >= 0);
}

int main(void)
{
	generation(0);
	return 0;
}
