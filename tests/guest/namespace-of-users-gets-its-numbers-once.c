/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-of-users-gets-its-numbers-once - /proc/PID/uid_map and gid_map are written once, by who
 * may: somebody of the namespace names itself alone, its groups only after setgroups was denied;
 * root above names whole stretches.
 */
#include "files.h"

static char path[64];

static int open_of(const char *pid, const char *file)
{
	int fd;

	snprintf(path, sizeof(path), "/proc/%s/%s", pid, file);
	fd = open(path, O_WRONLY);
	CHECK(fd >= 0);
	return fd;
}

static long store(const char *pid, const char *file, const char *text)
{
	const int fd = open_of(pid, file);
	const long n = write(fd, text, strlen(text));

	close(fd);
	return n;
}

static int reads(const char *file, const char *wanted)
{
	char text[100];

	read_text(file, text, sizeof(text));
	return strcmp(text, wanted) == 0;
}

/* Does the root directory, which is root's, show these? */
static int root_is(unsigned uid, unsigned gid)
{
	struct stat s;

	CHECK(syscall(SYS_newfstatat, AT_FDCWD, "/", &s, 0) == 0);
	return s.st_uid == uid && s.st_gid == gid;
}

static void name_itself(void)
{
	const unsigned group = 0;

	CHECK(unshare(CLONE_NEWUSER) == 0);
	CHECK(getuid() == 65534 && getgid() == 65534);
	CHECK(reads("/proc/self/uid_map", "") && reads("/proc/self/setgroups", "allow\n"));
	REFUSED(store("self", "uid_map", "0 1 1\n"), EPERM);
	REFUSED(store("self", "uid_map", "0 0 2\n"), EPERM);
	CHECK(store("self", "uid_map", " 0\t0 1 \n") == 8);
	CHECK(reads("/proc/self/uid_map", "         0          0          1\n"));
	CHECK(getuid() == 0 && getgid() == 65534 && root_is(0, 65534));
	REFUSED(syscall(SYS_fchownat, AT_FDCWD, "/tmp", 1, -1, 0), EINVAL);
	REFUSED(store("self", "uid_map", "0 0 1"), EPERM);

	REFUSED(store("self", "gid_map", "5 0 1"), EPERM);
	REFUSED(store("self", "setgroups", "never"), EINVAL);
	CHECK(store("self", "setgroups", "allow") == 5);
	CHECK(store("self", "setgroups", "deny\n") == 5);
	REFUSED(store("self", "setgroups", "allow"), EPERM);
	CHECK(reads("/proc/self/setgroups", "deny\n"));
	CHECK(store("self", "gid_map", "5 0 1") == 5);
	CHECK(getgid() == 5);
	REFUSED(syscall(SYS_setgroups, 1, &group), EPERM);
	REFUSED(syscall(SYS_setgid, 0), EINVAL);
}

static void name_itself_without_privileges(void)
{
	drop_privileges();
	CHECK(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
	CHECK(unshare(CLONE_NEWUSER) == 0);
	REFUSED(store("self", "uid_map", "0 0 1"), EPERM);
	CHECK(store("self", "uid_map", "0 65534 1") == 9);
	CHECK(getuid() == 0);
}

static void be_named(int go)
{
	const unsigned groups[2] = { 7, 3 };
	unsigned got[2];
	char byte;

	CHECK(unshare(CLONE_NEWUSER) == 0);
	CHECK(syscall(SYS_setgroups, 0, NULL) == -1 && errno == EPERM);
	CHECK(write(go, "u", 1) == 1 && read(go, &byte, 1) == 1);
	CHECK(getuid() == 65534);
	CHECK(syscall(SYS_setgroups, 2, groups) == 0);
	CHECK(syscall(SYS_getgroups, 2, got) == 2 && got[0] == 3 && got[1] == 7);
	REFUSED(syscall(SYS_setuid, 11), EINVAL);
	CHECK(syscall(SYS_setgid, 9) == 0 && syscall(SYS_setuid, 1) == 0);
	CHECK(getuid() == 1 && getgid() == 9 && root_is(65534, 65534));
	CHECK(reads("/proc/self/uid_map", "         0       1000          1\n         1     100000         10\n"));
	/* What unshares again is numbered by the one above. */
	CHECK(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
	CHECK(unshare(CLONE_NEWUSER) == 0);
	CHECK(store("self", "uid_map", "42 1 1") == 6);
	CHECK(getuid() == 42 && reads("/proc/self/uid_map", "        42          1          1\n"));
}

static void name_a_child(void)
{
	static const char *const bad[] = { "x",
					   "0 0",
					   "0 0 0",
					   "0 0 1 2",
					   "0 0 1x",
					   "4294967295 0 1",
					   "0 4294967290 9",
					   "0 0 9\n8 20 1",
					   "0 5 9\n20 13 1",
					   "0 0 1\n\n1 1 1" };
	char pid[12], byte;
	int pair[2], status, fd;
	pid_t child;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		be_named(pair[1]);
		_exit(0);
	}
	snprintf(pid, sizeof(pid), "%d", (int)child);
	CHECK(read(pair[0], &byte, 1) == 1);
	for (size_t n = 0; n < COUNT_OF(bad); n++)
		REFUSED(store(pid, "uid_map", bad[n]), EINVAL);
	fd = open_of(pid, "uid_map");
	CHECK(write(fd, "0 1000 1\n1 100000 10\n", 21) == 21);
	REFUSED(write(fd, "0 0 1", 5), EINVAL);
	close(fd);
	CHECK(store(pid, "gid_map", "0 100000 10") == 11);
	REFUSED(store(pid, "setgroups", "deny"), EPERM);
	CHECK(write(pair[0], "g", 1) == 1);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(exited_with(status, 0));
}

int main(void)
{
	CHECK(reads("/proc/self/uid_map", "         0          0 4294967295\n"));
	REFUSED(store("self", "gid_map", "0 0 1"), EPERM);
	REFUSED(store("self", "setgroups", "deny"), EPERM);
	CHECK(exited_with(status_of(name_itself), 0));
	CHECK(exited_with(status_of(name_itself_without_privileges), 0));
	name_a_child();
	return 0;
}
