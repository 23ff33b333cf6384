/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * output.c - see output.h: a temporary file beside the one that is wanted takes its place. What is
 * no regular file (a pipe, /dev/stdout) is written to, and so is one in a folder that is not.
 */
#include "output.h"
#include "source.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_to(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		const ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

/* Writes, gives the file its mode, and closes it. */
static bool fill_file(int fd, const void *bytes, size_t n, mode_t mode)
{
	const bool good = write_to(fd, bytes, n) && fchmod(fd, mode) == 0;
	const int err = errno;

	if (close(fd) != 0)
		return false;
	errno = err;
	return good;
}

/* The file that TARGET is to be, beside it: a link that leads elsewhere stays one. */
static bool replace_file(const char *target, const void *bytes, size_t n, mode_t mode)
{
	char temporary[PATH_MAX + 8];
	int fd, err;

	snprintf(temporary, sizeof(temporary), "%s.XXXXXX", target);
	fd = mkstemp(temporary);
	if (fd < 0)
		return false;
	if (fill_file(fd, bytes, n, mode) && rename(temporary, target) == 0)
		return true;
	err = errno;
	unlink(temporary);
	errno = err;
	return false;
}

static bool write_special(const char *file, const void *bytes, size_t n)
{
	FILE *to = fopen(file, "wb");
	bool good = to != NULL && fwrite(bytes, 1, n, to) == n;

	if (to != NULL)
		good = fclose(to) == 0 && good;
	return good;
}

bool output_write(const char *file, const void *bytes, size_t n)
{
	const mode_t mask = umask(0);
	char target[PATH_MAX];
	struct stat st;
	bool good;

	umask(mask);
	if (stat(file, &st) != 0)
		good = replace_file(file, bytes, n, 0666 & ~mask);
	else if (!S_ISREG(st.st_mode))
		good = write_special(file, bytes, n);
	else
		good = realpath(file, target) != NULL && (replace_file(target, bytes, n, st.st_mode & 07777) ||
							  (errno == EACCES && write_special(file, bytes, n)));
	if (!good)
		complain("portcullis: %s: %s\n", file, strerror(errno));
	return good;
}

FILE *output_begin(struct output *o)
{
	*o = (struct output){ .text = NULL };
	o->to = open_memstream(&o->text, &o->n);
	if (o->to == NULL)
		complain("portcullis: %s\n", strerror(errno));
	return o->to;
}

bool output_end(struct output *o, const char *file)
{
	const bool whole = fclose(o->to) == 0, good = whole && output_write(file, o->text, o->n);

	if (!whole)
		complain("portcullis: %s: %s\n", file, strerror(errno));
	free(o->text);
	return good;
}

void output_drop(struct output *o)
{
	fclose(o->to);
	free(o->text);
}
