/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scale.c - what grows with the number of filters and processes, and what does not: memory of processes under deep stacks, the cost
 * of one more filter, the cost of a switch among many processes. A static Linux program; prints "case<TAB>number" lines.
 */
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
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

/* No two are equal: number 400 + N is denied. */
static void install(unsigned n)
{
	struct sock_filter deny[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 400 + n, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { 4, deny };

	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
		exit(1);
}

static uint64_t free_memory(void)
{
	struct sysinfo info;

	sysinfo(&info);
	return (uint64_t)info.freeram * info.mem_unit;
}

static pid_t children[PROCESSES];

static void start(unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		children[i] = fork();
		if (children[i] < 0)
			exit(1);
		if (children[i] == 0)
			for (;;)
				pause();
	}
	sched_yield(); /* all of them have their first turn, and sleep */
}

static void stop(unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		kill(children[i], SIGKILL);
		waitpid(children[i], NULL, 0);
	}
}

/* Bytes that each of PROCESSES takes, alive. */
static uint64_t memory_per_process(void)
{
	const uint64_t before = free_memory();
	uint64_t taken;

	start(PROCESSES);
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

int main(void)
{
	static const unsigned crowd[] = { 0, 10, 100, PROCESSES };
	uint64_t took[FILTERS];

	for (unsigned i = 0; i < sizeof(crowd) / sizeof(crowd[0]); i++) {
		start(crowd[i]);
		report("round trip, other processes:", crowd[i], round_trip());
		stop(crowd[i]);
	}
	report("bytes per process, filters:", 0, memory_per_process());
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	for (unsigned i = 0; i < FILTERS; i++) {
		took[i] = now();
		install(i);
		took[i] = now() - took[i];
		if (i + 1 == STACK)
			report("bytes per process, filters:", STACK, memory_per_process());
	}
	for (unsigned i = 0; i < FILTERS; i += i == 0 ? 4 : i == 54 ? 5 : 10)
		report("instructions to install filter", i + 1, took[i]);
	return 0;
}
