/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory-of-another-process-can-be-read - process_vm_readv, process_vm_writev and /proc/PID/mem:
 * pieces on both sides, up to the first that cannot be reached; by who could trace the process. The
 * first two respect how it is mapped, the file does not.
 */
#include "files.h"

static char *shared; /* two pages at the same address in parent and child; what they hold is each one's own */
static long page;
static pid_t child;
static char path[40];

int main(int argc, char **argv);

static long transfer(int out, pid_t pid, const struct iovec *local, int n, const struct iovec *remote, int m, int flags)
{
	return syscall(out ? SYS_process_vm_writev : SYS_process_vm_readv, pid, local, n, remote, m, flags);
}

static void in_pieces(void)
{
	char a[4] = "", b[8] = "";
	const struct iovec local[] = { { a, 3 }, { NULL, 0 }, { b, 7 } };
	const struct iovec remote[] = { { shared + 4, 6 }, { shared, 2 }, { shared + page - 2, 2 } };
	const struct iovec cut[] = { { shared + page - 3, 10 }, { shared, 2 } };

	CHECK(transfer(0, child, local, 3, remote, 3, 0) == 10);
	CHECK(memcmp(a, "efg", 3) == 0 && memcmp(b, "hijabyz", 7) == 0);
	CHECK(transfer(1, child, local, 1, remote, 1, 0) == 3);
	CHECK(transfer(0, child, &local[2], 1, remote, 1, 0) == 6);
	CHECK(memcmp(b, "efghij", 6) == 0);
	/* The second page may not be read; what lies behind it is not looked at. */
	CHECK(transfer(0, child, &local[2], 1, cut, 2, 0) == 3 && memcmp(b, "xyz", 3) == 0);
	REFUSED(transfer(0, child, local, 1, &(struct iovec){ shared + page, 3 }, 1, 0), EFAULT);
	REFUSED(transfer(1, child, local, 1, &(struct iovec){ (void *)(uintptr_t)main, 3 }, 1, 0), EFAULT);
	CHECK(transfer(0, child, local, 1, &(struct iovec){ shared, 0 }, 1, 0) == 0);
}

static void refusals(void)
{
	char a[4];
	const struct iovec local = { a, 4 }, remote = { shared, 4 }, negative = { a, (size_t)-1 };

	REFUSED(transfer(0, child, &local, 1, &remote, 1, 1), EINVAL);
	REFUSED(transfer(0, child, &local, 1025, &remote, 1, 0), EINVAL);
	REFUSED(transfer(0, child, &local, 1, &remote, 1025, 0), EINVAL);
	REFUSED(transfer(0, child, &negative, 1, &remote, 1, 0), EINVAL);
	REFUSED(transfer(0, child, &local, 1, &negative, 1, 0), EINVAL);
	REFUSED(transfer(0, child, (void *)8, 1, &remote, 1, 0), EFAULT);
	REFUSED(transfer(0, child, &(struct iovec){ (void *)8, 4 }, 1, &remote, 1, 0), EFAULT);
	REFUSED(transfer(0, 32767, &local, 1, &remote, 1, 0), ESRCH);
	REFUSED(transfer(0, 32767, &local, 1, &(struct iovec){ (void *)KERNEL_ADDRESS, 4 }, 1, 0), ESRCH);
	CHECK(transfer(0, 32767, &local, 0, (void *)8, 1, 0) == 0);
	CHECK(transfer(0, 32767, &local, 1, NULL, 0, 0) == 0);
}

static void through_the_file(void)
{
	int fd = open(path, O_RDWR);
	char text[8];

	CHECK(fd >= 0);
	CHECK(syscall(SYS_pread64, fd, text, 3, shared + page - 3) == 3 && memcmp(text, "xyz", 3) == 0);
	CHECK(syscall(SYS_lseek, fd, shared, SEEK_SET) == (long)shared);
	CHECK(write(fd, "ABC", 3) == 3 && read(fd, text, 2) == 2 && memcmp(text, "de", 2) == 0);
	REFUSED(syscall(SYS_pread64, fd, text, 1, 0), EIO);
	/* Code may be written: a private copy of it. */
	CHECK(syscall(SYS_pread64, fd, text, 2, (uintptr_t)main) == 2);
	CHECK(syscall(SYS_pwrite64, fd, text, 2, (uintptr_t)main) == 2);
	REFUSED(syscall(SYS_pwrite64, fd, (void *)8, 2, shared), EFAULT);
	kill(child, SIGKILL);
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(syscall(SYS_pread64, fd, text, 1, shared) == 0);
	close(fd);
}

/* What was opened is the memory of then. */
static void across_execve(void)
{
	static char *const words[] = { (char *)"again", (char *)"pause", NULL };
	int go[2], gone[2], fd;
	char byte;

	CHECK(pipe2(go, 0) == 0 && pipe2(gone, O_CLOEXEC) == 0);
	child = fork();
	if (child == 0) {
		CHECK(read(go[0], &byte, 1) == 1);
		syscall(SYS_execve, "/proc/self/exe", words, words + 2);
		_exit(1);
	}
	close(gone[1]);
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)child);
	fd = open(path, O_RDONLY);
	CHECK(syscall(SYS_pread64, fd, &byte, 1, (uintptr_t)main) == 1);
	CHECK(write(go[1], "g", 1) == 1);
	CHECK(read(gone[0], &byte, 1) == 0); /* execve has closed the other end */
	CHECK(syscall(SYS_pread64, fd, &byte, 1, (uintptr_t)main) == 0);
	close(fd);
	kill(child, SIGKILL);
	CHECK(waitpid(child, NULL, 0) == child);
}

static void as_a_stranger(void)
{
	char a[4];
	int go[2];
	const struct iovec local = { a, 4 }, remote = { shared, 4 };

	drop_privileges();
	REFUSED(transfer(0, child, &local, 1, &remote, 1, 0), EPERM);
	REFUSED(open(path, O_RDONLY), EACCES);
	REFUSED(open("/proc/1/mem", O_RDONLY), EACCES);
	CHECK(transfer(0, getpid(), &local, 1, &remote, 1, 0) == 4);
	shared[0] = '-';
	/*
	 * One's equal may look, unless it is undumpable, as its parent is who gave up its rights.
	 */
	CHECK(pipe2(go, 0) == 0);
	child = fork();
	if (child == 0) {
		CHECK(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && read(go[0], a, 1) == 1);
		prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
		for (;;)
			sleep_ms(1000);
	}
	REFUSED(transfer(0, child, &local, 1, &remote, 1, 0), EPERM);
	CHECK(write(go[1], "g", 1) == 1);
	while (transfer(0, child, &local, 1, &remote, 1, 0) != 4)
		CHECK(errno == EPERM);
	CHECK(a[0] == '-');
	kill(child, SIGKILL);
	CHECK(waitpid(child, NULL, 0) == child);
}

int main(int argc, char **argv)
{
	int ready[2];
	char byte;

	(void)argv;
	while (argc > 1)
		sleep_ms(1000);
	page = 4096;
	across_execve();
	shared = mmap(NULL, (size_t)(2 * page), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED && pipe2(ready, 0) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		memcpy(shared, "abcdefghij", 10);
		memcpy(shared + page - 3, "xyz", 3);
		CHECK(mprotect(shared + page, (size_t)page, PROT_NONE) == 0);
		CHECK(write(ready[1], "r", 1) == 1);
		for (;;)
			sleep_ms(100000);
	}
	CHECK(read(ready[0], &byte, 1) == 1);
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)child);
	in_pieces();
	refusals();
	CHECK(exited_with(status_of(as_a_stranger), 0));
	through_the_file();
	return 0;
}
