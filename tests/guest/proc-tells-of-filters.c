/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-tells-of-filters - /proc/self/status shows no_new_privs, the mode and the number of filters,
 * and the settings under /proc/sys name every action.
 */
#include "files.h"

static void expect_status(const char *line)
{
	char text[8192];

	read_text("/proc/self/status", text, sizeof(text));
	if (strstr(text, line) == NULL) {
		dprintf(2, "no \"%s\" in:\n%s", line, text);
		_exit(1);
	}
}

int main(void)
{
	char text[256];

	expect_status("\nSeccomp:\t0\n");
	expect_status("\nSeccomp_filters:\t0\n");
	expect_status("\nNoNewPrivs:\t0\n");
	set_no_new_privs();
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	expect_status("\nSeccomp:\t2\n");
	expect_status("\nSeccomp_filters:\t2\n");
	expect_status("\nNoNewPrivs:\t1\n");
	read_text("/proc/sys/kernel/seccomp/actions_avail", text, sizeof(text));
	CHECK(strcmp(text, "kill_process kill_thread trap errno user_notif trace log allow\n") == 0);
	return 0;
}
