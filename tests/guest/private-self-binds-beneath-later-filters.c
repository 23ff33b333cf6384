/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-self-binds-beneath-later-filters - with private=on, a SELF filter binds its
 * installer also when filters that bind all stand on it, and a child that inherits those alone
 * may add its own of either kind.
 */
#include "guest.h"

static void by_argument(int number)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getpgid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(0, 1),
		      RETURN(ERRNO(number)), ALLOW) == 0);
}

/* Among short ones. */
static void install_long(void)
{
	static struct sock_filter filter[1000];
	const struct sock_fprog program = { 1000, filter };

	filter[0] = (struct sock_filter)LOAD_NR;
	for (unsigned i = 1; i < 999; i++)
		filter[i] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 600 + i, 0, 0);
	filter[999] = (struct sock_filter)ALLOW;
	CHECK(seccomp(SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
}

static void child(void)
{
	CHECK(raw0(SYS_getppid) > 0 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	CHECK(INSTALL(0, ON(SYS_geteuid, ERRNO(7))) == 0);
	CHECK(raw0(SYS_getppid) > 0 && raw0(SYS_geteuid) == -7 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getppid, ERRNO(8))) == 0);
	CHECK(raw0(SYS_getppid) == -8 && raw0(SYS_geteuid) == -7);
}

int main(void)
{
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(9))) == 0);
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -9);
	by_argument(6);
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	by_argument(6);
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	CHECK(exited_with(status_of(child), 0));
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	/* A second one of the same task takes nothing from the first. */
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getgid, ERRNO(3))) == 0);
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getgid) == -3);
	install_long();
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -9 && raw0(SYS_getpgid) == -6);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(10))) == 0); /* of two errnos it is the newest's, as elsewhere */
	CHECK(raw0(SYS_getuid) == -10);
	return 0;
}
