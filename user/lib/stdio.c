/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdio.c - the three standard streams on descriptors 0 to 2, and what
 * picolibc's stdio does not have or does with other numbers than Linux's.
 *
 * stdout and stderr are written line by line (one write each, so that lines of
 * several processes do not mix) and at exit; reading stdin flushes stdout first.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio-bufio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ssize_t read_prompted(int fd, void *buffer, size_t size)
{
	fflush(stdout);
	return read(fd, buffer, size);
}

static char in_buffer[512], out_buffer[1024], err_buffer[512];

static struct __file_bufio in =
	FDEV_SETUP_BUFIO(0, in_buffer, sizeof(in_buffer), read_prompted, write, lseek, close, __SRD, 0);
static struct __file_bufio out =
	FDEV_SETUP_BUFIO(1, out_buffer, sizeof(out_buffer), read, write, lseek, close, __SWR, __BLBF);
static struct __file_bufio err =
	FDEV_SETUP_BUFIO(2, err_buffer, sizeof(err_buffer), read, write, lseek, close, __SWR, __BLBF);

FILE *const stdin = &in.xfile.cfile.file;
FILE *const stdout = &out.xfile.cfile.file;
FILE *const stderr = &err.xfile.cfile.file;

__attribute__((destructor)) static void flush_standard_streams(void)
{
	fflush(stdout);
	fflush(stderr);
}

/* picolibc's fopen passes newlib's O_ numbers to open(); its fdopen is good. */
FILE *fopen(const char *path, const char *mode)
{
	int flags = mode[0] == 'r' ? O_RDONLY : O_WRONLY | O_CREAT;

	if (mode[0] == 'w')
		flags |= O_TRUNC;
	if (mode[0] == 'a')
		flags |= O_APPEND;
	if (strchr(mode, '+') != NULL)
		flags = (flags & ~O_ACCMODE) | O_RDWR;
	if (strchr(mode, 'e') != NULL)
		flags |= O_CLOEXEC;

	const int fd = open(path, flags, 0666);
	if (fd < 0)
		return NULL;
	return fdopen(fd, mode); /* closes fd when it fails */
}

/* One write(2) for up to 1023 bytes; what is longer is cut. */
int vdprintf(int fd, const char *format, va_list arguments)
{
	char text[1024];
	const int length = vsnprintf(text, sizeof(text), format, arguments);
	const size_t size = (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1;

	return write(fd, text, size) < 0 ? -1 : length;
}

int dprintf(int fd, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	const int length = vdprintf(fd, format, arguments);
	va_end(arguments);
	return length;
}
