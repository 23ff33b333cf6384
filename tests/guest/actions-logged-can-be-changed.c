/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * actions-logged-can-be-changed - /proc/sys/kernel/seccomp/actions_logged takes names of actions,
 * gives them back in its own order, refuses what it does not know, and what it lacks is not
 * recorded. (It is a setting of the whole system.)
 */
#include "files.h"

#include <stdbool.h>

#define SETTING "/proc/sys/kernel/seccomp/actions_logged"

static long set(const char *names)
{
	const int fd = open(SETTING, O_WRONLY);
	const long n = write(fd, names, strlen(names));
	const int err = errno;

	close(fd);
	return n < 0 ? -err : n;
}

static bool is(const char *names)
{
	char text[256];

	read_text(SETTING, text, sizeof(text));
	return strcmp(text, names) == 0;
}

/* By mode strict, which is logged as KILL_THREAD. */
static void killed_strictly(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw0(SYS_getpid);
}

int main(void)
{
	CHECK(is("kill_process kill_thread trap errno user_notif trace log\n"));
	CHECK(set("allow") == -EINVAL);
	CHECK(set("trap nonsense") == -EINVAL);
	CHECK(is("kill_process kill_thread trap errno user_notif trace log\n"));
	CHECK(set("errno kill_process") == 18);
	CHECK(is("kill_process errno\n"));
	CHECK(killed_by(status_of(killed_strictly), SIGKILL));

	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_LOG)) == 0);
	CHECK(INSTALL(0, ON(SYS_getuid, SECCOMP_RET_KILL_PROCESS)) == 0);
	getppid();
	getuid();
	return 0;
}
