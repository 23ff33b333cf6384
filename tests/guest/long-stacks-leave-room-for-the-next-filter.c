/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long-stacks-leave-room-for-the-next-filter - a process with hundreds of filters that look
 * at arguments ends; what others install right after judges as it says.
 */
#include "guest.h"

#define STACK 550
#define FIRST 100 /* of the calls that a filter of the stack looks at */
#define LAST 112
#define MAGIC 0x5a5a

/* Refuses the calls from FIRST to LAST with this first argument. */
static void install_many(void)
{
	set_no_new_privs();
	for (unsigned i = 0; i < STACK; i++)
		CHECK(INSTALL(0, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, FIRST, 0, 4),
			      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, LAST, 3, 0), LOAD(ARG_LOW(0)),
			      SKIP_UNLESS(MAGIC + i, 1), RETURN(ERRNO(7)), ALLOW) == 0);
	for (unsigned i = 0; i < STACK; i += 37)
		CHECK(raw1(FIRST + 4, MAGIC + (long)i) == -7);
}

/* Refuses every call with this last argument. */
static void install_large(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD(ARG_LOW(5)), SKIP_UNLESS(MAGIC, 1), RETURN(ERRNO(8)), ALLOW) == 0);
	CHECK(raw(SYS_getppid, 0, 0, 0, 0, 0, MAGIC) == -8 && raw(SYS_getppid, 0, 0, 0, 0, 0, 1) > 0);
	CHECK(raw(SYS_getuid, 0, 0, 0, 0, 0, MAGIC) == -8 && raw(SYS_close, -1, 0, 0, 0, 0, 1) == -EBADF);
}

int main(void)
{
	CHECK(exited_with(status_of(install_many), 0));
	CHECK(exited_with(status_of(install_large), 0));
	CHECK(exited_with(status_of(install_large), 0));
	return 0;
}
