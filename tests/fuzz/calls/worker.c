/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * worker.c - a process or thread that makes calls; signals that it takes, children that it makes,
 * what it looks at after each call.
 */
#include "calls.h"

#include <abi/ioctl.h>
#include <abi/netlink.h>
#include <abi/ptrace.h>
#include <abi/socket.h>
#include <abi/time.h>

#define CALLS_OF_ONE 400  /* then it ends */
#define TASKS_AT_MOST 300 /* in a round */

static volatile int in_handler, faults;

static void map(unsigned long at, unsigned long size, int protection, int flags, int fd)
{
	raw(SYS_mmap, (long)at, (long)size, protection, MAP_FIXED | flags, fd, 0);
}

void map_memory(void)
{
	const long file = raw(SYS_memfd_create, (long)"file", 0, 0, 0, 0, 0);

	raw(SYS_ftruncate, file, 4096, 0, 0, 0, 0);
	map(DATA, DATA_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	map(SHARED, SHARED_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
	map(READ_ONLY, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	map(NO_ACCESS, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	map(FILE_BACKED, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, (int)file);
	map(STACKS, STACK_SIZE * STACK_COUNT, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
	raw1(SYS_close, file);
}

static void step(struct fuzz *f);

/*
 * Runs on top of whatever the call was: repairs the memory that a call took away, or makes calls
 * itself.
 */
static void handler(int number)
{
	struct fuzz f;

	if (number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGTRAP) {
		if (++faults > 20)
			raw1(SYS_exit_group, 9);
		map(DATA, DATA_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
		return;
	}
	if (in_handler > 2)
		return;
	in_handler++;
	fuzz_seed(&f, control()->seeds++);
	for (uint32_t n = any(&f, 4); n > 0; n--)
		step(&f);
	in_handler--;
}

static void take_signals(struct fuzz *f)
{
	for (long number = 1; number < 65; number++) {
		const uint64_t action[] = { (uint64_t)(uintptr_t)handler, once_in(f, 2) ? SA_RESTART : SA_ONSTACK, 0 };
		const bool fault = number == SIGSEGV || number == SIGBUS;

		if (fault || (any(f, 3) && number != SIGCHLD))
			raw(SYS_rt_sigaction, number, (long)action, 0, 8, 0, 0);
	}
}

/* Descriptors of each kind, in an order that differs. */
static void open_some(struct fuzz *f)
{
	static const char *const paths[] = { "a",
					     ".",
					     "/dev/console",
					     "/dev/zero",
					     "/proc/self/status",
					     "/proc/self/mem",
					     "/dev/null",
					     "d",
					     "/dev/ptmx",
					     "/proc/self/ns/mnt",
					     "/proc/self/ns/user",
					     "/proc/self/ns/ipc",
					     "/proc/self/mounts" };
	int ends[2];

	for (int n = 0; n < 27; n++) {
		const long wait = any(f, 4) ? O_NONBLOCK : 0;

		switch (any(f, 14)) {
		case 0:
			raw(SYS_pipe2, (long)ends, wait, 0, 0, 0, 0);
			break;
		case 1:
		case 2:
			raw(SYS_socketpair, AF_UNIX,
			    (long)(int[]){ SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET }[any(f, 3)] | wait, 0, (long)ends,
			    0, 0);
			break;
		case 3: {
			static const int sockets[][2] = {
				{ AF_UNIX, SOCK_STREAM }, { AF_UNIX, SOCK_DGRAM },   { AF_INET, SOCK_STREAM },
				{ AF_INET, SOCK_DGRAM },  { AF_INET6, SOCK_STREAM }, { AF_INET6, SOCK_DGRAM },
				{ AF_NETLINK, SOCK_RAW },
			};
			const int *kind = sockets[any(f, sizeof(sockets) / sizeof(sockets[0]))];

			raw(SYS_socket, kind[0], kind[1] | wait, 0, 0, 0, 0);
			break;
		}
		case 4:
			raw(SYS_eventfd2, 2, wait, 0, 0, 0, 0);
			break;
		case 5:
			raw1(SYS_epoll_create1, 0);
			break;
		case 6:
			raw(SYS_timerfd_create, CLOCK_MONOTONIC, wait, 0, 0, 0, 0);
			break;
		case 7:
			raw(SYS_signalfd4, -1, (long)(uint64_t[]){ 1UL << any(f, 40) }, 8, wait, 0, 0);
			break;
		case 8:
			raw(SYS_memfd_create, (long)"m", 2, 0, 0, 0, 0);
			break;
		case 9:
			raw(SYS_pidfd_open, raw0(once_in(f, 2) ? SYS_getpid : SYS_getppid), 0, 0, 0, 0, 0);
			break;
		case 10:
			raw1(SYS_inotify_init1, wait);
			break;
		case 11:
			raw(SYS_mq_open, (long)"a", O_CREAT | O_RDWR | wait, 0666, 0, 0, 0);
			break;
		default:
			raw(SYS_openat, AT_FDCWD, (long)paths[any(f, COUNT_OF(paths))],
			    (any(f, 2) ? O_RDWR : O_RDONLY) | O_NONBLOCK, 0, 0, 0);
		}
	}
}

/*
 * Makes a call that starts a worker in a child, which does not come back from it. Its stack may be
 * a new one.
 */
static long start(long nr, long a, long b, long c, long d, long e, uint64_t seed)
{
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a7 __asm__("a7") = nr;
	register void *t0 __asm__("t0") = (void *)(uintptr_t)work;
	register uint64_t t1 __asm__("t1") = seed;

	__asm__ volatile("ecall\n\tbnez a0, 1f\n\tmv a0, t1\n\tjalr t0\n1:"
			 : "+r"(a0)
			 : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a7), "r"(t0), "r"(t1)
			 : "memory", "ra");
	return a0;
}

static void clone_somehow(struct fuzz *f, long nr, long flags)
{
	const uint64_t seed = control()->seeds++;
	const uint64_t stack = STACKS + STACK_SIZE * (1 + (seed % STACK_COUNT));
	uint64_t *const at = room(f, 88);
	uint64_t tp;

	if (control()->tasks++ > TASKS_AT_MOST)
		return;
	if (any(f, 8))
		flags &= ~(long)(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWIPC |
				 CLONE_NEWNET | CLONE_NEWCGROUP);
	__asm__("mv %0, tp" : "=r"(tp));
	if (nr == SYS_clone) {
		(void)start(nr, flags, (flags & CLONE_VM) != 0 ? (long)stack : 0, pointer(f), (long)tp,
			    SHARED + 8 * any(f, 4), seed);
		return;
	}
	at[0] = (uint64_t)flags & ~(uint64_t)CSIGNAL;
	at[1] = (uint64_t)pointer(f);
	at[2] = SHARED + 8 * any(f, 4);
	at[3] = (uint64_t)pointer(f);
	at[4] = any(f, 4) ? SIGCHLD : any(f, 66);
	at[5] = (flags & CLONE_VM) != 0 ? stack - STACK_SIZE : 0;
	at[6] = (flags & CLONE_VM) != 0 ? STACK_SIZE : 0;
	at[7] = tp;
	at[8] = any(f, 12) ? 0 : DATA;
	at[9] = at[8] != 0 ? any(f, 3) : 0;
	at[10] = 0;
	(void)start(nr, (long)at, any(f, 16) ? 88 : any(f, 100), 0, 0, 0, seed);
}

/*
 * OPTIONS as they are good for a tracee. Two tasks that trace each other and are to stop at their
 * ends stop there for ever: none can be killed. So a task stops at its end for older ones only.
 */
static long trace_options(long tracee, long options)
{
	options &= 0xff;
	return tracee > raw0(SYS_gettid) ? options : options & ~(long)PTRACE_O_TRACEEXIT;
}

void call(struct fuzz *f, const struct row *r)
{
	long a[6], result;

	for (int i = 0; i < 6; i++)
		a[i] = r->arguments[i] == NONE ? 0 : value(f, (enum kind)r->arguments[i]);
	if (control()->left <= 0)
		return;
	control()->left--;
	control()->made++;
	if (r->nr == SYS_clone || r->nr == SYS_clone3)
		clone_somehow(f, r->nr, a[0]);
	else if (r->nr == SYS_execve && any(f, 3))
		raw(SYS_execve, (long)"/proc/self/exe", (long)(const char *[]){ "fuzz-calls", "worker", NULL }, 0, 0, 0,
		    0);
	else if (r->nr == SYS_ptrace && (a[0] == PTRACE_SETOPTIONS || a[0] == PTRACE_SEIZE))
		raw(SYS_ptrace, a[0], a[1], a[2], trace_options(a[1], a[3]), 0, 0);
	else {
		result = raw(once_in(f, 200) ? (long)any(f, 470) : r->nr, a[0], a[1], a[2], a[3], a[4], a[5]);
		if (result > 2 && (r->opens || (r->nr == SYS_ioctl && a[1] == TIOCGPTPEER)))
			f->last = (int)result;
	}
	if (control()->bound && once_in(f, 20))
		try_refused(any(f, 30) ? any(f, 3) : 3);
}

static void step(struct fuzz *f)
{
	if (once_in(f, 20))
		sequence(f);
	else
		call(f, any_row(f));
}

_Noreturn void work(uint64_t seed)
{
	const struct timespec first = { 0, 1000000 };
	struct fuzz f;

	fuzz_seed(&f, seed);
	if (once_in(&f, 2))
		take_signals(&f);
	if (once_in(&f, 2))
		open_some(&f);
	/* What sleeps is woken now and then. */
	raw(SYS_setitimer, ITIMER_REAL, (long)(uint64_t[]){ 0, 2000 + any(&f, 20000), 0, 1000 }, 0, 0, 0, 0);
	if (once_in(&f, 3))
		raw(SYS_nanosleep, (long)&first, 0, 0, 0, 0, 0);
	for (int n = 0; n < CALLS_OF_ONE && control()->left > 0; n++)
		step(&f);
	raw1(once_in(&f, 2) ? SYS_exit : SYS_exit_group, any(&f, 3));
	for (;;)
		raw1(SYS_exit_group, 1);
}

_Noreturn void go_on(void)
{
	struct timespec now = { 0, 0 };
	uint64_t seed;

	/* Differs each time: otherwise one that calls execve() once would do so for ever. */
	raw(SYS_clock_gettime, CLOCK_MONOTONIC, (long)&now, 0, 0, 0, 0);
	seed = (uint64_t)raw0(SYS_getpid) * 1000003 + (uint64_t)now.tv_nsec;

	raw(SYS_mmap, (long)CONTROL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	control()->left = 40;
	control()->tasks = TASKS_AT_MOST;
	map_memory();
	work(seed);
}
