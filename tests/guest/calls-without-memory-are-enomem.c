/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls-without-memory-are-enomem - whichever allocation of a call fails, the first, the second,
 * ... up to the last: the call either does its work or says ENOMEM (EAGAIN, as fork and kin may;
 * ENOSPC of a file in /tmp), and afterwards it works; or a page is needed, and the process is
 * killed. Nothing is lost on the way.
 */
#include "failing.h"

static int pair[2];
static char *area;

static unsigned left_after_fork;

static long do_fork(void)
{
	const long pid = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);

	if (pid == 0)
		raw1(SYS_exit_group, 0);
	if (pid > 0) {
		left_after_fork = left();
		arm(0);
		raw(SYS_wait4, pid, 0, 0, 0, 0, 0);
	}
	return pid;
}

static int nothing(void *unused)
{
	return (int)(long)unused;
}

static struct thread thread;

static long do_thread(void)
{
	const int tid =
		clone(nothing, thread.stack + sizeof(thread.stack), THREAD_FLAGS, NULL, &thread.tid, NULL, &thread.tid);

	if (tid < 0)
		return -errno;
	left_after_fork = left();
	arm(0);
	thread_join(&thread);
	return tid;
}

static long do_pipe(void)
{
	int ends[2];

	return raw(SYS_pipe2, (long)ends, 0, 0, 0, 0, 0);
}

static long do_socketpair(void)
{
	int ends[2];

	return raw(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, (long)ends, 0, 0);
}

static long do_create(void)
{
	return raw(SYS_openat, AT_FDCWD, (long)"/tmp/new", O_CREAT | O_RDWR, 0600, 0, 0);
}

static long do_mkdir(void)
{
	const long err = raw(SYS_mkdirat, AT_FDCWD, (long)"/tmp/dir", 0700, 0, 0, 0);

	return err == -EEXIST ? 0 : err;
}

static long do_symlink(void)
{
	const long err = raw(SYS_symlinkat, (long)"/tmp/dir", AT_FDCWD, (long)"/tmp/link", 0, 0, 0);

	return err == -EEXIST ? 0 : err;
}

static long do_write(void)
{
	const long fd = raw(SYS_openat, AT_FDCWD, (long)"/tmp/written", O_CREAT | O_RDWR, 0600, 0, 0);

	return fd < 0 ? fd : raw(SYS_write, fd, (long)area, 8192, 0, 0, 0);
}

static long do_open_proc(void)
{
	char text[64];
	const long fd = raw(SYS_openat, AT_FDCWD, (long)"/proc/self/status", O_RDONLY, 0, 0, 0);

	return fd < 0 ? fd : raw(SYS_read, fd, (long)text, sizeof(text), 0, 0, 0);
}

static long do_mmap(void)
{
	const long at = raw(SYS_mmap, 0, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at < 0 && at > -4096 ? at : 0;
}

/* A hole in the middle makes two areas of one. */
static long do_munmap(void)
{
	return raw(SYS_munmap, (long)area + 4 * 4096, 4096, 0, 0, 0, 0);
}

static long do_mprotect(void)
{
	return raw(SYS_mprotect, (long)area + 8 * 4096, 4096, PROT_READ, 0, 0, 0);
}

static long do_mremap(void)
{
	const long at = raw(SYS_mremap, (long)area + 12 * 4096, 4096, 4 * 4096, MREMAP_MAYMOVE, 0, 0);

	return at < 0 && at > -4096 ? at : 0;
}

static long do_epoll(void)
{
	struct epoll_event event = { .events = POLLIN };
	const long fd = raw1(SYS_epoll_create1, 0);

	return fd < 0											? fd
	       : raw(SYS_epoll_ctl, fd, EPOLL_CTL_ADD, knob == 0 ? 1 : 0, (long)&event, 0, 0) == -EPERM ? 0
													: fd;
}

static long do_inotify(void)
{
	return raw1(SYS_inotify_init1, 0);
}

static long do_eventfd(void)
{
	return raw(SYS_eventfd2, 0, 0, 0, 0, 0, 0);
}

static long do_memfd(void)
{
	return raw(SYS_memfd_create, (long)"m", 0, 0, 0, 0, 0);
}

static long do_kill(void)
{
	return raw(SYS_kill, raw0(SYS_getpid), SIGUSR1, 0, 0, 0, 0);
}

static long do_dup(void)
{
	return raw(SYS_dup3, 0, 200, 0, 0, 0, 0);
}

static long do_chdir(void)
{
	return raw1(SYS_chdir, (long)"/proc/self");
}

static long do_execve(void)
{
	char *argv[] = { "calls", "again", NULL };

	return raw(SYS_execve, (long)"/proc/self/exe", (long)argv, (long)(argv + 2), 0, 0, 0);
}

static const struct call {
	const char *name;
	long (*make)(void);
	unsigned at_least; /* allocations that there must be */
} calls[] = {
	{ "thread", do_thread, 3 },   { "fork", do_fork, 5 },
	{ "pipe2", do_pipe, 3 },      { "socketpair", do_socketpair, 3 },
	{ "creat", do_create, 3 },    { "mkdir", do_mkdir, 2 },
	{ "symlink", do_symlink, 2 }, { "write", do_write, 3 },
	{ "/proc", do_open_proc, 3 }, { "mmap", do_mmap, 1 },
	{ "munmap", do_munmap, 1 },   { "mprotect", do_mprotect, 1 },
	{ "mremap", do_mremap, 1 },   { "epoll", do_epoll, 2 },
	{ "eventfd", do_eventfd, 2 }, { "memfd", do_memfd, 2 },
	{ "kill", do_kill, 1 },	      { "dup3", do_dup, 1 },
	{ "chdir", do_chdir, 1 },     { "execve", do_execve, 5 },
	{ "inotify", do_inotify, 2 },
};

static void clear_tmp(void)
{
	raw(SYS_unlinkat, AT_FDCWD, (long)"/tmp/new", 0, 0, 0, 0);
	raw(SYS_unlinkat, AT_FDCWD, (long)"/tmp/written", 0, 0, 0, 0);
	raw(SYS_unlinkat, AT_FDCWD, (long)"/tmp/link", 0, 0, 0, 0);
	raw(SYS_unlinkat, AT_FDCWD, (long)"/tmp/dir", AT_REMOVEDIR, 0, 0, 0);
}

/*
 * In a child: makes the call with the Nth allocation failing. Exits with
 * 2 if there was none so late.
 */
static void try_one(const void *row, unsigned n)
{
	const struct call *c = row;
	const uint64_t usr1 = 1UL << (SIGUSR1 - 1);
	unsigned later;
	long answer;

	clear_tmp();
	signal(SIGUSR1, SIG_DFL);
	CHECK(raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&usr1, 0, sizeof(usr1), 0, 0) == 0);
	area = mmap(NULL, 32 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(area != MAP_FAILED);
	memset(area, 1, 32 * 4096);
	memset(&thread, 0, sizeof(thread));
	CHECK(pipe(pair) == 0);
	arm(n);
	answer = c->make();
	later = left() + left_after_fork;
	arm(0);
	if (answer < 0) {
		if (answer != -ENOMEM && answer != -EAGAIN && !(answer == -ENOSPC && c->make == do_write) &&
		    !(answer == -ENFILE && c->make == do_pipe)) { /* [create_pipe_files] */
			dprintf(2, "%s: allocation %u: %ld\n", c->name, n, answer);
			_exit(1);
		}
		CHECK(later == 0);
		CHECK(c->make() >= 0);
	}
	_exit(later != 0 ? 2 : 0);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1) { /* execve's */
		char text[16] = "";

		knob = open("/proc/sys/vm/fail_nth", O_RDWR);
		if (knob < 0 || raw(SYS_pread64, knob, (long)text, sizeof(text) - 1, 0, 0, 0) <= 0)
			return 0; /* it was now */
		arm(0);
		return atoi(text) != 0 ? 2 : 0;
	}
	open_knob();
	/*
	 * A page that is not there and cannot be had kills; so does execve, when there is no
	 * program to return to.
	 */
	for (const struct call *c = calls; c < calls + sizeof(calls) / sizeof(calls[0]); c++)
		CHECK(fail_each(c->name, try_one, c, 1) >= c->at_least);
	clear_tmp();
	return 0;
}
