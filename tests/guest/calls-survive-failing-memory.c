/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls-survive-failing-memory - processes make calls of many kinds in an order that a seed
 * chooses, and care for no answer but one: a call that a filter refuses stays refused.
 * tests/faults.sh runs it while allocations fail.
 */
#include "rights.h"

#define ROUNDS 150
#define STEPS 60

static uint32_t state = 1;
static char stack[65536] __attribute__((aligned(16)));
static volatile int bad;

static uint32_t any(uint32_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

static int fd(void)
{
	return 3 + (int)any(24);
}

static void at(long nr, const char *path, long a, long b)
{
	raw(nr, AT_FDCWD, (long)path, a, b, 0, 0);
}

static void send_right(void)
{
	struct one_right right = { 20, SOL_SOCKET, SCM_RIGHTS, fd(), 0 };

	(void)transfer_right(SYS_sendmsg, fd(), &right);
}

static void receive_right(void)
{
	struct one_right right = { 0 };
	const int room = any(2) != 0;

	transfer_control(SYS_recvmsg, fd(), room ? &right : NULL, room ? sizeof(right) : 0, MSG_DONTWAIT, NULL);
}

static void memory(void)
{
	const long got = raw(SYS_mmap, 0, 1 << 15, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (got < 0 && got > -4096)
		return;
	raw(SYS_mprotect, got + 4096, 8192, PROT_READ, 0, 0, 0);
	raw(SYS_mremap, got, 4096, 16384, MREMAP_MAYMOVE, 0, 0);
	raw(SYS_madvise, got, 1 << 15, MADV_DONTNEED, 0, 0, 0);
	raw(SYS_munmap, got + 8192, 4096, 0, 0, 0, 0);
	raw(SYS_munmap, got, 1 << 15, 0, 0, 0, 0);
}

static void family(void)
{
	const long pid = raw(SYS_clone, SIGCHLD | (any(4) == 0 ? CLONE_FILES : 0), 0, 0, 0, 0, 0);

	if (pid == 0) {
		at(SYS_mkdirat, "f", 0700, 0);
		raw(SYS_kill, raw0(SYS_getppid), 0, 0, 0, 0, 0);
		raw1(SYS_exit_group, 0);
	}
	if (pid > 0) {
		raw(SYS_close, raw(SYS_pidfd_open, pid, 0, 0, 0, 0, 0), 0, 0, 0, 0, 0);
		raw(SYS_wait4, pid, 0, __WALL, 0, 0, 0);
	}
}

static void listener(void)
{
	struct any_name name = { .family = AF_UNIX, .length = 110 };
	const long l = raw(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, 0, 0, 0);
	const long c = raw(SYS_socket, AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, 0, 0, 0);

	raw(SYS_bind, l, (long)&name, 2, 0, 0, 0);
	raw(SYS_getsockname, l, (long)&name, (long)&name.length, 0, 0, 0);
	raw(SYS_listen, l, 5, 0, 0, 0, 0);
	raw(SYS_connect, c, (long)&name, name.length, 0, 0, 0);
	if (any(2))
		raw(SYS_accept4, l, 0, 0, SOCK_NONBLOCK, 0, 0);
}

static void install(void)
{
	const struct sock_filter filter[] = {
		LOAD_NR, SKIP_UNLESS(SYS_getpgid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(any(100), 1), RETURN(ERRNO(77)),
		ALLOW,
	};
	const struct sock_fprog program = { COUNT_OF(filter), (struct sock_filter *)(uintptr_t)filter };

	raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, any(3) == 0 ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0, (long)&program, 0,
	    0, 0);
}

static void step(void)
{
	struct epoll_event event = { .events = POLLIN };
	struct siginfo_queue {
		int signo, error, code, pad;
		char rest[112];
	} info = { SIGUSR1, 0, -1, 0, { 0 } };
	char text[256];
	int ends[2];

	switch (any(24)) {
	case 0:
		raw(SYS_pipe2, (long)ends, O_NONBLOCK, 0, 0, 0, 0);
		break;
	case 1:
		raw(SYS_socketpair, AF_UNIX, (any(2) ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK, 0, (long)ends, 0, 0);
		break;
	case 2:
	case 3:
		send_right();
		break;
	case 4:
		receive_right();
		break;
	case 5:
		listener();
		break;
	case 6:
		raw1(SYS_epoll_create1, 0);
		break;
	case 7:
		raw(SYS_epoll_ctl, fd(), EPOLL_CTL_ADD, fd(), (long)&event, 0, 0);
		break;
	case 8:
		raw(SYS_memfd_create, (long)"m", 0, 0, 0, 0, 0);
		break;
	case 9:
		raw(SYS_write, fd(), (long)stack, any(20000), 0, 0, 0);
		break;
	case 10:
		at(SYS_openat, "a", O_CREAT | O_RDWR, 0600);
		break;
	case 11:
		at(SYS_symlinkat, "a", 0, 0);
		at(SYS_unlinkat, any(2) ? "a" : "f", any(2) ? AT_REMOVEDIR : 0, 0);
		break;
	case 12:
		at(SYS_openat, any(2) ? "/proc/self/status" : "/proc/self/maps", O_RDONLY, 0);
		break;
	case 13:
		raw(SYS_read, fd(), (long)text, sizeof(text), 0, 0, 0);
		break;
	case 14:
		memory();
		break;
	case 15:
		family();
		break;
	case 16:
	case 17:
		install();
		break;
	case 18:
		raw(SYS_rt_sigqueueinfo, raw0(SYS_getpid), SIGUSR1, (long)&info, 0, 0, 0);
		break;
	case 19:
		raw(SYS_eventfd2, 0, O_NONBLOCK, 0, 0, 0, 0);
		raw(SYS_timerfd_create, CLOCK_MONOTONIC, O_NONBLOCK, 0, 0, 0, 0);
		break;
	case 20:
		raw(SYS_dup3, fd(), (long)any(200), 0, 0, 0, 0);
		break;
	case 21:
		raw1(SYS_unshare, any(2) ? CLONE_FILES : CLONE_FS);
		break;
	case 22:
		raw(SYS_fcntl, fd(), F_SETFL, O_NONBLOCK, 0, 0, 0);
		raw(SYS_sendfile, fd(), fd(), 0, 5000, 0, 0);
		break;
	default:
		raw1(SYS_close, fd());
		break;
	}
}

static int child(void *unused)
{
	const uint64_t all = ~0UL;

	(void)unused;
	raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&all, 0, sizeof(all), 0, 0);
	raw(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, 0);
	const int bound = INSTALL_RAW(0, ON(SYS_getsid, ERRNO(78))) == 0;

	for (int i = 0; i < STEPS; i++) {
		step();
		if (bound && raw0(SYS_getsid) != -78)
			bad = 1;
	}
	return 0;
}

int main(void)
{
	CHECK(syscall(SYS_close_range, 3L, 1000000L, 0L) == 0);
	enter_new_folder();
	CHECK(syscall(SYS_mlockall, 1) == 0);
	for (int round = 0; round < ROUNDS; round++) {
		const long flags = CLONE_VM | SIGCHLD;
		const pid_t pid = clone(child, stack + sizeof(stack), (int)flags, NULL);

		if (pid > 0)
			raw(SYS_wait4, pid, 0, __WALL, 0, 0, 0);
		CHECK(!bad);
	}
	at(SYS_unlinkat, "a", 0, 0);
	at(SYS_unlinkat, "a", AT_REMOVEDIR, 0);
	at(SYS_unlinkat, "f", AT_REMOVEDIR, 0);
	leave_folder();
	return 0;
}
