/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * splice-moves-bytes-through-pipes - splice, tee and vmsplice: between a file, a socket, memory and
 * pipes; what stays where it was, who waits, and every refusal.
 */
#include "files.h"

#include <sys/uio.h>

#define NONBLOCK 2
#define PATH "/tmp/splice-moves-bytes"

static long do_splice(int in, long *in_off, int out, long *out_off, size_t n, unsigned flags)
{
	return syscall(SYS_splice, in, in_off, out, out_off, n, flags);
}

static long do_tee(int in, int out, size_t n, unsigned flags)
{
	return syscall(SYS_tee, in, out, n, flags);
}

static long do_vmsplice(int fd, const void *buf, size_t n, unsigned flags)
{
	const struct iovec v = { (void *)(uintptr_t)buf, n };

	return syscall(SYS_vmsplice, fd, &v, 1, flags);
}

static int reads(int fd, const char *text)
{
	char buf[64];
	const ssize_t n = read(fd, buf, sizeof(buf));

	return n == (ssize_t)strlen(text) && memcmp(buf, text, (size_t)n) == 0;
}

static void with_files(const int *a)
{
	int fd = open(PATH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	long off = 2;
	char buf[32];

	CHECK(fd >= 0 && unlink(PATH) == 0 && write(fd, "0123456789", 10) == 10);
	/* Out of the file: from its own position, or from one beside it. */
	CHECK(lseek(fd, 0, SEEK_SET) == 0);
	CHECK(do_splice(fd, NULL, a[1], NULL, 4, 0) == 4 && lseek(fd, 0, SEEK_CUR) == 4);
	CHECK(do_splice(fd, &off, a[1], NULL, 3, 0) == 3 && off == 5 && lseek(fd, 0, SEEK_CUR) == 4);
	CHECK(reads(a[0], "0123234"));
	CHECK(do_splice(fd, NULL, a[1], NULL, 1000, 0) == 6 && do_splice(fd, NULL, a[1], NULL, 1000, 0) == 0);
	/* Into another, since what was spliced may still be the file's own page. */
	close(fd);
	fd = open(PATH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && unlink(PATH) == 0);
	off = 8;
	CHECK(do_splice(a[0], NULL, fd, &off, 3, 0) == 3 && off == 11);
	CHECK(do_splice(a[0], NULL, fd, NULL, 1000, 0) == 3 && lseek(fd, 0, SEEK_CUR) == 3);
	CHECK(lseek(fd, 0, SEEK_SET) == 0 && read(fd, buf, sizeof(buf)) == 11);
	CHECK(memcmp(buf,
		     "789\0\0\0\0\0"
		     "456",
		     11) == 0);
	close(fd);
}

static void with_sockets(const int *a)
{
	int s[2];

	CHECK(syscall(SYS_socketpair, 1, 1, 0, s) == 0);
	CHECK(write(a[1], "hello", 5) == 5 && do_splice(a[0], NULL, s[0], NULL, 100, 0) == 5);
	CHECK(do_splice(s[1], NULL, a[1], NULL, 3, 0) == 3);
	CHECK(reads(a[0], "hel"));
	CHECK(reads(s[1], "lo"));
	CHECK(fcntl(s[1], F_SETFL, O_NONBLOCK) == 0);
	REFUSED(do_splice(s[1], NULL, a[1], NULL, 3, 0), EAGAIN);
	close(s[0]);
	CHECK(do_splice(s[1], NULL, a[1], NULL, 3, 0) == 0);
	close(s[1]);
}

static void between_pipes(const int *a, const int *b)
{
	CHECK(write(a[1], "abcdef", 6) == 6);
	CHECK(do_tee(a[0], b[1], 4, 0) == 4); /* stays in a */
	CHECK(reads(b[0], "abcd"));
	CHECK(do_tee(a[0], b[1], 100, 0) == 6);
	CHECK(do_splice(a[0], NULL, b[1], NULL, 2, 0) == 2);
	CHECK(reads(b[0], "abcdefab"));
	CHECK(reads(a[0], "cdef"));
	REFUSED(do_splice(a[0], NULL, b[1], NULL, 2, NONBLOCK), EAGAIN);
	REFUSED(do_tee(a[0], b[1], 2, NONBLOCK), EAGAIN);
}

static void with_memory(const int *a)
{
	static char large[1 << 20] __attribute__((aligned(4096)));
	char buf[8] = "";

	CHECK(do_vmsplice(a[1], "memory", 6, 0) == 6);
	CHECK(do_vmsplice(a[0], buf, 3, 0) == 3 && memcmp(buf, "mem", 3) == 0);
	CHECK(reads(a[0], "ory"));
	REFUSED(do_vmsplice(a[0], buf, 3, NONBLOCK), EAGAIN);
	CHECK(do_vmsplice(a[1], large, sizeof(large), 0) == 65536); /* what fits */
	REFUSED(do_vmsplice(a[1], large, 1, NONBLOCK), EAGAIN);
	for (size_t n = 0; n < 65536; n += 4096)
		CHECK(read(a[0], large, 4096) == 4096);
	CHECK(do_vmsplice(a[1], large, 0, 0) == 0);
}

static void refusals(const int *a, const int *b)
{
	const int null = open("/dev/null", O_RDWR), add = open(PATH, O_WRONLY | O_CREAT | O_APPEND, 0600);
	long off = 0;

	CHECK(null >= 0 && add >= 0 && unlink(PATH) == 0);
	CHECK(do_splice(-1, NULL, -1, NULL, 0, 0xffff) == 0); /* nothing is wanted */
	REFUSED(do_splice(-1, NULL, -1, NULL, 1, 16), EINVAL);
	REFUSED(do_splice(-1, NULL, a[1], NULL, 1, 0), EBADF);
	REFUSED(do_splice(a[0], NULL, -1, NULL, 1, 0), EBADF);
	REFUSED(do_splice(a[0], &off, null, NULL, 1, 0), ESPIPE);
	REFUSED(do_splice(null, NULL, a[1], &off, 1, 0), ESPIPE);
	REFUSED(do_splice(a[0], NULL, null, (long *)KERNEL_ADDRESS, 1, 0), EFAULT);
	REFUSED(do_splice(a[1], NULL, null, NULL, 1, 0), EBADF); /* the end that writes */
	REFUSED(do_splice(null, NULL, a[0], NULL, 1, 0), EBADF);
	REFUSED(do_splice(null, NULL, null, NULL, 1, 0), EINVAL);
	REFUSED(do_splice(a[0], NULL, a[1], NULL, 1, 0), EINVAL);
	REFUSED(do_splice(a[0], NULL, add, NULL, 1, 0), EINVAL);
	REFUSED(do_tee(a[0], b[1], 1, 16), EINVAL);
	CHECK(do_tee(-1, -1, 0, 0) == 0);
	REFUSED(do_tee(-1, b[1], 1, 0), EBADF);
	REFUSED(do_tee(a[1], b[1], 1, 0), EBADF);
	REFUSED(do_tee(null, b[1], 1, 0), EINVAL);
	REFUSED(do_tee(a[0], a[1], 1, 0), EINVAL);
	REFUSED(do_vmsplice(a[0], "", 1, 16), EINVAL);
	REFUSED(do_vmsplice(-1, "", 1, 0), EBADF);
	REFUSED(do_vmsplice(null, "", 1, 0), EBADF);
	REFUSED(do_vmsplice(a[1], (void *)KERNEL_ADDRESS, 1, 0), EFAULT);
	close(null);
	close(add);
}

static void without_readers(void)
{
	int p[2], q[2];

	CHECK(pipe(p) == 0 && pipe(q) == 0 && close(p[0]) == 0 && write(q[1], "x", 1) == 1);
	signal(SIGPIPE, SIG_IGN);
	REFUSED(do_splice(q[0], NULL, p[1], NULL, 1, 0), EPIPE);
	REFUSED(do_vmsplice(p[1], "x", 1, 0), EPIPE);
	signal(SIGPIPE, SIG_DFL);
	do_vmsplice(p[1], "x", 1, 0);
}

/* A splice that waits for bytes, and gets what comes first. */
static void waits(const int *a, const int *b)
{
	const pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (child == 0) {
		CHECK(do_splice(a[0], NULL, b[1], NULL, 1000, 0) == 4);
		_exit(0);
	}
	until_asleep(child);
	CHECK(write(a[1], "wait", 4) == 4);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	CHECK(reads(b[0], "wait"));
}

int main(void)
{
	int a[2], b[2];

	CHECK(pipe(a) == 0 && pipe(b) == 0);
	refusals(a, b);
	with_files(a);
	with_sockets(a);
	between_pipes(a, b);
	with_memory(a);
	waits(a, b);
	CHECK(killed_by(status_of(without_readers), SIGPIPE));
	CHECK(close(a[1]) == 0 && do_splice(a[0], NULL, b[1], NULL, 9, 0) == 0 && do_tee(a[0], b[1], 9, 0) == 0);
	return 0;
}
