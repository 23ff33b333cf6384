/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-queued-signals-give-way - tens of thousands of real-time signals wait for a process, as many
 * as root lets it have: others run while one is looked for among them, while they are ignored, and
 * when the process ends.
 */
#include "rows.h"

#define FIRST 40
#define LAST 60
#define MOST 150000
#define PENDING 11 /* RLIMIT_SIGPENDING */

static long queue(int sig, int value)
{
	siginfo_t info = { .si_signo = sig, .si_code = SI_QUEUE };

	info.si_pid = getpid();
	info.si_value.sival_int = value;
	return syscall(SYS_rt_sigqueueinfo, getpid(), sig, &info);
}

/* Blocks all signals, and queues FIRST until no more fit, but for one of LAST. Returns how many. */
static int fill(void)
{
	uint64_t all[2] = { MOST, MOST }, mask = ~0UL;
	int n = 0;

	if (syscall(SYS_prlimit64, 0, PENDING, all, NULL) != 0)
		CHECK(errno == EPERM);
	CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &mask, NULL, 8L) == 0);
	while (n < MOST - 100 && queue(FIRST, n) == 0)
		n++;
	CHECK(n > 400);
	return n;
}

static int take(int sig)
{
	const struct timespec now = { 0, 0 };
	const uint64_t mask = 1UL << (sig - 1);
	siginfo_t info;

	CHECK(syscall(SYS_rt_sigtimedwait, &mask, &info, &now, 8L) == sig);
	return info.si_value.sival_int;
}

static void take_from_many(void)
{
	const int n = fill();

	for (int i = 0; i < 20; i++)
		CHECK(take(FIRST) == i);
	CHECK(queue(LAST, 7) == 0 && queue(LAST, 8) == 0);
	CHECK(take(LAST) == 7 && take(FIRST) == 20 && take(LAST) == 8);
	for (int i = 0; i < 20; i++)
		(void)queue(FIRST, n + i); /* another process of the user may have taken the room */
	kill(getpid(), SIGCONT);	   /* takes signals that stop away */
	CHECK(kill(getpid(), SIGTSTP) == 0 && kill(getpid(), SIGCONT) == 0);
}

static void ignore_many(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	const int n = fill();

	CHECK(sigaction(FIRST, &ignore, NULL) == 0);
	ignore.sa_handler = SIG_DFL;
	CHECK(sigaction(FIRST, &ignore, NULL) == 0);
	CHECK(fill() > n / 2); /* there is room again, unless others of the user take it */
}

static void execute_with_many(void)
{
	const int n = fill();
	char text[16];

	snprintf(text, sizeof(text), "%d", n);
	execve("/proc/self/exe", (char *[]){ (char *)"again", text, NULL }, environ);
	CHECK(!"execve");
}

static volatile int handled;

static void handle(int sig)
{
	handled += sig == FIRST;
}

static void handle_many(void)
{
	struct sigaction action = { .sa_handler = handle };
	const uint64_t none = 0;
	int n;

	CHECK(sigaction(FIRST, &action, NULL) == 0);
	n = fill() < 500 ? 400 : 500;
	action.sa_handler = SIG_IGN;
	CHECK(sigaction(FIRST, &action, NULL) == 0);
	action.sa_handler = handle;
	CHECK(sigaction(FIRST, &action, NULL) == 0);
	for (int i = 0; i < n; i++)
		CHECK(queue(FIRST, i) == 0);
	CHECK(syscall(SYS_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8L) == 0);
	CHECK(handled == n);
}

int main(int argc, char **argv)
{
	static const struct body all[] = {
		{ "take", take_from_many },
		{ "ignore", ignore_many },
		{ "execute", execute_with_many },
		{ "handle", handle_many },
	};

	if (strcmp(argv[0], "again") == 0 && argc == 2) { /* they are still pending, and go with it */
		CHECK(take(FIRST) == 0);
		return 0;
	}
	return run_rows(all, sizeof(all) / sizeof(all[0]));
}
