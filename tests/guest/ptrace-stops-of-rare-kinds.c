/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-stops-of-rare-kinds - children of a seized tracee are seized, too; clone's own flags about
 * tracing; signals that are given at a stop around a call; what a stop without a siginfo tells; the
 * mask of who waits in sigsuspend; RET_TRACE with a tracer that has not asked for it; a group stop
 * that the tracer leaves behind; a SIGKILL while a group stop is listened to.
 */
#include "tracing.h"

#define FORKS (PTRACE_O_TRACEFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEVFORK)

static pid_t clone_with(unsigned long flags)
{
	return (pid_t)raw(SYS_clone, (long)flags, 0, 0, 0, 0, 0);
}

static void forks(void)
{
	pid_t child;

	child = clone_with(SIGCHLD);
	if (child == 0)
		raw(SYS_exit_group, 1, 0, 0, 0, 0, 0);
	CHECK(exited_with(end_of(child), 1));
}

static pid_t wait_for_anybody(int *status)
{
	const pid_t pid = waitpid(-1, status, __WALL);

	CHECK(pid > 0);
	return pid;
}

/* The first stop of a new tracee, whose options are its parent's. */
static void children_of_the_seized(void)
{
	int status, go[2], told = 0, begun = 0;
	pid_t child, grandchild = 0;
	siginfo_t info;

	CHECK(pipe(go) == 0);
	child = fork();
	if (child == 0) {
		char byte;

		CHECK(read(go[0], &byte, 1) == 1);
		forks();
		_exit(0);
	}
	CHECK(ptrace(PTRACE_SEIZE, child, 0, FORKS | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0);
	CHECK(write(go[1], "", 1) == 1 && close(go[0]) == 0 && close(go[1]) == 0);
	while (!told || !begun) {
		const pid_t pid = wait_for_anybody(&status);

		if (pid == child) {
			CHECK(IS_EVENT(status, PTRACE_EVENT_FORK));
			grandchild = (pid_t)message_of(child);
			told = 1;
		} else {
			CHECK(IS_EVENT(status, PTRACE_EVENT_STOP));
			CHECK(ptrace(PTRACE_GETSIGINFO, pid, 0, &info) == 0 && info.si_signo == SIGTRAP);
			grandchild = begun = pid;
		}
	}
	CHECK(begun == grandchild);
	CHECK(ptrace(PTRACE_INTERRUPT, grandchild, 0, 0) == 0); /* only who is seized can be */
	status = go_on(grandchild, PTRACE_SYSCALL, 0);
	while (IS_EVENT(status, PTRACE_EVENT_STOP) || IS_CALL(status)) /* TRACESYSGOOD is inherited */
		status = go_on(grandchild, PTRACE_SYSCALL, 0);
	CHECK(exited_with(status, 1));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGCHLD));
	CHECK(exited_with(go_on(child, PTRACE_CONT, SIGCHLD), 0));
}

static void clones(void)
{
	pid_t child;

	child = clone_with(SIGCHLD | CLONE_UNTRACED);
	if (child == 0)
		raw(SYS_exit_group, 2, 0, 0, 0, 0, 0);
	CHECK(exited_with(end_of(child), 2));
	child = clone_with(SIGCHLD | CLONE_VFORK | CLONE_UNTRACED);
	if (child == 0)
		raw(SYS_exit_group, 3, 0, 0, 0, 0, 0);
	CHECK(exited_with(end_of(child), 3));
	(void)raw0(SYS_getppid);
	child = clone_with(SIGCHLD | CLONE_PTRACE);
	if (child == 0)
		raw(SYS_exit_group, 4, 0, 0, 0, 0, 0);
	CHECK(exited_with(end_of(child), 4));
}

static void flags_of_clone(void)
{
	pid_t pid, child = traced(clones, FORKS | PTRACE_O_TRACEVFORKDONE);
	int status = go_on(child, PTRACE_CONT, 0);

	/* Of the untraced ones it hears by their SIGCHLD, and that a vfork is over. */
	CHECK(IS_STOP(status, SIGCHLD));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_VFORK_DONE));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGCHLD));
	/* CLONE_PTRACE says so even where no event is wanted. */
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_EXITKILL) == 0);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	pid = wait_for_anybody(&status);
	CHECK(pid != child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_GETSIGINFO, pid, 0, &(siginfo_t){ 0 }) == 0);
	REFUSED(ptrace(PTRACE_INTERRUPT, pid, 0, 0), EIO);
	CHECK(exited_with(go_on(pid, PTRACE_CONT, 0), 4));
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGCHLD));
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
}

static volatile int codes[2], handled;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	codes[handled++] = info->si_code;
}

static void calls_and_handles(void)
{
	const struct sigaction take = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(SIGUSR1, &take, NULL) == 0 && sigaction(SIGUSR2, &take, NULL) == 0);
	CHECK(raw0(SYS_getppid) == getppid());
	CHECK(handled == 2 && codes[0] == SI_KERNEL && codes[1] == SI_KERNEL);
}

/* Stops at calls without PTRACE_O_TRACESYSGOOD, each given a signal. */
static void signals_at_calls(void)
{
	const pid_t child = traced(calls_and_handles, 0);
	int status, given = 0;
	siginfo_t info;

	while (status = go_on(child, PTRACE_SYSCALL, 0), IS_STOP(status, SIGTRAP)) {
		if (REG_NR(registers_of(child)) != SYS_getppid || given == 2)
			continue;
		CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0 && info.si_code == SIGTRAP);
		/* What is given at the entry comes when the call is over. */
		status = go_on(child, PTRACE_SYSCALL, SIGUSR1);
		CHECK(IS_STOP(status, SIGTRAP) && REG_NR(registers_of(child)) == SYS_getppid);
		status = go_on(child, PTRACE_SYSCALL, SIGUSR2);
		CHECK(IS_STOP(status, SIGUSR1));
		status = go_on(child, PTRACE_SYSCALL, SIGUSR1);
		CHECK(IS_STOP(status, SIGUSR2));
		status = go_on(child, PTRACE_CONT, SIGUSR2);
		CHECK(exited_with(status, 0));
		given = 2;
		break;
	}
	CHECK(given == 2);
}

static void suspends(void)
{
	sigset_t one, all;

	sigfillset(&all);
	sigemptyset(&one);
	sigaddset(&one, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &one, NULL) == 0);
	sigdelset(&all, SIGUSR2);
	CHECK(signal(SIGUSR2, SIG_IGN) != SIG_ERR);
	sigsuspend(&all);
}

static void mask_of_who_suspends(void)
{
	const pid_t child = traced(suspends, 0);
	unsigned long mask;

	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	until_asleep(child);
	CHECK(kill(child, SIGUSR2) == 0 && waitpid(child, NULL, __WALL) == child);
	CHECK(ptrace(PTRACE_GETSIGMASK, child, 8, &mask) == 0 && mask == 1UL << (SIGUSR1 - 1));
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
}

static void stops_itself(void)
{
	raise(SIGSTOP);
	_exit(5);
}

/* A group stop of who is not seized has no siginfo; it goes on or stays when it is let go. */
static void group_stop(void)
{
	const pid_t child = traced(stops_itself, 0);
	int status = go_on(child, PTRACE_CONT, 0);
	siginfo_t info;

	CHECK(IS_STOP(status, SIGSTOP) && ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0);
	CHECK(ptrace(PTRACE_SETSIGINFO, child, 0, &info) == 0);
	status = go_on(child, PTRACE_CONT, SIGSTOP);
	CHECK(IS_STOP(status, SIGSTOP));
	REFUSED(ptrace(PTRACE_GETSIGINFO, child, 0, &info), EINVAL);
	REFUSED(ptrace(PTRACE_SETSIGINFO, child, 0, &info), EINVAL);
	REFUSED(ptrace(PTRACE_LISTEN, child, 0, 0), EIO);
	CHECK(ptrace(PTRACE_DETACH, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child && IS_STOP(status, SIGSTOP));
	CHECK(kill(child, SIGCONT) == 0 && exited_with(end_of(child), 5));
}

static void asks_twice(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRACE | 7)) == 0);
	CHECK(raw0(SYS_getppid) == -ENOSYS);
	raise(SIGUSR1);
	CHECK(raw0(SYS_getppid) == getpid());
}

/* RET_TRACE refuses the call of whose tracer has not asked to hear of it. */
static void trace_unasked(void)
{
	const pid_t child = traced(asks_twice, 0);
	int status = go_on(child, PTRACE_CONT, 0);
	struct registers regs;

	CHECK(IS_STOP(status, SIGUSR1));
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_SECCOMP) && message_of(child) == 7);
	regs = registers_of(child);
	REG_NR(regs) = SYS_getpid;
	set_registers(child, regs);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
}

/* SIGKILL ends a stop that the tracer only listens to; nothing can be asked of who is to die. */
static void killed_while_listened_to(void)
{
	const pid_t child = fork();
	int status;

	if (child == 0)
		for (;;)
			pause();
	CHECK(ptrace(PTRACE_SEIZE, child, 0, 0) == 0 && kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP));
	REFUSED(ptrace(PTRACE_LISTEN, child, 0, 0), EIO); /* it is no group stop yet */
	status = go_on(child, PTRACE_CONT, SIGSTOP);
	CHECK(IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	CHECK(ptrace(PTRACE_INTERRUPT, child, 0, 0) == 0); /* ends the listening */
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL | WNOHANG) == 0);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && killed_by(status, SIGKILL));
}

int main(void)
{
	children_of_the_seized();
	flags_of_clone();
	signals_at_calls();
	mask_of_who_suspends();
	group_stop();
	trace_unasked();
	killed_while_listened_to();
	return 0;
}
