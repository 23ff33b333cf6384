/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reboot-in-a-namespace-ends-it - reboot(2) in a pid namespace kills its first process, whose
 * parent learns by the signal whether that was to begin again or to stop; other commands are
 * refused, and so is who has no right over the namespace.
 */
#include "capable.h"
#include "files.h"

#define SYS_BOOT (1UL << 22)

#define MAGIC1 0xfee1dead
#define MAGIC2 672274793
#define RESTART 0x01234567
#define RESTART2 0xa1b2c3d4
#define HALT 0xcdef0123
#define CAD_OFF 0
#define POWER_OFF 0x4321fedc

static unsigned command;

static long ask(void)
{
	return syscall(SYS_reboot, MAGIC1, MAGIC2, command, NULL);
}

static void asks(void)
{
	CHECK(getpid() == 1);
	ask();
	_exit(1);
}

static void child_asks(void)
{
	CHECK(getpid() == 1);
	if (fork() == 0) {
		ask();
		_exit(1);
	}
	for (;;)
		pause();
}

static void is_refused(void)
{
	CHECK(getpid() == 1);
	command = CAD_OFF;
	REFUSED(ask(), EINVAL);
	command = 77;
	REFUSED(ask(), EINVAL);
	command = HALT;
	REFUSED(syscall(SYS_reboot, MAGIC1, 1, command, NULL), EINVAL);
	CHECK(raw1(SYS_unshare, CLONE_NEWUSER) == 0); /* all rights, but not over this namespace */
	REFUSED(ask(), EPERM);
}

/* How the first process of a new namespace ends that runs BODY, with COMMAND. */
static int end_of_first(void (*body)(void), unsigned what)
{
	command = what;
	return end_of(child_of(body));
}

static void (*first)(void);

static void in_a_namespace(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	_exit(WTERMSIG(end_of_first(first, command)));
}

/* The signal by which the first process ends, or 0. */
static int signal_of(void (*body)(void), unsigned what)
{
	int status;

	first = body;
	command = what;
	status = status_of(in_a_namespace);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status);
}

int main(void)
{
	if ((capable() & SYS_BOOT) == 0)
		return 0; /* root of a container may lack it */
	CHECK(signal_of(asks, RESTART) == SIGHUP && signal_of(asks, RESTART2) == SIGHUP);
	CHECK(signal_of(asks, HALT) == SIGINT && signal_of(asks, POWER_OFF) == SIGINT);
	CHECK(signal_of(child_asks, RESTART) == SIGHUP);
	CHECK(signal_of(is_refused, 0) == 0);
	return 0;
}
