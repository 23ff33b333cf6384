/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespaces-of-users-nest-33-deep - below the initial user namespace there are 33 levels of them;
 * one more is ENOSPC.
 */
#include "files.h"

static void store(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0);
	CHECK(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

/* Gives the current ids, which are those of the namespace above, the number 0 in the new one. */
static void map_itself(unsigned uid, unsigned gid)
{
	char text[32];

	snprintf(text, sizeof(text), "0 %u 1", uid);
	store("/proc/self/uid_map", text);
	store("/proc/self/setgroups", "deny");
	snprintf(text, sizeof(text), "0 %u 1", gid);
	store("/proc/self/gid_map", text);
}

/* In another namespace than the initial one, as in many containers, some levels are taken. */
static int is_initial(void)
{
	char text[100];

	read_text("/proc/self/uid_map", text, sizeof(text));
	return strcmp(text, "         0          0 4294967295\n") == 0;
}

int main(void)
{
	const int initial = is_initial();
	int depth = 0;

	for (;; depth++) {
		const unsigned uid = geteuid(), gid = getegid();

		if (unshare(CLONE_NEWUSER) != 0)
			break;
		map_itself(uid, gid);
	}
	CHECK(errno == ENOSPC);
	CHECK(initial ? depth == 33 : depth <= 33);
	return 0;
}
