/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone-does-what-each-flag-says - the thread pointer, the child's id in its own memory, a sibling
 * with the signal of its maker, an alternate stack that is kept but for what shares memory without
 * vfork, and a parent that waits for the end of a vfork, or its execve, or its own death. After its
 * execve a child's process group is its own affair.
 */
#include "guest.h"

#ifdef __riscv
static inline unsigned long thread_pointer(void)
{
	unsigned long tp;

	__asm__ volatile("mv %0, tp" : "=r"(tp));
	return tp;
}
#else
#include <asm/prctl.h>

static inline unsigned long thread_pointer(void)
{
	unsigned long tp;

	raw(SYS_arch_prctl, ARCH_GET_FS, (long)&tp, 0, 0, 0, 0);
	return tp;
}
#endif

static char stack[65536] __attribute__((aligned(16)));
static char area[4096] __attribute__((aligned(16))); /* for a thread pointer to lead to */
static volatile unsigned long seen;
static volatile pid_t id, told;
static char *self;
static int ends[2];

static pid_t clone_with(int (*function)(void *), unsigned long flags)
{
	const pid_t child = clone(function, stack + sizeof(stack), (int)flags, NULL, NULL, area, (pid_t *)&id);

	CHECK(child > 0);
	return child;
}

static int says_thread_pointer(void *unused)
{
	(void)unused;
	seen = thread_pointer();
	return (int)raw1(SYS_exit, 0);
}

static int knows_its_id(void *unused)
{
	(void)unused;
	return id == getpid() ? 0 : 1;
}

static int has_parent_of_its_maker(void *unused)
{
	(void)unused;
	return getppid() == (pid_t)seen ? 0 : 1;
}

static int makes_a_sibling(void *unused)
{
	(void)unused;
	(void)clone(has_parent_of_its_maker, area + sizeof(area), CLONE_PARENT | SIGUSR2, NULL);
	return 0;
}

static int ends_late(void *unused)
{
	stack_t alternate;

	(void)unused;
	for (int i = 0; i < 100; i++)
		raw0(SYS_sched_yield);
	raw(SYS_sigaltstack, 0, (long)&alternate, 0, 0, 0, 0);
	seen = (unsigned long)alternate.ss_flags + 1;
	return (int)raw1(SYS_exit, 0);
}

static int keeps_its_stack(void *unused)
{
	stack_t alternate;

	(void)unused;
	return sigaltstack(NULL, &alternate) == 0 && alternate.ss_flags == 0 ? 0 : 1;
}

static int execs(void *unused)
{
	char *arguments[] = { self, (char *)"waits", NULL };

	(void)unused;
	execv(self, arguments);
	return 1;
}

static int tells_and_waits(void *unused)
{
	const pid_t me = getpid();

	(void)unused;
	write(ends[1], &me, sizeof(me));
	return (int)raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
}

static void waits_for_a_vfork(void)
{
	clone_with(tells_and_waits, CLONE_VM | CLONE_VFORK | SIGCHLD);
}

static void parents(void)
{
	sigset_t both, pending;
	int status;

	sigemptyset(&both);
	sigaddset(&both, SIGUSR1);
	sigaddset(&both, SIGUSR2);
	CHECK(sigprocmask(SIG_BLOCK, &both, NULL) == 0);
	seen = (unsigned long)getpid();
	clone_with(makes_a_sibling, SIGUSR1);
	CHECK(waitpid(-1, &status, __WALL) > 0 && exited_with(status, 0));
	CHECK(waitpid(-1, &status, __WALL) > 0 && exited_with(status, 0));
	CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGUSR1) && !sigismember(&pending, SIGUSR2));
}

static void vforks(void)
{
	static char room[16384];
	const stack_t alternate = { .ss_sp = room, .ss_size = sizeof(room) };
	pid_t child, other;

	CHECK(sigaltstack(&alternate, NULL) == 0);
	seen = 0;
	child = clone_with(ends_late, CLONE_VM | CLONE_VFORK | SIGCHLD);
	CHECK(seen == 1 && exited_with(end_of(child), 0));
	child = clone_with(ends_late, CLONE_VM | SIGCHLD);
	CHECK(exited_with(end_of(child), 0) && seen == SS_DISABLE + 1);

	child = clone_with(keeps_its_stack, SIGCHLD);
	CHECK(exited_with(end_of(child), 0));

	CHECK(pipe2(ends, O_CLOEXEC) == 0);
	child = clone_with(execs, CLONE_VM | CLONE_VFORK | SIGCHLD);
	CHECK(close(ends[1]) == 0 && read(ends[0], &other, 1) == 0 && close(ends[0]) == 0); /* it has begun */
	REFUSED(setpgid(child, child), EACCES);
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));

	CHECK(pipe(ends) == 0);
	child = child_of(waits_for_a_vfork);
	CHECK(read(ends[0], &other, sizeof(other)) == sizeof(other));
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
	CHECK(kill(other, 0) == 0 && kill(other, SIGKILL) == 0);
	CHECK(close(ends[1]) == 0 && read(ends[0], &other, 1) == 0); /* it has ended */
}

static volatile int *read_only;

/* The child writes its id as it could itself: not where it may only read, nor where nothing is. */
static pid_t fork_with_id_at(void *at)
{
#ifdef __riscv
	const long child = raw(SYS_clone, CLONE_CHILD_SETTID | SIGCHLD, 0, 0, 0, (long)at, 0);
#else
	const long child = raw(SYS_clone, CLONE_CHILD_SETTID | SIGCHLD, 0, 0, (long)at, 0, 0);
#endif

	CHECK(child >= 0);
	if (child == 0)
		raw1(SYS_exit_group, *read_only != 12345678);
	return (pid_t)child;
}

int main(int argc, char **argv)
{
	int *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	pid_t child;

	if (argc > 1)
		for (;;)
			pause();
	self = argv[0];

	child = clone_with(says_thread_pointer, CLONE_VM | CLONE_SETTLS | SIGCHLD);
	CHECK(exited_with(end_of(child), 0) && seen == (unsigned long)area);
	/* Addresses without the flags that give them a meaning. */
	id = told = 12345678;
	child = clone(says_thread_pointer, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL, (pid_t *)&told, area,
		      (pid_t *)&id);
	CHECK(exited_with(end_of(child), 0) && id == 12345678 && told == 12345678 && seen == thread_pointer());
	id = 0;
	child = clone_with(knows_its_id, CLONE_CHILD_SETTID | SIGCHLD);
	CHECK(exited_with(end_of(child), 0) && id == 0);
	CHECK(page != MAP_FAILED);
	*page = 12345678;
	read_only = page;
	CHECK(mprotect(page, 4096, PROT_READ) == 0);
	child = fork_with_id_at(page);
	CHECK(exited_with(end_of(child), 0));
	child = fork_with_id_at((void *)8);
	CHECK(exited_with(end_of(child), 0));
	CHECK(raw(SYS_clone, CLONE_NEWUSER | CLONE_FS, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(exited_with(status_of(parents), 0));
	vforks();
	return 0;
}
