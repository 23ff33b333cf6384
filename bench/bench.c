/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench.c - what a system call costs under filters, in instructions. A static Linux program: it
 * runs on Portcullis and, unmodified, on Linux. Prints "case<TAB>count" lines; bench/run.sh makes
 * the table of them, with the goals of bench/goals.
 *
 * Under -icount shift=0 one instruction is one nanosecond, so the clock counts
 * instructions. Each case runs in a child of its own, because filters cannot be taken back.
 * The cost of an empty loop is taken off.
 */
#include <signal.h>
#include <string.h>

#include "bench.h"
#include "profile.h" /* profile_linear[], profile_tree[]: made by bench/run.sh from a real profile */

#define FORKS 200
#define TRIPS 2000
#define INSTALLS 16

static const struct sock_filter allow[] = { BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };

/*
 * Touches the pages that install() touches, in program and library: a fork
 * copies what is there, page by page.
 */
static void install_nothing(void)
{
	install(allow, 1, 0);
	(void)syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &allow[0].k);
	(void)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL);
}

/* 7 instructions: a check of the architecture, then one number denied. */
static const struct sock_filter deny[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARCH),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_RISCV64, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NR),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_getppid, 0, 1),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 13),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

/* 11 instructions: getppid is allowed if its first argument, all 64 bits, is 0x100000002. */
static const struct sock_filter compare[] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARCH),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_RISCV64, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NR),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_getppid, 0, 5),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(0)),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 2),
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(0) + 4),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 13),
	BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
};

/*
 * 16 filters, no two equal, each of which asks for all 64 bits: the lower
 * halves are always the same.
 */
static void install_different(void)
{
	for (uint32_t i = 0; i < 16; i++) {
		const struct sock_filter one[] = {
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS, NR),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_getppid, 0, 5),
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(0)),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 2, 0, 3),
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG(0) + 4),
			BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x300 + i, 0, 1),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 13),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
		};

		install(one, COUNT(one), 1);
	}
}

/* By the C library's function, which asks the vDSO. */
static uint64_t time_clock(void)
{
	struct timespec ts;
	uint64_t begin;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	begin = now();
	for (int i = 0; i < CALLS; i++)
		clock_gettime(CLOCK_MONOTONIC, &ts);
	return (now() - begin) / CALLS;
}

static uint64_t time_forks(void)
{
	uint64_t begin = now();

	for (int i = 0; i < FORKS; i++) {
		pid_t pid = (pid_t)call6(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);

		if (pid == 0)
			call6(SYS_exit_group, 0, 0, 0, 0, 0, 0);
		call6(SYS_wait4, pid, 0, 0, 0, 0, 0);
	}
	return (now() - begin) / FORKS;
}

static uint64_t time_pipe(void)
{
	uint64_t begin;
	int to[2], from[2];
	char byte = 0;

	if (pipe(to) != 0 || pipe(from) != 0)
		exit(1);
	if (fork() == 0) {
		close(to[1]);
		while (call6(SYS_read, to[0], (long)&byte, 1, 0, 0, 0) == 1)
			call6(SYS_write, from[1], (long)&byte, 1, 0, 0, 0);
		_exit(0);
	}
	begin = now();
	for (int i = 0; i < TRIPS; i++) {
		call6(SYS_write, to[1], (long)&byte, 1, 0, 0, 0);
		call6(SYS_read, from[0], (long)&byte, 1, 0, 0, 0);
	}
	begin = now() - begin;
	close(to[1]);
	wait(NULL);
	return begin / TRIPS;
}

/*
 * The mean of several children, for the clock's step is 100 instructions; what
 * reading it costs is taken off.
 */
static uint64_t time_install(const struct sock_filter *insns, size_t n)
{
	uint64_t total = 0;

	for (int i = 0; i < INSTALLS; i++) {
		int answer[2];
		uint64_t took;

		if (pipe(answer) != 0)
			exit(1);
		if (fork() == 0) {
			const struct sock_fprog program = { (unsigned short)n, (struct sock_filter *)insns };
			uint64_t begin, reading;

			for (size_t k = 0; k < n; k++) /* its pages are there by now */
				(void)*(const volatile uint16_t *)&insns[k].code;
			prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
			begin = now();
			reading = now() - begin;
			begin = now();
			call6(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (long)&program, 0, 0, 0);
			took = now() - begin - reading;
			(void)!write(answer[1], &took, sizeof(took));
			_exit(0);
		}
		if (read(answer[0], &took, sizeof(took)) != sizeof(took))
			exit(1);
		close(answer[0]);
		close(answer[1]);
		wait(NULL);
		total += took;
	}
	return total / INSTALLS;
}

#define CASES                                                                                                         \
	CASE("getppid, no filter", , time_calls(SYS_getppid, 0, 0, 0))                                                \
	CASE("getppid, allow-all x1", install(allow, 1, 1), time_calls(SYS_getppid, 0, 0, 0))                         \
	CASE("getppid, allow-all x16", install(allow, 1, 16), time_calls(SYS_getppid, 0, 0, 0))                       \
	CASE("getppid, allow-all x64", install(allow, 1, 64), time_calls(SYS_getppid, 0, 0, 0))                       \
	CASE("getppid, profile x1", install(PROFILE, 1), time_calls(SYS_getppid, 0, 0, 0))                            \
	CASE("getppid, profile x16", install(PROFILE, 16), time_calls(SYS_getppid, 0, 0, 0))                          \
	CASE("swapon, profile linear", install(PROFILE, 1), time_calls(SYS_swapon, 0, 0, 0))                          \
	CASE("swapon, profile tree", install(PROFILE_TREE, 1), time_calls(SYS_swapon, 0, 0, 0))                       \
	CASE("ERRNO, 7 instructions x1", install(deny, COUNT(deny), 1), time_calls(SYS_getppid, 0, 0, 0))             \
	CASE("ERRNO, 7 instructions x16", install(deny, COUNT(deny), 16), time_calls(SYS_getppid, 0, 0, 0))           \
	CASE("64-bit compare, pass", install(compare, COUNT(compare), 1), time_calls(SYS_getppid, 0x100000002, 0, 0)) \
	CASE("64-bit compare, fail", install(compare, COUNT(compare), 1), time_calls(SYS_getppid, 3, 0, 0))           \
	CASE("64-bit compare x16, pass", install(compare, COUNT(compare), 16),                                        \
	     time_calls(SYS_getppid, 0x100000002, 0, 0))                                                              \
	CASE("64-bit compare x16, fail", install(compare, COUNT(compare), 16), time_calls(SYS_getppid, 3, 0, 0))      \
	CASE("64-bit compare, 16 different", install_different(), time_calls(SYS_getppid, 0x100000002, 0, 0))         \
	CASE("personality, profile x1", install(PROFILE, 1), time_calls(SYS_personality, 0xffffffff, 0, 0))           \
	CASE("personality, profile tree", install(PROFILE_TREE, 1), time_calls(SYS_personality, 0xffffffff, 0, 0))    \
	CASE("personality, profile x16", install(PROFILE, 16), time_calls(SYS_personality, 0xffffffff, 0, 0))         \
	CASE("install profile linear", , time_install(PROFILE))                                                       \
	CASE("install profile tree", , time_install(PROFILE_TREE))                                                    \
	CASE("install profile again", install(PROFILE, 1), time_install(PROFILE))                                     \
	CASE("install RET ALLOW", , time_install(allow, 1))                                                           \
	CASE("fork+exit+wait, 0 filters", install_nothing(), time_forks())                                            \
	CASE("fork+exit+wait, 1 filter", install(allow, 1, 1), time_forks())                                          \
	CASE("fork+exit+wait, 16 filters", install(allow, 1, 16), time_forks())                                       \
	CASE("pipe round trip", , time_pipe())                                                                        \
	CASE("write of 0 bytes, no filter", , time_calls(SYS_write, 1, (long)"", 0))                                  \
	CASE("write of 0 bytes, profile", install(PROFILE, 1), time_calls(SYS_write, 1, (long)"", 0))                 \
	CASE("clock_gettime of glibc", , time_clock())

#define PROFILE profile_linear, COUNT(profile_linear)
#define PROFILE_TREE profile_tree, COUNT(profile_tree)

int main(int argc, char **argv)
{
	only = argc > 1 ? argv[1] : NULL;
	CASES
	return 0;
}
