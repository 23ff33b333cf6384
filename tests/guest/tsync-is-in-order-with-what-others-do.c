/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-is-in-order-with-what-others-do - while a thread installs a filter for all by TSYNC,
 * another one of the process installs a filter of its own, enters mode strict, has all others end,
 * or executes a program. What each is told fits to what comes of it.
 */
#include "syncing.h"

/* --- one that does something meanwhile ------------------------------------------------ */

static struct thread other;
static long delay;
static volatile int ready, told;
static int released[2]; /* a pipe: it reads a byte before it ends */
static volatile long others_result;
static void (*volatile to_do)(void);

static int do_it(void *unused)
{
	char byte;

	(void)unused;
	come_first();
	ready = 1;
	pause_for(delay);
	to_do();
	told = 1;
	raw(SYS_read, released[0], (long)&byte, 1, 0, 0, 0); /* mode strict lets it do that */
	look();
	raw1(SYS_exit, 0);
	return 0;
}

/* WHAT is done while the caller installs its Nth filter; AFTER looks at the result of that. */
static void race_once(void (*what)(void), void (*after)(long result), int n)
{
	long result;

	to_do = what;
	delay = 40000L * n;
	ready = told = 0;
	thread_start(&other, do_it, NULL);
	while (!ready)
		raw0(SYS_sched_yield);
	result = sync_all(FIRST + n);
	if (result == 0)
		first = n;
	while (!told)
		pause_for(50000);
	after(result);
	CHECK(write(released[1], "", 1) == 1);
	thread_join(&other);
}

static void race(void (*what)(void), void (*after)(long result))
{
	CHECK(syscall(SYS_pipe2, released, 0) == 0);
	start_sleepers(SOME);
	for (int i = 1; i <= ROUNDS; i++)
		race_once(what, after, i);
	wake_sleepers(SOME);
}

static void install_own(void)
{
	others_result = INSTALL_RAW(0, ON(SECOND, ERRNO(ANSWER)));
	if (others_result != 0 || raw0(SECOND) != -ANSWER)
		raw1(SYS_exit_group, 6);
}

/* Either it came too late to be in the way, or it was in the way. */
static void after_install(long result)
{
	CHECK(result == 0 || result == other.tid);
}

static void other_installs(void)
{
	race(install_own, after_install);
}

static void go_strict(void)
{
	others_result = raw(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0, 0);
}

static void after_strict(long result)
{
	CHECK(result == 0 ? others_result == -EINVAL : result == other.tid && others_result == 0);
}

static void other_goes_strict(void)
{
	race(go_strict, after_strict);
}

static void wake_all(void)
{
	word = 1;
	raw(SYS_futex, (long)&word, FUTEX_WAKE, INT32_MAX, 0, 0, 0);
}

static void after_ends(long result)
{
	CHECK(result == 0);
	while (__atomic_load_n(&bound, __ATOMIC_RELAXED) != SOME)
		pause_for(1000000);
}

/* All sleepers look, and end. */
static void others_end(void)
{
	CHECK(syscall(SYS_pipe2, released, 0) == 0);
	for (int i = 1; i <= ROUNDS / 4; i++) {
		word = bound = 0;
		start_sleepers(SOME);
		race_once(wake_all, after_ends, i);
	}
}

/* --- one that ends all others --------------------------------------------------------- */

static volatile int *shared; /* the last filter that all have */

static void execute(void)
{
	static const char *const argv[] = { "again", NULL };

	raw(SYS_execve, (long)"/proc/self/exe", (long)argv, (long)argv, 0, 0, 0);
	raw1(SYS_exit_group, 7);
}

static void sync_until_ended(void)
{
	start_sleepers(SOME / 4);
	thread_start(&other, do_it, NULL);
	while (!ready)
		raw0(SYS_sched_yield);
	for (int i = 1; i < 100; i++) {
		CHECK(sync_all(FIRST + i) == 0);
		*shared = i;
	}
	for (;;)
		pause_for(1000000);
}

static void other_executes(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "shared", 0);

	CHECK(fd >= 0 && dup2(fd, 100) == 100 && syscall(SYS_ftruncate, fd, 4096L) == 0);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	to_do = execute;
	for (delay = 100000; delay < 1000000; delay += 90000) {
		*shared = 0;
		CHECK(exited_with(status_of(sync_until_ended), 0));
	}
}

/* What the new program does. */
static int look_again(void)
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 100, 0);
	CHECK(shared != MAP_FAILED);
	first = *shared;
	look();
	return 0;
}

int main(int argc, char **argv)
{
	static const struct body all[] = {
		{ "install", other_installs },
		{ "strict", other_goes_strict },
		{ "ends", others_end },
		{ "execute", other_executes },
	};

	(void)argc;
	if (strcmp(argv[0], "again") == 0)
		return look_again();
	set_no_new_privs();
	return run_rows(all, COUNT_OF(all));
}
