/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-tells-that-a-file-is-ready - O_ASYNC, FIOASYNC, F_SETOWN, F_SETSIG: who is
 * told of a socket or a pipe that has become ready, by which signal and with what in
 * it; who may be told; what is shown.
 */
#include "files.h"

#include <sys/ioctl.h>

#ifndef F_SETSIG
#define F_SETSIG 10
#define F_GETSIG 11
#endif
#ifndef F_SETOWN
#define F_SETOWN 8
#define F_GETOWN 9
#endif
#define SETOWN_EX 15
#define GETOWN_EX 16
#define ASYNC 020000
#define DO_ASYNC 0x5452

static volatile int told;
static siginfo_t seen;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)context;
	seen = *info;
	told++;
}

static void listen_to(int sig)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO | SA_RESTART;
	CHECK(sigaction(sig, &action, NULL) == 0);
}

static void owners(int fd)
{
	struct {
		int type, pid;
	} ex = { 0, 0 };
	const int me = getpid();
	int number = 77;

	CHECK(fcntl(fd, F_GETOWN) == 0 && fcntl(fd, F_SETOWN, me) == 0 && fcntl(fd, F_GETOWN) == me);
	CHECK(fcntl(fd, GETOWN_EX, &ex) == 0 && ex.type == 1 && ex.pid == me);
	CHECK(fcntl(fd, F_SETOWN, -getpgrp()) == 0 && fcntl(fd, GETOWN_EX, &ex) == 0 && ex.type == 2 &&
	      ex.pid == getpgrp());
	ex.type = 0;
	ex.pid = me;
	CHECK(fcntl(fd, SETOWN_EX, &ex) == 0 && fcntl(fd, F_GETOWN) == me);
	ex.type = 3;
	REFUSED(fcntl(fd, SETOWN_EX, &ex), EINVAL);
	REFUSED(fcntl(fd, SETOWN_EX, KERNEL_ADDRESS), EFAULT);
	REFUSED(fcntl(fd, F_SETOWN, 0x3ffffff), ESRCH);
	REFUSED(fcntl(fd, F_SETOWN, INT32_MIN), EINVAL);
	REFUSED(fcntl(fd, F_SETSIG, 65), EINVAL);
	CHECK(fcntl(fd, F_GETSIG) == 0 && fcntl(fd, F_SETSIG, SIGUSR1) == 0 && fcntl(fd, F_GETSIG) == SIGUSR1);
	CHECK(syscall(SYS_ioctl, fd, 0x8903, &number) == 0 && number == me); /* FIOGETOWN */
	CHECK(fcntl(fd, F_SETSIG, 0) == 0 && fcntl(fd, F_SETOWN, 0) == 0 && fcntl(fd, F_GETOWN) == 0);
}

int main(void)
{
	int s[2], p[2], on = 1, file = open("/proc/self/exe", O_RDONLY);

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s) == 0 && pipe(p) == 0 && file >= 0);
	listen_to(SIGIO);
	listen_to(SIGUSR1);
	owners(s[0]);
	/* SIGIO says no more than that. */
	CHECK(fcntl(s[0], F_SETOWN, getpid()) == 0 && syscall(SYS_ioctl, s[0], DO_ASYNC, &on) == 0);
	CHECK((fcntl(s[0], F_GETFL) & ASYNC) != 0 && told == 0);
	CHECK(write(s[1], "x", 1) == 1 && told >= 1 && seen.si_signo == SIGIO && seen.si_code == SI_KERNEL);
	/* Another signal says which descriptor, and what for. */
	CHECK(fcntl(s[0], F_SETSIG, SIGUSR1) == 0);
	told = 0;
	CHECK(write(s[1], "x", 1) == 1 && told >= 1 && seen.si_signo == SIGUSR1 && seen.si_code == POLL_IN);
	CHECK(seen.si_fd == s[0] && (seen.si_band & POLLIN) != 0);
	/* Off. */
	on = 0;
	CHECK(syscall(SYS_ioctl, s[0], DO_ASYNC, &on) == 0 && (fcntl(s[0], F_GETFL) & ASYNC) == 0);
	told = 0;
	CHECK(write(s[1], "x", 1) == 1 && told == 0);
	/* A pipe, by F_SETFL, and its end by closing. */
	CHECK(fcntl(p[0], F_SETOWN, getpid()) == 0 && fcntl(p[0], F_SETFL, ASYNC) == 0);
	CHECK((fcntl(p[0], F_GETFL) & ASYNC) != 0 && write(p[1], "x", 1) == 1 && told >= 1);
	CHECK(close(p[0]) == 0);
	/* What tells nobody. */
	on = 1;
	REFUSED(syscall(SYS_ioctl, file, DO_ASYNC, &on), ENOTTY);
	CHECK(fcntl(file, F_SETFL, ASYNC) == 0 && (fcntl(file, F_GETFL) & ASYNC) == 0);
	return 0;
}
