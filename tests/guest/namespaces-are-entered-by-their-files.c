/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespaces-are-entered-by-their-files - /proc/PID/ns and setns: names of the machine, System V
 * objects, mounts, users and control groups of a namespace are those of whoever is in it.
 */
#include "sysv.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#ifdef __riscv
#include <abi/mount.h>
#include <abi/utsname.h>
typedef struct new_utsname uts_names;
#else
#include <sys/mount.h>
#include <sys/utsname.h>
typedef struct utsname uts_names;
#define NS_GET_NSTYPE 0xb703
#endif

static int open_ns(pid_t pid, const char *kind)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, kind);
	return open(path, O_RDONLY);
}

static const char *link_of(pid_t pid, const char *kind)
{
	static char text[2][64];
	static int last;
	char path[64];
	long n;

	last = !last;
	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, kind);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, text[last], sizeof(text[0]) - 1);
	CHECK(n > 0);
	text[last][n] = '\0';
	return text[last];
}

static int named(const char *name)
{
	uts_names u;

	CHECK(syscall(SYS_uname, &u) == 0);
	return strcmp(u.nodename, name) == 0;
}

static const struct {
	const char *name;
	long flag;
} kinds[] = {
	{ "uts", CLONE_NEWUTS },
	{ "ipc", CLONE_NEWIPC },
	{ "mnt", CLONE_NEWNS },
	{ "cgroup", 0x02000000 /* CLONE_NEWCGROUP */ },
};

static void links(void)
{
	const pid_t child = fork();
	struct stat st;
	int fd;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(syscall(SYS_unshare, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS | 0x02000000) == 0);
		for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++)
			CHECK(strcmp(link_of(getpid(), kinds[n].name), link_of(getppid(), kinds[n].name)) != 0);
		CHECK(strcmp(link_of(getpid(), "user"), link_of(getppid(), "user")) == 0);
		CHECK(strcmp(link_of(getpid(), "pid"), link_of(getppid(), "pid")) == 0);
		_exit(0);
	}
	ends_well(child);
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
		char text[64];

		fd = open_ns(getpid(), kinds[n].name);
		CHECK(fd >= 0 && ioctl(fd, NS_GET_NSTYPE) == kinds[n].flag && fstat(fd, &st) == 0);
		snprintf(text, sizeof(text), "%s:[%lu]", kinds[n].name, (unsigned long)st.st_ino);
		CHECK(strcmp(text, link_of(getpid(), kinds[n].name)) == 0);
		REFUSED(syscall(SYS_setns, fd, CLONE_NEWPID), EINVAL);
		close(fd);
	}
	REFUSED(syscall(SYS_setns, fd, 0), EBADF);
	fd = open("/proc/self/status", O_RDONLY);
	REFUSED(syscall(SYS_setns, fd, 0), EINVAL);
	close(fd);
	CHECK(open_ns(getpid(), "missing") == -1 && errno == ENOENT);
	fd = open_ns(getpid(), "user");
	REFUSED(syscall(SYS_setns, fd, 0), EINVAL); /* it is there already */
	close(fd);
}

/* A process with namespaces of its own, until END is closed. */
static pid_t start_other(int *end)
{
	int ready[2], stop[2];
	char byte;
	pid_t child;

	CHECK(pipe(ready) == 0 && pipe(stop) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(stop[1]);
		CHECK(syscall(SYS_unshare, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS) == 0);
		CHECK(syscall(SYS_sethostname, "other", 5) == 0 && named("other"));
		CHECK(syscall(SYS_mount, NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
		CHECK(syscall(SYS_mount, "there", "/tmp", "tmpfs", 0, NULL) == 0);
		CHECK(syscall(SYS_mkdirat, AT_FDCWD, "/tmp/only-there", 0755) == 0);
		CHECK(syscall(SYS_semget, 0x7357, 1, IPC_CREAT | IPC_EXCL | 0600) == 0);
		CHECK(write(ready[1], "x", 1) == 1);
		(void)!read(stop[0], &byte, 1);
		_exit(0);
	}
	close(stop[0]);
	close(ready[1]);
	CHECK(read(ready[0], &byte, 1) == 1);
	close(ready[0]);
	*end = stop[1];
	return child;
}

static void enter(pid_t other, int by_pidfd)
{
	const long id = syscall(SYS_semget, 0x7357, 1, IPC_CREAT | 0600);
	const pid_t child = fork();
	int fd;

	CHECK(id >= 0 && child >= 0);
	if (child == 0) {
		CHECK(!named("other") && sem_ctl(id, 0, SETVAL, 3) == 0);
		if (by_pidfd) {
			fd = (int)syscall(SYS_pidfd_open, other, 0);
			REFUSED(syscall(SYS_setns, fd, 0), EINVAL);
			CHECK(syscall(SYS_setns, fd, CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNS) == 0);
		} else {
			for (int n = 0; n < 3; n++) {
				fd = open_ns(other, kinds[n].name);
				CHECK(fd >= 0 && syscall(SYS_setns, fd, n == 0 ? 0 : kinds[n].flag) == 0);
				close(fd);
			}
		}
		CHECK(named("other") && syscall(SYS_faccessat, AT_FDCWD, "/tmp/only-there", 0) == 0);
		CHECK(sem_ctl(syscall(SYS_semget, 0x7357, 1, 0), 0, GETVAL, 0) == 0);
		_exit(0);
	}
	ends_well(child);
	CHECK(!named("other") && syscall(SYS_faccessat, AT_FDCWD, "/tmp/only-there", 0) == -1);
	CHECK(sem_ctl(id, 0, IPC_RMID, 0) == 0);
}

/* A namespace lives as long as somebody holds its file. */
static void outlives(void)
{
	int end, status, fd;
	const pid_t other = start_other(&end);
	pid_t child;

	fd = open_ns(other, "uts");
	close(end);
	CHECK(waitpid(other, &status, 0) == other && status == 0);
	child = fork();
	if (child == 0) {
		CHECK(syscall(SYS_setns, fd, CLONE_NEWUTS) == 0 && named("other"));
		_exit(0);
	}
	ends_well(child);
	close(fd);
}

static void without_rights(pid_t other)
{
	const pid_t child = fork();

	if (child == 0) {
		const int fd = open_ns(getpid(), "uts"), mine = open_ns(getpid(), "user");

		CHECK(syscall(SYS_setgid, 12345) == 0 && syscall(SYS_setuid, 12345) == 0);
		REFUSED(syscall(SYS_setns, fd, 0), EPERM);
		CHECK(open_ns(other, "uts") == -1 && errno == EACCES);
		REFUSED(syscall(SYS_sethostname, "x", 1), EPERM);
		/* Rights over a namespace of its own are none over another one. */
		CHECK(syscall(SYS_unshare, CLONE_NEWUSER) == 0);
		REFUSED(syscall(SYS_sethostname, "x", 1), EPERM);
		REFUSED(syscall(SYS_setns, fd, 0), EPERM);
		REFUSED(syscall(SYS_setns, mine, 0), EPERM);
		CHECK(syscall(SYS_unshare, CLONE_NEWUTS) == 0 && syscall(SYS_sethostname, "own", 3) == 0 &&
		      named("own"));
		_exit(0);
	}
	ends_well(child);
}

/* Who made a namespace of users has all rights in it, and so may enter what belongs to it. */
static void owner(void)
{
	int ready[2];
	char byte;
	pid_t child;
	int fd;

	CHECK(syscall(SYS_setgid, 12345) == 0 && syscall(SYS_setuid, 12345) == 0);
	CHECK(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0 && pipe(ready) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWUTS | 0x02000000) == 0);
		CHECK(syscall(SYS_sethostname, "inner", 5) == 0 && write(ready[1], "x", 1) == 1);
		for (;;)
			raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
	}
	CHECK(read(ready[0], &byte, 1) == 1);
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	REFUSED(syscall(SYS_setns, fd, CLONE_NEWUTS), EPERM);
	CHECK(syscall(SYS_setns, fd, CLONE_NEWUSER | CLONE_NEWUTS | 0x02000000) == 0 && named("inner"));
	CHECK(strcmp(link_of(getpid(), "user"), link_of(child, "user")) == 0);
	CHECK(strcmp(link_of(getpid(), "cgroup"), link_of(child, "cgroup")) == 0);
	CHECK(kill(child, SIGKILL) == 0);
}

int main(void)
{
	int end, status;
	pid_t other;

	links();
	other = start_other(&end);
	enter(other, 0);
	enter(other, 1);
	without_rights(other);
	CHECK(exited_with(status_of(owner), 0));
	close(end);
	CHECK(waitpid(other, &status, 0) == other && status == 0);
	outlives();
	return 0;
}
