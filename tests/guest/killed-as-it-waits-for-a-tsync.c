/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * killed-as-it-waits-for-a-tsync - while a thread binds all others by TSYNC, another one enters
 * mode strict, installs a filter, starts a thread or executes a program, each of which has to wait;
 * and then SIGKILL ends the process. It ends by that, and nothing of it stays.
 */
#include "syncing.h"

static struct thread doer, killer;
static volatile int ready;
static void (*to_do)(void);
static long delay; /* both wake after so many nanoseconds, the doer first */

static int do_it(void *unused)
{
	(void)unused;
	come_first();
	ready++;
	pause_for(delay);
	to_do();
	raw(SYS_futex, (long)&word, FUTEX_WAIT, 0, 0, 0, 0);
	return 0;
}

static int kill_all(void *unused)
{
	(void)unused;
	come_first();
	ready++;
	pause_for(delay);
	raw(SYS_kill, raw0(SYS_getpid), SIGKILL, 0, 0, 0, 0);
	return 0;
}

static void sync_until_killed(void)
{
	start_sleepers(SOME / 2);
	thread_start(&doer, do_it, NULL);
	thread_start(&killer, kill_all, NULL);
	while (ready != 2)
		raw0(SYS_sched_yield);
	for (int i = 0;; i++)
		(void)sync_all(FIRST + i % 100);
}

static void go_strict(void)
{
	raw(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0, 0);
}

static void install(void)
{
	(void)INSTALL_RAW(0, ALLOW);
}

static void start_another(void)
{
	static struct thread another;

	thread_start(&another, sleep_and_look, NULL);
}

static void execute(void)
{
	static const char *const argv[] = { "again", NULL };

	raw(SYS_execve, (long)"/proc/self/exe", (long)argv, (long)argv, 0, 0, 0);
}

static void is_killed(void (*what)(void))
{
	to_do = what;
	for (delay = 300000; delay < 700000; delay += 150000)
		CHECK(killed_by(status_of(sync_until_killed), SIGKILL));
}

#define ROW(name)                    \
	static void name##_row(void) \
	{                            \
		is_killed(name);     \
	}

ROW(go_strict)
ROW(install)
ROW(start_another)
ROW(execute)

int main(int argc, char **argv)
{
	static const struct body all[] = {
		{ "strict", go_strict_row },
		{ "install", install_row },
		{ "clone", start_another_row },
		{ "execute", execute_row },
	};

	(void)argc;
	if (strcmp(argv[0], "again") == 0) /* it came too late to wait */
		return kill(getpid(), SIGKILL);
	set_no_new_privs();
	return run_rows(all, COUNT_OF(all));
}
