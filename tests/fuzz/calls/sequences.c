/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sequences.c - calls that chance alone seldom makes one after the other: of a file that was just
 * opened, of two sockets that find each other, of a message queue, of a user name space and its
 * maps; and a program that goes on anywhere.
 */
#include "calls.h"

#include <abi/socket.h>

/* Some calls of rows.c about the descriptor FD, which stays open as a rule. */
static void use(struct fuzz *f, long fd)
{
	if (fd < 0)
		return;
	f->last = f->held = (int)fd;
	for (uint32_t n = 1 + any(f, 5); n > 0; n--) {
		const struct row *r;

		do
			r = any_row(f);
		while (r->arguments[0] != FD);
		call(f, r);
	}
	f->held = -1;
	if (once_in(f, 2))
		raw1(SYS_close, fd);
}

static void use_file(struct fuzz *f)
{
	static const int flags[] = { O_RDONLY, O_RDONLY, O_RDWR, O_WRONLY, O_PATH };
	const long name = value(f, once_in(f, 4) ? PATH : SPECIAL_FILE);

	use(f, raw(SYS_openat, AT_FDCWD, name, flags[any(f, COUNT_OF(flags))] | O_NONBLOCK, 0, 0, 0));
}

/* A socket is bound and listens; another connects to it, and both are used. */
static void meet(struct fuzz *f)
{
	static const int types[] = { SOCK_STREAM, SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };
	uint64_t size;
	void *const name = words_of(f);
	const long type = types[any(f, COUNT_OF(types))] | SOCK_NONBLOCK, at = socket_name(f, name, &size);
	const long family = *(const uint16_t *)name, server = raw(SYS_socket, family, type, 0, 0, 0, 0);
	const long client = raw(SYS_socket, family, type, 0, 0, 0, 0);

	raw(SYS_bind, server, at, (long)size, 0, 0, 0);
	raw(SYS_listen, server, any(f, 3), 0, 0, 0, 0);
	raw(SYS_connect, client, at, (long)size, 0, 0, 0);
	if (once_in(f, 2))
		use(f, client);
	use(f, raw(SYS_accept4, server, 0, 0, SOCK_NONBLOCK, 0, 0));
	use(f, server);
}

/* A message queue with messages of a size that a receiver has room for. */
static void fill_queue(struct fuzz *f)
{
	const long fd = raw(SYS_mq_open, value(f, QUEUE_NAME), O_CREAT | O_RDWR | (any(f, 3) ? O_NONBLOCK : 0), 0666,
			    once_in(f, 2) ? value(f, QUEUE_ATTR) : 0, 0, 0);

	raw(SYS_mq_notify, fd, value(f, TIMER_EVENT), 0, 0, 0, 0);
	for (uint32_t n = any(f, 12); n > 0; n--)
		raw(SYS_mq_timedsend, fd, value(f, TEXT), value(f, TEXT_SIZE), any(f, 4), value(f, TIME), 0);
	for (uint32_t n = any(f, 12); n > 0; n--)
		raw(SYS_mq_timedreceive, fd, value(f, BUFFER), 9000, 0, value(f, TIME), 0);
	use(f, fd);
}

static void write_text(const char *path, const char *text)
{
	const long fd = raw(SYS_openat, AT_FDCWD, (long)path, O_WRONLY, 0, 0, 0);

	raw(SYS_write, fd, (long)text, (long)strlen(text), 0, 0, 0);
	raw1(SYS_close, fd);
}

/* A name space of users, and perhaps others, in which this process is root. */
static void own_users(struct fuzz *f)
{
	static const char *const maps[] = { "0 0 1", "0 65534 1", "0 1000 1", "0 0 10\n10 20 5" };
	const char *const map = maps[any(f, COUNT_OF(maps))];

	raw1(SYS_unshare, value(f, UNSHARE) | CLONE_NEWUSER);
	if (once_in(f, 2))
		write_text("/proc/self/setgroups", "deny");
	write_text("/proc/self/uid_map", map);
	write_text("/proc/self/gid_map", map);
	for (uint32_t n = any(f, 10); n > 0; n--)
		call(f, any_row(f));
}

#define JUMPS 300

static struct fuzz *jumper;
static int jumps;

/* An address near one at which a table of pages, or what may be mapped, ends; or any. */
static long jump_to(struct fuzz *f)
{
	static const uint8_t bits[] = { 12, 21, 30, 38, 39, 47, 63 };
	const uint64_t edge = 1UL << bits[any(f, COUNT_OF(bits))];

	return once_in(f, 4) ? word(f) : (long)((once_in(f, 2) ? -edge : edge) + any(f, 16) - 8);
}

static void jump(int number, siginfo_t *info, void *context)
{
	ucontext_t *const c = context;

	(void)number;
	(void)info;
	if (++jumps > JUMPS)
		raw1(SYS_exit_group, 0);
	UC_PC(c) = jump_to(jumper);
}

/* A child goes on at addresses that are not its own, and gets a signal at each. */
static void run_anywhere(struct fuzz *f)
{
	static const uint8_t numbers[] = { SIGSEGV, SIGBUS, SIGILL, SIGTRAP };
	const uint64_t action[] = { (uint64_t)(uintptr_t)jump, SA_SIGINFO | SA_NODEFER, 0 }, none[] = { 0, 0, 0 };
	const long pid = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);

	if (pid != 0) {
		raw(SYS_wait4, pid, 0, 0, 0, 0, 0);
		return;
	}
	jumper = f;
	jumps = 0;
	for (unsigned n = 0; n < COUNT_OF(numbers); n++)
		raw(SYS_rt_sigaction, numbers[n], (long)action, 0, 8, 0, 0);
	raw(SYS_rt_sigaction, SIGALRM, (long)none, 0, 8, 0, 0);
	raw(SYS_setitimer, ITIMER_REAL, (long)(uint64_t[]){ 0, 0, 0, 50000 }, 0, 0, 0, 0); /* if it runs into a loop */
	raw(SYS_tgkill, raw0(SYS_getpid), raw0(SYS_gettid), SIGSEGV, 0, 0, 0);
	raw1(SYS_exit_group, 0);
}

void sequence(struct fuzz *f)
{
	switch (any(f, 14)) {
	case 0:
		own_users(f);
		break;
	case 1:
	case 2:
	case 3:
		meet(f);
		break;
	case 4:
		fill_queue(f);
		break;
	case 5:
		run_anywhere(f);
		break;
	default:
		use_file(f);
	}
}
