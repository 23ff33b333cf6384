/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time-of-the-kernel-is-told-apart - what a program computes is its user time, what its calls take
 * is its system time: in times, getrusage, wait4, SIGCHLD and /proc. Neither ever goes back, and
 * ITIMER_VIRTUAL counts the first only.
 */
#include "files.h"

#include <sys/resource.h>
#include <sys/time.h>

#define MS 1000L /* in us */

struct ticks {
	long user, system, child_user, child_system;
};

#define us(t) ((long)(t).tv_sec * 1000 * MS + (long)(t).tv_usec)

static long user_time[3], system_time[3]; /* what was shown last */

static struct rusage usage(int who)
{
	struct rusage r;

	CHECK(syscall(SYS_getrusage, who, &r) == 0);
	CHECK(us(r.ru_utime) >= user_time[who + 1] && us(r.ru_stime) >= system_time[who + 1]);
	user_time[who + 1] = us(r.ru_utime);
	system_time[who + 1] = us(r.ru_stime);
	return r;
}

/* Computes for so long, by the clock of this thread. */
static void work(long milliseconds)
{
	const struct rusage before = usage(1);
	volatile long n = 0;

	while (us(usage(1).ru_utime) - us(before.ru_utime) < milliseconds * MS)
		while (++n % 1000000 != 0)
			;
	/* Most of it, whoever else runs here. */
	CHECK(us(usage(1).ru_stime) - us(before.ru_stime) < milliseconds * MS / 2);
}

static char room[1 << 20];

static void read_zeroes(int fd)
{
	CHECK(syscall(SYS_read, fd, room, sizeof(room)) == sizeof(room));
}

static void ask(int fd)
{
	(void)fd;
	syscall(SYS_getppid);
}

/* Has CALL made until it took so much system time, which must be much of all. */
static void call(void (*make)(int fd), long milliseconds, int share)
{
	const int fd = open("/dev/zero", O_RDONLY);
	const struct rusage before = usage(1);
	struct rusage r;
	long took;

	CHECK(fd >= 0);
	do {
		for (int n = 0; n < 100; n++)
			make(fd);
		r = usage(1);
		took = us(r.ru_stime) - us(before.ru_stime);
		CHECK(us(r.ru_utime) - us(before.ru_utime) < 20000 * MS);
	} while (took < milliseconds * MS);
	CHECK(us(r.ru_utime) - us(before.ru_utime) < took * share);
	CHECK(close(fd) == 0);
}

static void child(void)
{
	memset(user_time, 0, sizeof(user_time));
	memset(system_time, 0, sizeof(system_time));
	work(100);
	call(read_zeroes, 100, 1);
}

static siginfo_t told;

static void ended(int signal, siginfo_t *info, void *context)
{
	(void)signal, (void)context;
	told = *info;
}

/* Fields 14 to 17 of /proc/self/stat. */
static struct ticks in_stat(void)
{
	char text[1024], *at;
	long t[4];

	read_text("/proc/self/stat", text, sizeof(text));
	at = strrchr(text, ')');
	for (int n = 0; n < 12; n++)
		at = strchr(at + 1, ' ');
	for (int n = 0; n < 4; n++)
		t[n] = strtol(at, &at, 10);
	return (struct ticks){ t[0], t[1], t[2], t[3] };
}

static void virtual_timer(void)
{
	const struct itimerval half = { .it_value = { 0, 500 * MS } };
	struct itimerval left;

	CHECK(syscall(SYS_setitimer, ITIMER_VIRTUAL, &half, NULL) == 0);
	call(read_zeroes, 600, 1);
	CHECK(syscall(SYS_getitimer, ITIMER_VIRTUAL, &left) == 0 && us(left.it_value) > 100 * MS);
	CHECK(syscall(SYS_setitimer, ITIMER_VIRTUAL, &(struct itimerval){ 0 }, NULL) == 0);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = ended, .sa_flags = SA_SIGINFO | SA_RESTART };
	struct ticks t, stat;
	struct rusage r;
	int status;
	pid_t pid;

	work(300);
	CHECK(us(usage(0).ru_utime) >= 200 * MS);
	call(read_zeroes, 200, 1);
	call(ask, 50, 20);
	CHECK(syscall(SYS_times, &t) > 0 && t.user >= 20 && t.system >= 20 && t.child_user == 0 && t.child_system == 0);
	stat = in_stat();
	CHECK(stat.user >= t.user && stat.system >= t.system && stat.user < t.user + 20 && stat.child_user == 0);

	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	pid = child_of(child);
	CHECK(syscall(SYS_wait4, pid, &status, 0, &r) == pid && exited_with(status, 0));
	CHECK(us(r.ru_utime) >= 50 * MS && us(r.ru_stime) >= 50 * MS);
	CHECK(us(usage(-1).ru_utime) == us(r.ru_utime) && us(usage(-1).ru_stime) == us(r.ru_stime));
	CHECK(syscall(SYS_times, &t) > 0 && t.child_user >= 5 && t.child_system >= 5);
	stat = in_stat();
	CHECK(stat.child_user >= 5 && stat.child_system >= 5);
	CHECK(told.si_pid == pid && told.si_utime >= 3 && told.si_stime >= 3);
	virtual_timer();
	return 0;
}
