/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-hides-who-sent-a-signal - a signal from outside a pid namespace comes from process 0;
 * one from inside has the sender's own number; the signal of a dying parent comes from that parent;
 * users are numbered as the receiver knows them.
 */
#include "guest.h"

static siginfo_t got;
static volatile int count;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	got = *info;
	count++;
}

static void wait_for(int n)
{
	while (count < n)
		sleep_ms(1);
}

static pid_t in_namespaces(unsigned long flags)
{
	return (pid_t)syscall(SYS_clone, flags | SIGCHLD, 0, 0, 0, 0);
}

static void orphan(void)
{
	const pid_t parent = getpid();

	if (fork() == 0) {
		CHECK(prctl(PR_SET_PDEATHSIG, SIGUSR1) == 0);
		while (count == 0 && getppid() == parent)
			sleep_ms(1);
		wait_for(1);
		CHECK(got.si_code == SI_USER && got.si_pid == parent);
		CHECK(kill(getppid(), SIGUSR2) == 0);
		_exit(0);
	}
	sleep_ms(10);
}

int main(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };
	int status;
	pid_t child;

	action.sa_sigaction = caught;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0 && sigaction(SIGUSR2, &action, NULL) == 0);
	child = in_namespaces(CLONE_NEWPID);
	if (child == 0) {
		CHECK(kill(1, SIGUSR1) == 0);
		wait_for(1);
		CHECK(got.si_pid == 1 && got.si_uid == 0);
		wait_for(2);
		CHECK(got.si_code == SI_USER && got.si_pid == 0 && got.si_uid == 0);
		_exit(3);
	}
	sleep_ms(20);
	CHECK(child > 0 && kill(child, SIGUSR1) == 0);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 3));

	child = in_namespaces(CLONE_NEWUSER);
	if (child == 0) {
		wait_for(1);
		CHECK(got.si_pid == getppid() && got.si_uid == 65534);
		_exit(4);
	}
	sleep_ms(20);
	CHECK(child > 0 && kill(child, SIGUSR1) == 0);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 4));

	CHECK(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
	CHECK(exited_with(status_of(orphan), 0));
	wait_for(1);
	CHECK(wait(&status) > 0 && exited_with(status, 0));
	return 0;
}
