/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stdstreams.c - the first program's standard streams: see stdstreams.h. Called when that program
 * is made, through the files' operations, and by dev.c.
 *
 * Input from the host has marks: CONSOLE_MARK and '.' is its end, CONSOLE_MARK twice is that byte.
 * The console has only one input: while that is the program's standard input, nothing can be typed.
 */
#include "stdstreams.h"

#include <abi/ioctl.h>

#include "console.h"
#include "file.h"
#include "options.h"
#include "task.h"
#include "usercopy.h"

#define BUFFER 4096U

static struct {
	uint8_t bytes[BUFFER]; /* a ring; positions only grow */
	uint32_t head, tail;
	bool marked;	    /* the last byte was a CONSOLE_MARK */
	bool ended;	    /* the end has come in */
	struct waitq event; /* readers sleep here */
} input;

/* Takes the bytes that have come in from the console, as far as there is room. */
static void stdstreams_pull(void)
{
	while (!input.ended && input.head - input.tail < BUFFER) {
		const int c = console_getc();

		if (c < 0)
			break;
		if (!input.marked && c == CONSOLE_MARK) {
			input.marked = true;
			continue;
		}
		if (input.marked && c == '.')
			input.ended = true;
		else
			input.bytes[input.head++ % BUFFER] = (uint8_t)c;
		input.marked = false;
	}
}

static void stdstreams_on_input(void)
{
	stdstreams_pull();
	waitq_wake(&input.event);
}

static long stdin_read(struct file *f, struct uio *to, uint64_t *pos)
{
	uint64_t done = 0;

	(void)pos;
	while (stdstreams_pull(), input.head == input.tail) {
		if (input.ended)
			return 0;
		const int err = file_wait(f, &input.event);

		if (err != 0)
			return err;
	}
	while (to->left > 0 && input.head != input.tail) {
		const uint32_t at = input.tail % BUFFER, used = input.head - input.tail;
		const uint64_t whole = used < BUFFER - at ? used : BUFFER - at, n = whole < to->left ? whole : to->left;
		const uint64_t got = uio_put(to, input.bytes + at, n);

		input.tail += (uint32_t)got;
		done += got;
		if (got != n)
			return done != 0 ? (long)done : -EFAULT;
	}
	return (long)done;
}

static uint32_t stdin_poll(struct file *f, struct poll_table *q)
{
	(void)f;
	if (q != NULL)
		poll_wait(q, &input.event);
	stdstreams_pull();
	return (input.head != input.tail ? POLLIN | POLLRDNORM : 0) | (input.ended ? POLLHUP : 0);
}

static long stdin_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const uint32_t n = input.head - input.tail;

	(void)f;
	return cmd == FIONREAD ? copy_to_user(arg, &n, sizeof(n)) : -ENOTTY;
}

long stdstreams_write(unsigned stream, struct uio *from, bool for_terminal)
{
	char part[256];
	uint64_t done = 0;

	while (from->left > 0) {
		const uint64_t n = from->left < sizeof(part) ? from->left : sizeof(part), got = uio_get(from, part, n);
		const uint64_t step = for_terminal ? 1 : got;

		for (uint64_t at = 0; at < got; at += step) {
			if (for_terminal && part[at] == '\n')
				console_write_stream(stream, "\r", 1);
			console_write_stream(stream, part + at, step);
		}
		done += got;
		if (got != n)
			return done != 0 ? (long)done : -EFAULT;
		if (sched_give_way())
			return (long)done;
	}
	return (long)done;
}

/* f->data is the number of the stream. */
static long stdout_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)pos;
	return stdstreams_write((unsigned)(uintptr_t)f->data, from, false);
}

static uint32_t stdout_poll(struct file *f, struct poll_table *q)
{
	(void)f, (void)q;
	return POLLOUT | POLLWRNORM;
}

static long stdout_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const uint32_t n = 0;

	(void)f;
	return cmd == FIONREAD ? copy_to_user(arg, &n, sizeof(n)) : -ENOTTY;
}

static const struct file_ops stdin_ops = {
	.read = stdin_read, .poll = stdin_poll, .ioctl = stdin_ioctl, .empty_is_nothing = true
};
static const struct file_ops stdout_ops = {
	.write = stdout_write, .poll = stdout_poll, .ioctl = stdout_ioctl, .empty_is_nothing = true
};

static int stdstreams_open_pipe(unsigned fd, struct file **out)
{
	struct inode *i = inode_create(&volume_anon, S_IFIFO | S_IRUSR | S_IWUSR);

	if (i == NULL)
		return -ENOMEM;
	if (fd == 0) {
		waitq_init(&input.event);
		console_on_input(stdstreams_on_input);
	}
	*out = file_create(fd == 0 ? &stdin_ops : &stdout_ops, i, fd == 0 ? O_RDONLY : O_WRONLY, (void *)(uintptr_t)fd);
	inode_put(i);
	if (*out == NULL)
		return -ENOMEM;
	(*out)->name = "pipe:";
	return 0;
}

static int stdstreams_open_path(const char *path, uint32_t flags, struct file **out)
{
	struct inode *i = fs_lookup(path);
	const int err = i != NULL ? file_open(i, NULL, flags, out) : -ENOENT;

	inode_put(i);
	return err;
}

int stdstreams_open(struct files *files)
{
	struct file *console = NULL;
	int err = stdstreams_open_path("/dev/console", O_RDWR, &console);

	for (unsigned fd = 0; err == 0 && fd < 3; fd++) {
		struct file *f = NULL;

		if (options.stdio[fd] == STDIO_PIPE)
			err = stdstreams_open_pipe(fd, &f);
		else if (options.stdio[fd] == STDIO_FILE)
			err = stdstreams_open_path("/.portcullis/stdin", O_RDONLY, &f);
		else if (options.stdio[fd] == STDIO_NULL)
			err = stdstreams_open_path("/dev/null", O_RDONLY, &f);
		else
			f = file_get(console);
		files->slot[fd].file = f;
	}
	if (console != NULL)
		file_put(console);
	files->lowest = 3;
	return err;
}
