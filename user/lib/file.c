/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.c - POSIX's calls on files and descriptors, each the Linux call of its
 * name or the *at form that riscv64 has in its place.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <termios.h>
#include <unistd.h>

ssize_t read(int fd, void *buffer, size_t size)
{
	return syscall(SYS_read, fd, buffer, size);
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	return syscall(SYS_write, fd, buffer, size);
}

ssize_t readv(int fd, const struct iovec *vector, int count)
{
	return syscall(SYS_readv, fd, vector, count);
}

ssize_t writev(int fd, const struct iovec *vector, int count)
{
	return syscall(SYS_writev, fd, vector, count);
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
	return syscall(SYS_pread64, fd, buffer, size, offset);
}

int openat(int dirfd, const char *path, int flags, ...)
{
	va_list arguments;

	va_start(arguments, flags);
	const unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
	va_end(arguments);
	return (int)syscall(SYS_openat, dirfd, path, flags | O_LARGEFILE, mode);
}

int open(const char *path, int flags, ...)
{
	va_list arguments;

	va_start(arguments, flags);
	const unsigned mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
	va_end(arguments);
	return openat(AT_FDCWD, path, flags, mode);
}

int close(int fd)
{
	return (int)syscall(SYS_close, fd);
}

off_t lseek(int fd, off_t offset, int whence)
{
	return syscall(SYS_lseek, fd, offset, whence);
}

int dup(int fd)
{
	return (int)syscall(SYS_dup, fd);
}

int dup3(int from, int to, int flags)
{
	return (int)syscall(SYS_dup3, from, to, flags);
}

/* dup3 refuses equal descriptors, dup2 returns them if they are open. */
int dup2(int from, int to)
{
	if (from == to)
		return fcntl(from, F_GETFD) < 0 ? -1 : to;
	return dup3(from, to, 0);
}

int pipe2(int fds[2], int flags)
{
	return (int)syscall(SYS_pipe2, fds, flags);
}

int pipe(int fds[2])
{
	return pipe2(fds, 0);
}

int fcntl(int fd, int command, ...)
{
	va_list arguments;

	va_start(arguments, command);
	const long argument = va_arg(arguments, long);
	va_end(arguments);
	return (int)syscall(SYS_fcntl, fd, command, argument);
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;

	va_start(arguments, request);
	const long argument = va_arg(arguments, long);
	va_end(arguments);
	return (int)syscall(SYS_ioctl, fd, request, argument);
}

int fstat(int fd, struct stat *status)
{
	return (int)syscall(SYS_fstat, fd, status);
}

int fstatat(int dirfd, const char *path, struct stat *status, int flags)
{
	return (int)syscall(SYS_newfstatat, dirfd, path, status, flags);
}

int stat(const char *path, struct stat *status)
{
	return fstatat(AT_FDCWD, path, status, 0);
}

int lstat(const char *path, struct stat *status)
{
	return fstatat(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

int access(const char *path, int mode)
{
	return (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

int unlink(const char *path)
{
	return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int chdir(const char *path)
{
	return (int)syscall(SYS_chdir, path);
}

char *getcwd(char *buffer, size_t size)
{
	return syscall(SYS_getcwd, buffer, size) < 0 ? NULL : buffer;
}

int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
	struct timespec timeout = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

	return (int)syscall(SYS_ppoll, fds, count, milliseconds < 0 ? NULL : &timeout, NULL, 8);
}

int isatty(int fd)
{
	struct termios settings;

	return tcgetattr(fd, &settings) == 0;
}

int tcgetattr(int fd, struct termios *settings)
{
	return ioctl(fd, TCGETS, settings);
}

int tcsetattr(int fd, int when, const struct termios *settings)
{
	return ioctl(fd, TCSETS + (unsigned long)when, settings);
}
