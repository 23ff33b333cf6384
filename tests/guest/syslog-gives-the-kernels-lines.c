/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslog-gives-the-kernels-lines - syslog: what may be read by whom, whole lines with level and
 * time, reading on, clearing, sizes, and refusals.
 */
#include "files.h"

static long action(int type, char *buf, int len)
{
	return syscall(SYS_syslog, type, buf, len);
}

static void as_nobody(void)
{
	static char text[65536];

	drop_privileges();
	CHECK(action(3, text, sizeof(text)) >= 0 && action(10, NULL, 0) > 0);
	REFUSED(action(2, text, sizeof(text)), EPERM);
	REFUSED(action(5, NULL, 0), EPERM);
	REFUSED(action(9, NULL, 0), EPERM);
	REFUSED(action(99, NULL, 0), EPERM);
}

/* The first of the four levels. */
static int console_level(void)
{
	char text[64];

	read_text("/proc/sys/kernel/printk", text, sizeof(text));
	return (int)strtol(text, NULL, 10);
}

static void levels_of_the_console(void)
{
	const int before = console_level();

	CHECK(action(8, NULL, 5) == 0 && console_level() == 5);
	CHECK(action(6, NULL, 0) == 0 && console_level() == 1);
	CHECK(action(7, NULL, 0) == 0 && console_level() == 5);
	CHECK(action(8, NULL, before) == 0 && console_level() == before);
}

int main(void)
{
	static char text[1 << 20];
	long n, all;

	/* Something that the kernel says. */
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_LOG)) == 0);
	raw0(SYS_getppid);
	raw0(SYS_getppid);
	all = action(3, text, sizeof(text) - 1);
	CHECK(all > 0 && text[0] == '<' && text[all - 1] == '\n');
	text[all] = 0;
	CHECK(strstr(text, "audit: type=1326") != NULL && strchr(text, '[') != NULL);
	/* The last lines that fit, from a beginning on. */
	n = action(3, text, (int)all - 1);
	CHECK(n > 0 && n < all && text[0] == '<' && text[n - 1] == '\n');
	CHECK(action(3, text, 1) == 0);
	/* Reading on. */
	CHECK(action(9, NULL, 0) > 0);
	n = action(2, text, 10);
	CHECK(n > 0 && n <= 10 && text[0] == '<');
	CHECK(action(10, NULL, 0) >= 4096);
	/* Cleared, it begins anew. */
	CHECK(action(4, text, sizeof(text)) == all || action(3, text, sizeof(text)) >= 0);
	CHECK(action(3, text, sizeof(text)) == 0);
	raw0(SYS_getppid);
	n = action(3, text, sizeof(text));
	CHECK(n > 0 && n < all && text[0] == '<');
	CHECK(action(5, NULL, 0) == 0 && action(3, text, sizeof(text)) == 0);
	CHECK(action(0, NULL, 0) == 0 && action(1, NULL, 0) == 0);
	levels_of_the_console();
	/* Refusals. */
	REFUSED(action(3, NULL, 10), EINVAL);
	REFUSED(action(3, text, -1), EINVAL);
	CHECK(action(3, text, 0) == 0);
	REFUSED(action(3, (char *)KERNEL_ADDRESS, 10), EFAULT);
	REFUSED(action(8, NULL, 9), EINVAL);
	REFUSED(action(99, NULL, 0), EINVAL);
	CHECK(exited_with(status_of(as_nobody), 0));
	return 0;
}
