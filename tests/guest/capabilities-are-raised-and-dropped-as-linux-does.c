/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capabilities-are-raised-and-dropped-as-linux-does - capget and capset check version, process and
 * sets in Linux's order; what has left the permitted set stays away; a change of user takes all but
 * what PR_SET_KEEPCAPS keeps; the bounding set binds execve.
 */
#include "guest.h"

#define VERSION_3 0x20080522U
#define SYS_ADMIN 21
#define NET_RAW 13
#ifndef PR_CAP_AMBIENT
#define PR_CAP_AMBIENT 47
#endif

struct header {
	uint32_t version;
	int32_t pid;
};

struct data {
	uint32_t effective, permitted, inheritable;
};

static struct data mine[2];

static long get(uint32_t version, int pid, struct data *data)
{
	struct header h = { version, pid };

	return raw(SYS_capget, (long)&h, (long)data, 0, 0, 0, 0);
}

static long set(uint32_t version, int pid, const struct data *data)
{
	struct header h = { version, pid };

	return raw(SYS_capset, (long)&h, (long)data, 0, 0, 0, 0);
}

static void read_mine(void)
{
	CHECK(get(VERSION_3, 0, mine) == 0);
}

static int has(uint32_t set, int capability)
{
	return (set >> capability & 1) != 0;
}

static void check_versions(void)
{
	struct header h = { 1, 0 };

	CHECK(raw(SYS_capget, (long)&h, 0, 0, 0, 0, 0) == 0 && h.version == VERSION_3); /* how one asks for it */
	h.version = 1;
	CHECK(raw(SYS_capget, (long)&h, (long)mine, 0, 0, 0, 0) == -EINVAL && h.version == VERSION_3);
	h.version = 1;
	CHECK(raw(SYS_capset, (long)&h, (long)mine, 0, 0, 0, 0) == -EINVAL && h.version == VERSION_3);
	CHECK(raw(SYS_capget, 8, 0, 0, 0, 0, 0) == -EFAULT);
	CHECK(get(VERSION_3, -1, mine) == -EINVAL);
	CHECK(get(VERSION_3, 4000000, mine) == -ESRCH);
	CHECK(get(VERSION_3, getppid(), mine) == 0);
	CHECK(set(VERSION_3, getppid(), mine) == -EPERM); /* of others never */
	CHECK(set(VERSION_3, getpid(), (struct data *)8) == -EFAULT);
}

static void check_sets(void)
{
	read_mine();
	CHECK(has(mine[0].effective, SYS_ADMIN) && has(mine[0].permitted, SYS_ADMIN));

	/* Effective without permitted. */
	mine[0].permitted &= ~(1U << NET_RAW);
	CHECK(set(VERSION_3, 0, mine) == -EPERM);
	mine[0].effective &= ~(1U << NET_RAW);
	CHECK(set(VERSION_3, 0, mine) == 0);
	mine[0].permitted |= 1U << NET_RAW;
	CHECK(set(VERSION_3, 0, mine) == -EPERM);
	read_mine();
	CHECK(!has(mine[0].permitted, NET_RAW));

	/* Lowered and raised again: it is permitted. Without it no filter may be installed. */
	mine[0].effective &= ~(1U << SYS_ADMIN);
	CHECK(set(VERSION_3, 0, mine) == 0);
	REFUSED(INSTALL(0, ALLOW), EACCES);
	mine[0].effective |= 1U << SYS_ADMIN;
	CHECK(set(VERSION_3, 0, mine) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
}

static void check_users(void)
{
	read_mine();
	CHECK(prctl(PR_GET_KEEPCAPS, 0, 0, 0, 0) == 0);
	CHECK(syscall(SYS_setresuid, 7, 7, 0) == 0); /* one of the three is root's still */
	read_mine();
	CHECK(mine[0].effective == 0 && has(mine[0].permitted, SYS_ADMIN));
	CHECK(syscall(SYS_setresuid, -1, 0, -1) == 0);
	read_mine();
	CHECK(has(mine[0].effective, SYS_ADMIN));
	CHECK(prctl(PR_SET_KEEPCAPS, 2, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0);
	CHECK(syscall(SYS_setresuid, 7, 7, 7) == 0);
	read_mine();
	CHECK(mine[0].effective == 0 && has(mine[0].permitted, SYS_ADMIN));
	mine[0].effective = 1U << SYS_ADMIN;
	CHECK(set(VERSION_3, 0, mine) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(syscall(SYS_setresuid, 7, 7, 7) == 0);
	read_mine();
	CHECK(has(mine[0].effective, SYS_ADMIN)); /* nobody became somebody else */
}

static void check_all_lost(void)
{
	drop_privileges();
	read_mine();
	CHECK(mine[0].effective == 0 && mine[0].permitted == 0 && mine[1].permitted == 0);
	CHECK(prctl(PR_CAPBSET_DROP, SYS_ADMIN, 0, 0, 0) == -1 && errno == EPERM);
	CHECK(prctl(PR_CAPBSET_READ, SYS_ADMIN, 0, 0, 0) == 1);
}

static char *self;

static void check_bounding(void)
{
	CHECK(prctl(PR_CAPBSET_READ, 99, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_CAPBSET_DROP, 99, 0, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_CAPBSET_DROP, SYS_ADMIN, 0, 0, 0) == 0);
	CHECK(prctl(PR_CAPBSET_READ, SYS_ADMIN, 0, 0, 0) == 0);
	read_mine();
	CHECK(has(mine[0].effective, SYS_ADMIN)); /* until the next program */
	execv("/proc/self/exe", (char *[]){ self, "bounded", NULL });
}

/* What a program inherits by ambient capabilities, though it is not root's. */
static void check_ambient(void)
{
	CHECK(prctl(PR_CAP_AMBIENT, 2, SYS_ADMIN, 0, 0) == -1 && errno == EPERM); /* not inheritable */
	CHECK(prctl(PR_CAP_AMBIENT, 9, SYS_ADMIN, 0, 0) == -1 && errno == EINVAL);
	CHECK(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) == 0);
	CHECK(syscall(SYS_setresuid, 7, 7, 7) == 0);
	read_mine();
	mine[0].inheritable = mine[0].effective = 1U << SYS_ADMIN;
	CHECK(set(VERSION_3, 0, mine) == 0);
	CHECK(prctl(PR_CAP_AMBIENT, 2, SYS_ADMIN, 0, 0) == 0); /* raise */
	CHECK(prctl(PR_CAP_AMBIENT, 1, SYS_ADMIN, 0, 0) == 1); /* is set */
	execv("/proc/self/exe", (char *[]){ self, "ambient", NULL });
}

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1) {
		read_mine();
		if (strcmp(argv[1], "bounded") == 0)
			return !has(mine[0].permitted, SYS_ADMIN) && has(mine[0].permitted, NET_RAW) ? 3 : 4;
		return mine[0].permitted == 1U << SYS_ADMIN && mine[0].effective == 1U << SYS_ADMIN ? 3 : 4;
	}
	check_versions();
	CHECK(exited_with(status_of(check_sets), 0));
	CHECK(exited_with(status_of(check_users), 0));
	CHECK(exited_with(status_of(check_all_lost), 0));
	CHECK(exited_with(status_of(check_bounding), 3));
	CHECK(exited_with(status_of(check_ambient), 3));
	return 0;
}
