/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * install-without-memory-changes-nothing - whichever allocation of an install fails, the first, the
 * second, ... up to the last, either it is ENOMEM and the old stack with all its verdicts, and no
 * descriptor is left over, or the new stack with all of its own.
 */
#include "siblings.h"
#include "failing.h"

#define ON_ARGUMENT(nr, value, action) \
	LOAD_NR, SKIP_UNLESS(nr, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(value, 1), RETURN(action), ALLOW

static const struct sock_filter constant[] = { ON(SYS_getpgid, ERRNO(7)) };
static const struct sock_filter argument[] = { ON_ARGUMENT(SYS_getuid, 8, ERRNO(8)) };
static const struct sock_filter kills[] = { ON_ARGUMENT(SYS_getuid, 99, SECCOMP_RET_KILL_PROCESS) };
static const struct sock_filter same[] = { ON_ARGUMENT(SYS_getuid, 6, ERRNO(6)) };
static const struct sock_filter allow[] = { ALLOW };
static struct sock_filter longest[4096];

static struct sibling sibling;

static const struct install {
	const char *name;
	const struct sock_filter *filter;
	size_t length;
	unsigned flags;
	int depth;   /* of the old stack */
	int getpgid; /* what it must answer afterwards, or 0 for what it does by itself */
	int getuid8;
	unsigned at_least; /* allocations that there must be */
} installs[] = {
#define FILTER(name) name, sizeof(name) / sizeof(name[0])
	{ "the first", FILTER(constant), 0, 0, 7, 0, 4 },
	{ "the first, by argument", FILTER(argument), 0, 0, 0, 8, 5 },
	{ "a constant answer", FILTER(constant), 0, 3, 7, 0, 4 },
	{ "an answer by argument", FILTER(argument), 0, 3, 0, 8, 5 },
	{ "an answer that the judge gives", FILTER(kills), 0, 3, 0, 0, 4 },
	{ "one that is there already, on top", FILTER(same), 0, 3, 0, 0, 2 },
	{ "one that is there already, below", FILTER(same), 0, 4, 7, 0, 2 },
	{ "ALLOW alone", FILTER(allow), 0, 3, 0, 0, 3 },
	{ "the longest", FILTER(longest), 0, 3, 0, 0, 4 },
	{ "with LOG", FILTER(argument), SECCOMP_FILTER_FLAG_LOG, 3, 0, 8, 4 },
	{ "with a listener", FILTER(argument), SECCOMP_FILTER_FLAG_NEW_LISTENER, 3, 0, 8, 6 },
	{ "for all threads", FILTER(argument), SECCOMP_FILTER_FLAG_TSYNC, 3, 0, 8, 5 },
	{ "private", FILTER(argument), FLAG_PRIVATE_SELF, 3, 0, 8, 3 },
};

static void build_stack(int depth)
{
	if (depth > 0)
		CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	if (depth > 1)
		CHECK(INSTALL(0, ON_ARGUMENT(SYS_getppid, 1, ERRNO(4))) == 0);
	if (depth > 2)
		CHECK(install_filter(0, FILTER(same)) == 0);
	if (depth > 3)
		CHECK(install_filter(0, FILTER(constant)) == 0);
}

static void check_verdicts(int depth, int getpgid, int getuid8)
{
	CHECK(depth > 0 ? raw0(SYS_getppid) == -5 : raw0(SYS_getppid) > 0);
	CHECK(raw1(SYS_getuid, 6) == (depth > 2 ? -6 : 0));
	CHECK(raw1(SYS_getuid, 8) == -getuid8);
	CHECK(raw1(SYS_getuid, 1L << 32 | 5) == 0);
	CHECK(getpgid > 0 ? raw0(SYS_getpgid) == -getpgid : raw0(SYS_getpgid) >= 0);
}

static int filters(void)
{
	char text[8192];

	read_text("/proc/self/status", text, sizeof(text));
	return atoi(strstr(text, "\nSeccomp_filters:") + sizeof("\nSeccomp_filters:"));
}

/* In a child: installs with the Nth allocation failing. Exits with 2 if there was none so late. */
static void try_one(const void *row, unsigned n)
{
	const struct install *i = row;
	const int free_fd = dup(0);
	unsigned later;
	long answer;
	int err;

	close(free_fd);
	set_no_new_privs();
	build_stack(i->depth);
	if (i->flags & SECCOMP_FILTER_FLAG_TSYNC)
		sibling_start(&sibling);
	arm(n);
	answer = install_filter(i->flags, i->filter, i->length);
	err = errno;
	later = left();
	arm(0);
	if (answer >= 0) {
		if (i->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER)
			CHECK(answer == free_fd && fcntl(free_fd, F_GETFD) == FD_CLOEXEC);
		CHECK(filters() == i->depth + 1);
		check_verdicts(i->depth, i->getpgid, i->getuid8);
	} else {
		CHECK(err == ENOMEM && later == 0);
		CHECK(filters() == i->depth);
		check_verdicts(i->depth, i->depth > 3 ? 7 : 0, 0);
		CHECK(dup(0) == free_fd);
		close(free_fd);
		/* And nothing is in the way of another attempt. */
		CHECK(install_filter(i->flags, i->filter, i->length) >= 0);
		check_verdicts(i->depth, i->getpgid, i->getuid8);
	}
	if (i->flags & SECCOMP_FILTER_FLAG_TSYNC)
		CHECK(sibling_do(&sibling, CALL_GETPPID) == -5);
	_exit(later != 0 ? 2 : 0);
}

int main(void)
{
	for (size_t k = 0; k < sizeof(longest) / sizeof(longest[0]); k++)
		longest[k] = (struct sock_filter)ALLOW;
	longest[0] = (struct sock_filter)LOAD_NR;
	longest[4094] = (struct sock_filter)SKIP_UNLESS(999, 0);
	open_knob();
	for (const struct install *i = installs; i < installs + sizeof(installs) / sizeof(installs[0]); i++)
		CHECK(fail_each(i->name, try_one, i, 0) >= i->at_least);
	return 0;
}
