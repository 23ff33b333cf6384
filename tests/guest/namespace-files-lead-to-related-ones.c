/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-files-lead-to-related-ones - ioctl of a file of /proc/PID/ns gives the user namespace
 * that owns it, the one above it, and its maker's id; what is outside of the caller's own
 * namespaces is EPERM.
 */
#include "files.h"

#define USERNS 0xb701
#define PARENT 0xb702
#define TYPE 0xb703
#define MAKER 0xb704

static int open_ns(pid_t pid, const char *kind)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, kind);
	return open(path, O_RDONLY);
}

static unsigned long inode(int fd)
{
	struct stat s;

	CHECK(fd >= 0 && fstat(fd, &s) == 0);
	return s.st_ino;
}

/* Does WHAT of the namespace at FD lead to the one at TO, by a descriptor that execve closes? */
static int leads(int fd, unsigned long what, int to)
{
	const long found = syscall(SYS_ioctl, fd, what, 0);

	CHECK(found >= 0 && fcntl((int)found, F_GETFD) == FD_CLOEXEC && fcntl((int)found, F_GETFL) >= 0);
	CHECK(syscall(SYS_ioctl, found, TYPE, 0) == syscall(SYS_ioctl, to, TYPE, 0));
	return inode((int)found) == inode(to) && close((int)found) == 0;
}

static int to_parent[2], to_child[2], parents_user;

static void inside(void)
{
	const int user = open("/proc/self/ns/user", O_RDONLY), uts = open("/proc/self/ns/uts", O_RDONLY);
	const int pid = open("/proc/self/ns/pid", O_RDONLY);
	unsigned uid = 77;
	char c;

	CHECK(leads(uts, USERNS, user) && leads(pid, USERNS, user));
	REFUSED(syscall(SYS_ioctl, user, USERNS, 0), EPERM);
	REFUSED(syscall(SYS_ioctl, user, PARENT, 0), EPERM);
	REFUSED(syscall(SYS_ioctl, pid, PARENT, 0), EPERM);
	REFUSED(syscall(SYS_ioctl, uts, PARENT, 0), EINVAL);
	CHECK(syscall(SYS_ioctl, user, MAKER, &uid) == 0 && uid == 65534); /* it has no number here */
	REFUSED(syscall(SYS_ioctl, parents_user, USERNS, 0), EPERM);
	CHECK(write(to_parent[1], "x", 1) == 1 && read(to_child[0], &c, 1) == 1);
	_exit(0);
}

int main(void)
{
	const int user = open_ns(getpid(), "user"), uts = open_ns(getpid(), "uts"), pid = open_ns(getpid(), "pid");
	int child_user, child_uts, child_pid, status;
	unsigned uid = 77;
	pid_t child;
	char c;

	parents_user = user;
	CHECK(leads(uts, USERNS, user) && leads(pid, USERNS, user));
	REFUSED(syscall(SYS_ioctl, uts, PARENT, 0), EINVAL);
	REFUSED(syscall(SYS_ioctl, uts, MAKER, &uid), EINVAL);
	REFUSED(syscall(SYS_ioctl, user, MAKER, 8), EFAULT);
	REFUSED(syscall(SYS_ioctl, user, 0xb77f, 0), ENOTTY);
	CHECK(syscall(SYS_ioctl, user, MAKER, &uid) == 0 && uid == 0);

	CHECK(pipe(to_parent) == 0 && pipe(to_child) == 0);
	child = (pid_t)raw(SYS_clone, CLONE_NEWUSER | CLONE_NEWUTS | CLONE_NEWPID | SIGCHLD, 0, 0, 0, 0, 0);
	CHECK(child >= 0);
	if (child == 0)
		inside();
	CHECK(read(to_parent[0], &c, 1) == 1);
	child_user = open_ns(child, "user");
	child_uts = open_ns(child, "uts");
	child_pid = open_ns(child, "pid");
	CHECK(leads(child_user, USERNS, user) && leads(child_user, PARENT, user));
	CHECK(leads(child_uts, USERNS, child_user) && leads(child_pid, USERNS, child_user));
	CHECK(leads(child_pid, PARENT, pid));
	CHECK(syscall(SYS_ioctl, child_user, MAKER, &uid) == 0 && uid == 0);
	CHECK(write(to_child[1], "x", 1) == 1 && waitpid(child, &status, 0) == child && exited_with(status, 0));
	/* The files hold the namespaces. */
	CHECK(leads(child_uts, USERNS, child_user) && leads(child_pid, PARENT, pid));
	return 0;
}
