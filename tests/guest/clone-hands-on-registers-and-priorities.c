/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone-hands-on-registers-and-priorities - a child begins with its parent's floating-point
 * registers, process group, session, settings of memory's shortage and core files, and priority;
 * with SCHED_RESET_ON_FORK only with what anybody may have. RLIMIT_NPROC binds who has neither
 * CAP_SYS_ADMIN nor CAP_SYS_RESOURCE.
 */
#include "capable.h"
#include "files.h"

#include <sys/resource.h>

#define SYS_BOOT (1UL << 22)
#define NORMAL 0
#define FIFO 1
#define RESET 1

struct attr {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t runtime, deadline, period;
};

static struct attr get(void)
{
	struct attr a;

	CHECK(syscall(SYS_sched_getattr, 0, &a, sizeof(a), 0) == 0);
	return a;
}

static const struct {
	uint32_t policy;
	int32_t nice;
	uint32_t priority;
	int reset;
	uint32_t child_policy;
	int32_t child_nice;
	uint32_t child_priority;
} priorities[] = {
	{ NORMAL, -5, 0, 0, NORMAL, -5, 0 }, { NORMAL, -5, 0, 1, NORMAL, 0, 0 }, { NORMAL, 5, 0, 1, NORMAL, 5, 0 },
	{ NORMAL, 0, 0, 1, NORMAL, 0, 0 },   { FIFO, 0, 3, 0, FIFO, 0, 3 },	 { FIFO, 0, 1, 1, NORMAL, 0, 0 },
};

static void hand_on_priorities(void)
{
	for (size_t i = 0; i < COUNT_OF(priorities); i++) {
		const struct attr a = { .size = sizeof(a),
					.policy = priorities[i].policy,
					.flags = priorities[i].reset ? RESET : 0,
					.nice = priorities[i].nice,
					.priority = priorities[i].priority };
		pid_t child;

		CHECK(syscall(SYS_sched_setattr, 0, &a, 0) == 0);
		child = fork();
		if (child == 0) {
			const struct attr own = get();

			CHECK(own.policy == priorities[i].child_policy && own.flags == 0);
			CHECK(own.nice == priorities[i].child_nice && own.priority == priorities[i].child_priority);
			_exit(0);
		}
		CHECK(exited_with(end_of(child), 0) && (get().flags & RESET) == a.flags);
	}
}

/* Makes a child while a floating-point register holds VALUE. *FOUND: what the child has there. */
static long clone_with_register(uint64_t value, uint64_t *found)
{
#ifdef __riscv
	register long a0 __asm__("a0") = SIGCHLD;
	register long a1 __asm__("a1") = 0;
	register long a2 __asm__("a2") = 0;
	register long a3 __asm__("a3") = 0;
	register long a4 __asm__("a4") = 0;
	register long a7 __asm__("a7") = SYS_clone;

	__asm__ volatile("fmv.d.x fs4, %2\n\tecall\n\tfmv.x.d %1, fs4"
			 : "+r"(a0), "=r"(*found)
			 : "r"(value), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a7)
			 : "fs4", "memory");
	return a0;
#else
	register long r10 __asm__("r10") = 0;
	register long r8 __asm__("r8") = 0;
	long a = SYS_clone;

	__asm__ volatile("movq %2, %%xmm7\n\tsyscall\n\tmovq %%xmm7, %1"
			 : "+a"(a), "=r"(*found)
			 : "r"(value), "D"((long)SIGCHLD), "S"(0L), "d"(0L), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory", "xmm7");
	return a;
#endif
}

static void hand_on_registers(void)
{
	uint64_t found;
	const long child = clone_with_register(0x0123456789abcdef, &found);

	CHECK(child >= 0 && found == 0x0123456789abcdef);
	if (child == 0)
		_exit(0);
	CHECK(exited_with(end_of((pid_t)child), 0));
}

static void write_text(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && close(fd) == 0);
}

static void hand_on_settings(void)
{
	const pid_t group = getpgrp(), session = (pid_t)syscall(SYS_getsid, 0);
	char text[32];
	pid_t child;

	write_text("/proc/self/oom_score_adj", "77");
	write_text("/proc/self/coredump_filter", "0x12");
	child = fork();
	if (child == 0) {
		CHECK(getpgrp() == group && syscall(SYS_getsid, 0) == session);
		read_text("/proc/self/oom_score_adj", text, sizeof(text));
		CHECK(atoi(text) == 77);
		read_text("/proc/self/coredump_filter", text, sizeof(text));
		CHECK(strtol(text, NULL, 16) == 0x12);
		_exit(0);
	}
	CHECK(exited_with(end_of(child), 0));
}

static uint64_t rights;

/* One process of this user there is already. */
static void forks_at_the_limit(void)
{
	const struct rlimit one = { 1, 1 };
	long child;

	CHECK(syscall(SYS_prlimit64, 0, RLIMIT_NPROC, &one, NULL) == 0);
	CHECK(prctl(PR_SET_KEEPCAPS, 1) == 0 && syscall(SYS_setresuid, 54321, 54321, 54321) == 0);
	set_capable(rights);
	child = raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
	if (child == 0)
		_exit(0);
	CHECK((rights & SYS_ADMIN) != 0 ? child > 0 : child == -EAGAIN);
}

int main(void)
{
	static const uint64_t sets[] = { 0, SYS_ADMIN, SYS_BOOT };

	CHECK(exited_with(status_of(hand_on_priorities), 0));
	hand_on_registers();
	CHECK(exited_with(status_of(hand_on_settings), 0));
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		rights = sets[i];
		CHECK(exited_with(status_of(forks_at_the_limit), 0));
	}
	return 0;
}
