/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * of-two-threads-that-execute-at-once-one-does - a thread executes a program while another one of
 * its process is about to do the same: however far that has got, one of them becomes the process,
 * and the other one ends.
 */
#include "syncing.h"

#define STRINGS 20
#define STRING_SIZE 8192

static struct thread other;
static long delay;
static volatile int ready;
static char string[STRING_SIZE], *many[STRINGS + 2], *few[] = { "few", NULL };

static void execute(char **arguments)
{
	raw(SYS_execve, (long)"/proc/self/exe", (long)arguments, 0, 0, 0, 0);
	raw1(SYS_exit_group, 3);
}

static int execute_later(void *unused)
{
	(void)unused;
	come_first();
	ready = 1;
	pause_for(delay);
	execute(few);
	return 0;
}

static void execute_both(void)
{
	thread_start(&other, execute_later, NULL);
	while (!ready)
		raw0(SYS_sched_yield);
	execute(many);
}

int main(int argc, char **argv)
{
	if (strcmp(argv[0], "many") == 0)
		return argc == STRINGS + 1 ? 0 : 2;
	if (strcmp(argv[0], "few") == 0)
		return argc == 1 ? 0 : 2;
	memset(string, 'x', STRING_SIZE - 1);
	many[0] = "many";
	for (int i = 1; i <= STRINGS; i++)
		many[i] = string;
	for (delay = 60000; delay < 2000000; delay += 60000)
		CHECK(exited_with(status_of(execute_both), 0));
	return 0;
}
