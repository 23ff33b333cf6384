/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scale.c - what grows with the number of filters and processes, and what does not: memory of
 * processes under deep stacks, the cost of one more filter, the cost of a switch among many
 * processes. A static Linux program; prints "case<TAB>number" lines.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES 1000
#define STACK 16
#define FILTERS 60
#define TRIPS 500

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static void report(const char *what, unsigned n, uint64_t value)
{
	printf("%s %u\t%llu\n", what, n, (unsigned long long)value);
	fflush(stdout);
}

/* Denies number 400 + N of an id that no program has; with another N it is another program. */
static void install(uint32_t id, unsigned n, unsigned flags)
{
	struct sock_filter deny[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 400 + n, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 100000 + id, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 2),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { sizeof(deny) / sizeof(deny[0]), deny };

	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) != 0 && flags == 0)
		_exit(1);
}

static uint64_t free_memory(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return (uint64_t)info.freeram * info.mem_unit;
}

static pid_t children[PROCESSES];

/* What each process of a crowd does before it sleeps. All touch the same pages of their own. */
enum crowd {
	NO_FILTERS,    /* tries to install some, and may not */
	EQUAL_STACKS,  /* installs sixteen filters, the same as the others */
	ONE_DIFFERENT, /* sixteen, of which the newest is like no other's: a thousand stacks */
	ALL_DIFFERENT, /* sixteen that are like no other's */
};

static void prepare(enum crowd crowd, unsigned i)
{
	for (unsigned n = 0; n < STACK; n++)
		install(crowd == ALL_DIFFERENT || (crowd == ONE_DIFFERENT && n == STACK - 1) ? i + 1 : 0, n,
			crowd == NO_FILTERS ? ~0U : 0);
}

static void start(unsigned n, enum crowd crowd)
{
	int ready[2];

	if (pipe(ready) != 0)
		exit(1);
	for (unsigned i = 0; i < n; i++) {
		children[i] = fork();
		if (children[i] < 0)
			exit(1);
		if (children[i] == 0) {
			prepare(crowd, i);
			(void)!write(ready[1], "", 1);
			for (;;)
				pause();
		}
	}
	for (unsigned i = 0; i < n; i++) {
		char byte;

		if (read(ready[0], &byte, 1) != 1)
			exit(1);
	}
	close(ready[0]);
	close(ready[1]);
	sched_yield(); /* all of them sleep */
}

static void stop(unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		kill(children[i], SIGKILL);
		waitpid(children[i], NULL, 0);
	}
}

/* Bytes that each of PROCESSES takes, alive. */
static uint64_t memory_per_process(enum crowd crowd)
{
	const uint64_t before = free_memory();
	uint64_t taken;

	start(PROCESSES, crowd);
	taken = before - free_memory();
	stop(PROCESSES);
	return taken / PROCESSES;
}

static uint64_t round_trip(void)
{
	int to[2], from[2];
	char byte = 0;
	uint64_t took;

	if (pipe(to) != 0 || pipe(from) != 0)
		exit(1);
	if (fork() == 0) {
		close(to[1]);
		while (read(to[0], &byte, 1) == 1 && write(from[1], &byte, 1) == 1)
			;
		_exit(0);
	}
	took = now();
	for (int i = 0; i < TRIPS; i++)
		if (write(to[1], &byte, 1) != 1 || read(from[0], &byte, 1) != 1)
			exit(1);
	took = now() - took;
	close(to[0]);
	close(to[1]);
	close(from[0]);
	close(from[1]);
	wait(NULL);
	return took / TRIPS;
}

/*
 * What the filters of a process take, besides what is shared: by the
 * difference to processes that have none.
 */
static void report_memory(void)
{
	const uint64_t bare = memory_per_process(NO_FILTERS);

	report("bytes per process without filters, processes:", PROCESSES, bare);
	report("bytes more with 16 filters each: equal stacks, processes:", PROCESSES,
	       memory_per_process(EQUAL_STACKS) - bare);
	report("bytes more with 16 filters each: the newest differs, processes:", PROCESSES,
	       memory_per_process(ONE_DIFFERENT) - bare);
	report("bytes more with 16 filters each: all differ, processes:", PROCESSES,
	       memory_per_process(ALL_DIFFERENT) - bare);
}

static uint64_t time_install(unsigned n)
{
	const uint64_t begin = now();

	install(0, n, 0);
	return now() - begin;
}

#define LONGEST 4096

/*
 * Installs, as the only filter, LENGTH instructions, each of which all numbers reach: loads, and
 * comparisons that change nothing.
 */
static void report_length(unsigned length)
{
	static struct sock_filter insns[LONGEST];
	struct sock_fprog program = { (unsigned short)length, insns };

	for (unsigned i = 0; i < length; i += 2) {
		insns[i] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
		insns[i + 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 300 + i % 200, 0, 0);
	}
	insns[length - 3].jf = 1;
	insns[length - 2] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1);
	insns[length - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	if (fork() == 0) {
		uint64_t took = now();

		if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
			_exit(1);
		took = now() - took;
		report("instructions to install a program of length", length, took);
		_exit(0);
	}
	wait(NULL);
}

int main(void)
{
	static const unsigned crowd[] = { 0, 10, 100, PROCESSES };
	uint64_t took[FILTERS], bare;

	for (unsigned i = 0; i < sizeof(crowd) / sizeof(crowd[0]); i++) {
		start(crowd[i], NO_FILTERS);
		report("round trip, other processes:", crowd[i], round_trip());
		stop(crowd[i]);
	}
	for (unsigned length = 64; length <= LONGEST; length *= 4)
		report_length(length);
	report_memory();
	bare = memory_per_process(NO_FILTERS);
	for (unsigned i = 0; i < FILTERS; i++) {
		took[i] = time_install(i);
		if (i + 1 == STACK)
			report("bytes more with 16 filters each: inherited, processes:", PROCESSES,
			       memory_per_process(NO_FILTERS) - bare);
	}
	for (unsigned i = 0; i < FILTERS; i += i == 0 ? 4 : i == 54 ? 5 : 10)
		report("instructions to install filter", i + 1, took[i]);
	return 0;
}
