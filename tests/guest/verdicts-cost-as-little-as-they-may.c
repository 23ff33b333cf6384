/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * verdicts-cost-as-little-as-they-may - what a filter always allows costs no instruction, whatever
 * stands on it; what it always refuses, and what an argument decides, a few; no filter runs for
 * numbers beyond the table, nor to find out whom to ask; an install that somebody has made before
 * costs a part of the first. Counted by the hart's instret, so another kernel has other numbers.
 */
#include "notify.h"

#ifdef __riscv
static unsigned long retired(void)
{
	unsigned long n;

	__asm__ volatile("rdinstret %0" : "=r"(n)::"memory");
	return n;
}
#else
static unsigned long retired(void)
{
	return 0;
}
#endif

#define LONG 400 /* instructions of the filters that are not to run */

/* Instructions of the call, the least of a few. */
static unsigned long cost(long nr, long a)
{
	unsigned long least = -1UL;

	for (int i = 0; i < 8; i++) {
		const unsigned long before = retired();

		raw1(nr, a);
		const unsigned long now = retired() - before;

		least = now < least ? now : least;
	}
	return least;
}

#define CHEAP(call, most)                                                                                        \
	do {                                                                                                     \
		const unsigned long cost_ = call;                                                                \
		if (cost_ > (most)) {                                                                            \
			dprintf(2, "%s:%d: %s is %lu, more than %s\n", __FILE__, __LINE__, #call, cost_, #most); \
			_exit(1);                                                                                \
		}                                                                                                \
	} while (0)

static long listener;

/*
 * The cost of installing a filter that behind LONG comparisons has ACTION for NR, and an errno for
 * numbers from 700 to 800. What the install returned is in `listener`.
 */
static unsigned long install_long(unsigned nr, unsigned action, unsigned flags)
{
	static struct sock_filter filter[LONG + 8];
	const struct sock_fprog program = { LONG + 8, filter };
	unsigned n = 0;
	unsigned long before;

	filter[n++] = (struct sock_filter)LOAD_NR;
	while (n <= LONG) {
		filter[n] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 10000 + n, 0, 0);
		n++;
	}
	filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 800, 2, 0);
	filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 700, 0, 1);
	filter[n++] = (struct sock_filter)RETURN(ERRNO(9));
	filter[n++] = (struct sock_filter)SKIP_UNLESS(nr, 1);
	filter[n++] = (struct sock_filter)RETURN(action);
	filter[n++] = (struct sock_filter)ALLOW;
	filter[n++] = (struct sock_filter)ALLOW;
	before = retired();
	listener = raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, (long)&program, 0, 0, 0);
	CHECK(listener >= 0);
	return retired() - before;
}

static void by_argument(long nr)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(nr, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(7, 1), RETURN(ERRNO(6)), ALLOW) ==
	      0);
}

static int go[2];
static unsigned long first; /* the cost of the first install */

/* Installs what its parent has meanwhile, and the same once more. */
static void stranger(void)
{
	CHECK(read(go[0], &first, sizeof(first)) == sizeof(first));
	CHEAP(install_long(SYS_getuid, ERRNO(5), 0), first / 6);
	CHEAP(install_long(SYS_getuid, ERRNO(5), 0), first / 6);
	CHEAP(cost(SYS_getuid, 0), 40);
}

static void strictly(void)
{
	const unsigned long before = cost(SYS_write, -1);

	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw1(SYS_exit, cost(SYS_write, -1) != before);
}

int main(void)
{
	const unsigned long allowed = cost(SYS_getppid, 0), long_way = cost(SYS_getpgid, 0);
	pid_t child;

	CHECK(exited_with(status_of(strictly), 0));
	CHECK(pipe(go) == 0);
	child = child_of(stranger);
	first = install_long(SYS_getuid, ERRNO(5), 0);
	CHECK(retired() == 0 || first > 100000);
	CHECK(write(go[1], &first, sizeof(first)) == sizeof(first));
	CHECK(exited_with(end_of(child), 0));
	CHECK(cost(SYS_getppid, 0) == allowed && cost(SYS_getpgid, 0) == long_way);
	CHEAP(cost(SYS_getuid, 0), 40);
	CHEAP(cost(600, 0), 4000);
	CHEAP(cost(-1, 0), 4000);
	by_argument(SYS_getpgid);
	CHECK(cost(SYS_getppid, 0) == allowed);
	CHEAP(cost(SYS_getpgid, 0), long_way + 30);
	CHEAP(cost(SYS_getpgid, 7), 80);
	/* What allows everything, and what is there already, changes nothing. */
	CHECK(INSTALL(0, ALLOW) == 0);
	by_argument(SYS_getpgid);
	by_argument(SYS_getpgid);
	CHECK(cost(SYS_getppid, 0) == allowed);
	CHEAP(cost(SYS_getuid, 0), 40);
	CHEAP(cost(SYS_getpgid, 0), long_way + 60);
	CHEAP(cost(SYS_getpgid, 7), 80);
	/* Who asks nobody, because nobody listens any more, runs no filter. */
	install_long(SYS_getgid, SECCOMP_RET_USER_NOTIF, SECCOMP_FILTER_FLAG_NEW_LISTENER);
	close((int)listener);
	CHEAP(cost(SYS_getgid, 0), 4000);
	CHECK(INSTALL(0, ON(SYS_geteuid, ERRNO(1))) == 0);
	CHEAP(cost(SYS_getgid, 0), 4000);
	CHEAP(cost(SYS_geteuid, 0), 40);
	CHECK(cost(SYS_getppid, 0) == allowed);
	/* Nor does who asks a tracer that is not there. */
	install_long(SYS_getegid, SECCOMP_RET_TRACE, 0);
	CHEAP(cost(SYS_getegid, 0), 4000);
	/*
	 * Under filters about others, arguments decide as quickly; over one that always refuses,
	 * too.
	 */
	CHEAP(cost(SYS_getpgid, 0), long_way + 60);
	CHEAP(cost(SYS_getpgid, 7), 80);
	by_argument(SYS_getuid);
	CHEAP(cost(SYS_getuid, 0), 80);
	CHEAP(cost(SYS_getuid, 7), 80);
	by_argument(64);
	CHEAP(cost(64, 7), 80);
	by_argument(0);
	CHEAP(cost(0, 7), 80);
	by_argument(511);
	CHEAP(cost(511, 7), 80);
	return 0;
}
