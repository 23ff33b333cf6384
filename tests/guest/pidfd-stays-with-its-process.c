/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidfd-stays-with-its-process - pidfds from pidfd_open, clone and clone3: readable when the
 * process has ended, waited for and signalled through; what is left when it was waited for; a
 * descriptor taken out of another process.
 */
#include "files.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x1000
#endif

static int pidfd_open(int pid, unsigned flags)
{
	return (int)syscall(SYS_pidfd_open, pid, flags);
}

static int send_signal(int pidfd, int sig, const void *info)
{
	return (int)syscall(SYS_pidfd_send_signal, pidfd, sig, info, 0);
}

static int wait_for(int pidfd, int options, siginfo_t *info)
{
	memset(info, 0, sizeof(*info));
	return (int)syscall(SYS_waitid, P_PIDFD, pidfd, info, options, NULL);
}

static pid_t fork_pausing(void)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		for (;;)
			sleep_ms(100000);
	return child;
}

static void lives_and_ends(void)
{
	const pid_t child = fork_pausing();
	const int fd = pidfd_open(child, 0), slow = pidfd_open(child, O_NONBLOCK);
	char text[64], path[64];
	siginfo_t info;
	long n;

	CHECK(fd >= 0 && slow >= 0);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(fcntl(fd, F_GETFL) == O_RDWR && fcntl(slow, F_GETFL) == (O_RDWR | O_NONBLOCK));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, text, sizeof(text));
	CHECK(n > 0 && memmem(text, (size_t)n, "pid", 3) != NULL);
	REFUSED(read(fd, text, 1), EINVAL);

	CHECK(is_ready(fd, POLLIN) == 0);
	REFUSED(wait_for(slow, WEXITED, &info), EAGAIN);
	CHECK(wait_for(slow, WEXITED | WNOHANG, &info) == 0 && info.si_pid == 0);
	CHECK(send_signal(fd, 0, NULL) == 0);
	REFUSED(send_signal(fd, 65, NULL), EINVAL);
	REFUSED(syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 64), EINVAL);
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGTERM;
	info.si_code = -1; /* SI_QUEUE */
	REFUSED(send_signal(fd, SIGKILL, &info), EINVAL);
	info.si_code = 0;
	REFUSED(send_signal(fd, SIGTERM, &info), EPERM);
	REFUSED(send_signal(fd, SIGTERM, (void *)8), EFAULT);
	info.si_code = -1;
	CHECK(send_signal(fd, SIGTERM, &info) == 0);

	{
		struct pollfd p = { fd, POLLIN, 0 };

		CHECK(poll(&p, 1, 20000) == 1 && p.revents == POLLIN);
	}
	CHECK(send_signal(fd, SIGKILL, NULL) == 0); /* to what has ended and was not waited for */
	CHECK(wait_for(fd, WEXITED | WNOWAIT, &info) == 0 && info.si_pid == child);
	CHECK(wait_for(fd, WEXITED, &info) == 0);
	CHECK(info.si_pid == child && info.si_signo == SIGCHLD && info.si_status == SIGTERM);
	CHECK((is_ready(fd, POLLIN) & POLLIN) != 0);
	REFUSED(wait_for(fd, WEXITED, &info), ECHILD);
	REFUSED(send_signal(fd, 0, NULL), ESRCH);
	REFUSED(syscall(SYS_pidfd_getfd, fd, 0, 0), ESRCH);
	REFUSED(pidfd_open(child, 0), ESRCH);
	close(fd);
	close(slow);
}

static void wakes_who_waits(void)
{
	const pid_t child = fork();
	struct pollfd p = { -1, POLLIN, 0 };

	if (child == 0) {
		sleep_ms(60);
		_exit(0);
	}
	p.fd = pidfd_open(child, 0);
	CHECK(poll(&p, 1, 20000) == 1);
	CHECK(waitpid(child, NULL, 0) == child && close(p.fd) == 0);
}

static void comes_from_clone(void)
{
	int fd = -1, parent_tid = -1;
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
	} args = { CLONE_PIDFD | CLONE_PARENT_SETTID, (uintptr_t)&fd, 0, (uintptr_t)&parent_tid, SIGCHLD, 0, 0, 0 };
	siginfo_t info;
	long pid;

	pid = raw(SYS_clone, CLONE_PIDFD | SIGCHLD, 0, (long)&fd, 0, 0, 0);
	CHECK(pid >= 0);
	if (pid == 0)
		_exit(fcntl(3, F_GETFD) < 0 ? 3 : 4); /* the child has it not */
	CHECK(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC);
	CHECK(wait_for(fd, WEXITED, &info) == 0 && info.si_pid == pid && info.si_status == 3);
	close(fd);

	pid = syscall(SYS_clone3, &args, sizeof(args));
	CHECK(pid >= 0);
	if (pid == 0)
		_exit(5);
	CHECK(parent_tid == pid);
	CHECK(wait_for(fd, WEXITED, &info) == 0 && info.si_pid == pid && info.si_status == 5);
	close(fd);

	CHECK(raw(SYS_clone, CLONE_PIDFD | CLONE_PARENT_SETTID | SIGCHLD, 0, (long)&fd, 0, 0, 0) == -EINVAL);
	args.pidfd = args.parent_tid;
	REFUSED(syscall(SYS_clone3, &args, sizeof(args)), EINVAL);
	CHECK(raw(SYS_clone, CLONE_PIDFD | CLONE_DETACHED | SIGCHLD, 0, (long)&fd, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_PIDFD | SIGCHLD, 0, 8, 0, 0, 0) == -EFAULT);
	CHECK(waitpid(-1, NULL, 0) == -1 && errno == ECHILD);
	CHECK(fcntl(3, F_GETFD) == -1);
}

static void gives_descriptors(void)
{
	int ends[2], pidfd, got, status;
	char byte;
	pid_t child;

	CHECK(pipe2(ends, 0) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(ends[1]);
		for (;;)
			sleep_ms(100000);
	}
	close(ends[0]);
	pidfd = pidfd_open(child, 0);
	got = (int)syscall(SYS_pidfd_getfd, pidfd, ends[0], 0);
	CHECK(got >= 0 && fcntl(got, F_GETFD) == FD_CLOEXEC);
	CHECK(write(ends[1], "x", 1) == 1 && read(got, &byte, 1) == 1 && byte == 'x');
	REFUSED(syscall(SYS_pidfd_getfd, pidfd, 500, 0), EBADF);
	REFUSED(syscall(SYS_pidfd_getfd, ends[1], 0, 0), EBADF);
	REFUSED(syscall(SYS_pidfd_getfd, pidfd, 0, 1), EINVAL);
	status = fork();
	if (status == 0) {
		drop_privileges();
		REFUSED(syscall(SYS_pidfd_getfd, pidfd, 0, 0), EPERM);
		REFUSED(send_signal(pidfd, SIGKILL, NULL), EPERM);
		_exit(0);
	}
	CHECK(waitpid(status, &status, 0) > 0 && exited_with(status, 0));
	CHECK(send_signal(pidfd, SIGKILL, NULL) == 0);
	CHECK(waitpid(child, &status, 0) == child && killed_by(status, SIGKILL));
}

int main(void)
{
	siginfo_t info;

	REFUSED(pidfd_open(getpid(), 1), EINVAL);
	REFUSED(pidfd_open(0, 0), EINVAL);
	REFUSED(pidfd_open(32767, 0), ESRCH);
	REFUSED(send_signal(0, 0, NULL), EBADF);
	REFUSED(wait_for(-1, WEXITED, &info), EINVAL);
	REFUSED(wait_for(0, WEXITED, &info), EBADF);
	lives_and_ends();
	wakes_who_waits();
	comes_from_clone();
	gives_descriptors();
	return 0;
}
