/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signalfd-gives-blocked-signals - what is pending can be polled for and read, in Linux's order, by
 * whoever reads; with what the signal tells. The mask of an open one can be changed.
 */
#include "files.h"

struct record {
	uint32_t signo;
	int32_t error, code;
	uint32_t pid, uid;
	int32_t fd;
	uint32_t tid, band, overrun, trapno;
	int32_t status, value;
	uint64_t pointer;
	char rest[72];
};

static int signalfd(int fd, uint64_t mask, int flags)
{
	return (int)syscall(SYS_signalfd4, fd, &mask, 8, flags);
}

static uint64_t bit(int sig)
{
	return 1ULL << (sig - 1);
}

int main(void)
{
	const uint64_t mask = bit(SIGUSR1) | bit(SIGCHLD) | bit(40), kill_too = mask | bit(SIGKILL);
	struct record r[4];
	siginfo_t info;
	char path[40], text[40];
	int fd, status;
	pid_t child;
	long n;

	CHECK(sizeof(r[0]) == 128);
	REFUSED(syscall(SYS_signalfd4, -1, &mask, 4, 0), EINVAL);
	REFUSED(syscall(SYS_signalfd4, -1, (void *)8, 8, 0), EFAULT);
	REFUSED(signalfd(-1, mask, 1), EINVAL);
	REFUSED(signalfd(-2, mask, 0), EBADF);
	REFUSED(signalfd(0, mask, 0), EINVAL);
	CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &kill_too, NULL, 8) == 0);
	fd = signalfd(-1, kill_too, O_NONBLOCK | O_CLOEXEC);
	CHECK(fd >= 0 && fcntl(fd, F_GETFD) == FD_CLOEXEC && fcntl(fd, F_GETFL) == (O_RDWR | O_NONBLOCK));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, text, sizeof(text));
	CHECK(n == 21 && memcmp(text, "anon_inode:[signalfd]", 21) == 0);
	REFUSED(write(fd, "x", 1), EINVAL);
	REFUSED(read(fd, r, 127), EINVAL);
	REFUSED(read(fd, r, 128), EAGAIN);
	CHECK(is_ready(fd, POLLIN) == 0);

	memset(&info, 0, sizeof(info));
	info.si_code = -1;
	info.si_value.sival_int = 1234;
	CHECK(syscall(SYS_rt_sigqueueinfo, getpid(), 40, &info) == 0);
	info.si_value.sival_int = 1235;
	CHECK(syscall(SYS_rt_sigqueueinfo, getpid(), 40, &info) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(is_ready(fd, POLLIN) == POLLIN);
	CHECK(read(fd, r, sizeof(r)) == 3 * 128);
	CHECK(r[0].signo == SIGUSR1 && r[0].code == 0 && r[0].pid == (uint32_t)getpid() && r[0].uid == getuid());
	CHECK(r[1].signo == 40 && r[1].code == -1 && r[1].value == 1234 && r[2].value == 1235);

	child = fork();
	if (child == 0)
		_exit(7);
	{
		struct pollfd p = { fd, POLLIN, 0 };

		CHECK(poll(&p, 1, 20000) == 1);
	}
	CHECK(read(fd, r, 130) == 128);
	CHECK(r[0].signo == SIGCHLD && r[0].code == CLD_EXITED && r[0].pid == (uint32_t)child && r[0].status == 7);
	CHECK(waitpid(child, &status, 0) == child);

	/*
	 * What it is no longer for is left; what waits in read() is
	 * woken, in the reader's own process.
	 */
	CHECK(signalfd(fd, bit(SIGUSR1), 0) == fd);
	CHECK(raw(SYS_tkill, raw0(SYS_gettid), 40, 0, 0, 0, 0) == 0);
	REFUSED(read(fd, r, 128), EAGAIN);
	CHECK(fcntl(fd, F_SETFL, 0) == 0);
	child = fork();
	if (child == 0)
		_exit(read(fd, r, 128) == 128 && r[0].signo == SIGUSR1 ? 9 : 10);
	sleep_ms(50);
	CHECK(kill(child, SIGUSR1) == 0);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 9));
	return 0;
}
