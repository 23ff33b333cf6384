/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsyncs-of-two-processes-keep-apart - two processes with many threads give all of them filters by
 * TSYNC at the same time: no thread is in the way, and each gets those of its own process.
 */
#include "syncing.h"

static void sync_many(int offset)
{
	start_sleepers(SOME);
	for (int i = 1; i <= ROUNDS; i++)
		CHECK(sync_all(FIRST + offset + i) == 0);
	first = offset + ROUNDS;
	wake_sleepers(SOME);
	CHECK(raw0(FIRST + (offset ^ 100) + 1) == -ENOSYS);
}

static void sync_here(void)
{
	sync_many(0);
}

int main(void)
{
	pid_t child;

	set_no_new_privs();
	child = child_of(sync_here);
	sync_many(100);
	CHECK(exited_with(end_of(child), 0));
	return 0;
}
