/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filters-end-in-any-order - many programs, of which the oldest end first while new ones come;
 * stacks of many filters that look at arguments, which end one behind the other; and one that is
 * installed when what was made of others takes all room there is. Each answers as it says.
 */
#include "guest.h"

#define MANY 140
#define DEEP 30
#define LARGE 20
#define NUMBER(n) (2000 + (n))
#define ANSWER(n) (1 + (n) % 100)

static pid_t children[MANY], self;
static int ready[2];

/* A child that installs what INSTALL(N) says, and lasts until it is killed. */
static pid_t start(void (*install)(int n), int n)
{
	const pid_t child = fork();
	char byte;

	CHECK(child >= 0);
	if (child == 0) {
		set_no_new_privs();
		install(n);
		CHECK(write(ready[1], "", 1) == 1);
		for (;;)
			pause();
	}
	CHECK(read(ready[0], &byte, 1) == 1);
	return child;
}

static void end(pid_t child)
{
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
}

static void install_one(int n)
{
	CHECK(INSTALL(0, ON(NUMBER(n), ERRNO(ANSWER(n)))) == 0);
	CHECK(raw0(NUMBER(n)) == -ANSWER(n) && raw0(NUMBER(n + 1)) == -ENOSYS);
}

#define ON_ARGUMENT(number, value, action) \
	LOAD_NR, SKIP_UNLESS(number, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(value, 1), RETURN(action), ALLOW

static void install_stack(int n)
{
	for (int i = 0; i < DEEP; i++)
		CHECK(INSTALL(0, ON_ARGUMENT(SYS_getppid, (unsigned)(100 * n + i), ERRNO(ANSWER(i)))) == 0);
	for (int i = 0; i < DEEP; i++)
		CHECK(raw1(SYS_getppid, 100 * n + i) == -ANSWER(i));
	CHECK(raw1(SYS_getppid, 100 * n + DEEP) == self);
}

/* Looks at an argument of every call. */
static void install_large(int n)
{
	const unsigned value = 0x1234500 + (unsigned)n;

	CHECK(INSTALL(0, LOAD(ARG_HIGH(5)), SKIP_UNLESS(value, 3), LOAD(ARG_LOW(4)), SKIP_UNLESS(value + 1, 1),
		      RETURN(ERRNO(ANSWER(n))), ALLOW) == 0);
	CHECK(raw(SYS_getppid, 0, 0, 0, 0, value + 1, (long)value << 32) == -ANSWER(n));
	CHECK(raw(SYS_getppid, 0, 0, 0, 0, value, (long)value << 32) == self);
}

int main(void)
{
	pid_t stacks[3], large[LARGE];

	self = getpid();
	CHECK(pipe(ready) == 0);
	for (int n = 0; n < MANY; n++)
		children[n] = start(install_one, n);
	for (int n = 0; n < MANY; n++) {
		end(children[n]);
		children[n] = start(install_one, MANY + n);
	}
	for (int n = 0; n < MANY; n++)
		end(children[n]);

	for (int n = 0; n < 3; n++)
		stacks[n] = start(install_stack, n);
	end(stacks[0]);
	end(stacks[1]);
	for (int n = 0; n < LARGE; n++)
		large[n] = start(install_large, n);
	end(stacks[2]);
	end(start(install_large, LARGE));
	for (int n = 0; n < LARGE; n++)
		end(large[n]);
	return 0;
}
