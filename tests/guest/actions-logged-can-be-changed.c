/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * actions-logged-can-be-changed - /proc/sys/kernel/seccomp/actions_logged takes names of actions,
 * gives them back in its own order, refuses what it does not know, and what it lacks is not
 * recorded. (It is a setting of the whole system.)
 */
#include "capable.h"
#include "files.h"

#include <stdbool.h>

#define SETTING "/proc/sys/kernel/seccomp/actions_logged"

static long set_bytes(const char *names, size_t length)
{
	const int fd = open(SETTING, O_WRONLY);
	const long n = write(fd, names, length);
	const int err = errno;

	close(fd);
	return n < 0 ? -err : n;
}

static long set(const char *names)
{
	return set_bytes(names, strlen(names));
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

/* 0x12340000 is no action, and kills; it is logged as KILL_PROCESS. */
static void killed_by_no_action(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, 0x12340000)) == 0);
	getppid();
}

int main(void)
{
	const uint64_t all = capable();

	CHECK(is("kill_process kill_thread trap errno user_notif trace log\n"));
	CHECK(set("allow") == -EINVAL);
	CHECK(set("trap nonsense") == -EINVAL);
	CHECK(set("kill") == -EINVAL && set("kill_process_") == -EINVAL && set("logs") == -EINVAL);
	set_capable(all & ~SYS_ADMIN);
	CHECK(set("log") == -EPERM);
	set_capable(all);
	CHECK(is("kill_process kill_thread trap errno user_notif trace log\n"));
	CHECK(set("errno kill_process") == 18);
	CHECK(set_bytes("errno kill_process\0nonsense", 27) == 27);
	CHECK(is("kill_process errno\n"));
	CHECK(killed_by(status_of(killed_strictly), SIGKILL));
	CHECK(set("") == 0);
	CHECK(set(" log") == 4);
	CHECK(is("\n"));
	CHECK(set("log  trap") == 9);
	CHECK(is("log\n"));
	CHECK(set("trap kill_thread ") == 17);
	CHECK(is("kill_thread trap\n"));
	CHECK(killed_by(status_of(killed_by_no_action), SIGSYS));
	CHECK(set("errno kill_process\n") == 19);
	CHECK(is("kill_process errno\n"));

	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_LOG)) == 0);
	CHECK(INSTALL(0, ON(SYS_getuid, SECCOMP_RET_KILL_PROCESS)) == 0);
	getppid();
	getuid();
	return 0;
}
