/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * terminal-belongs-to-the-foreground - who reads in the background is stopped by SIGTTIN, who
 * writes under TOSTOP or takes the foreground by SIGTTOU, unless that is ignored; a new window size
 * is SIGWINCH for the foreground; a group of another session cannot have it.
 */
#include "files.h"

#include <sys/ioctl.h>
#include <termios.h>

static volatile int caught;

static void note(int number)
{
	caught = number;
}

static int foreground(void)
{
	int pgrp = -1;

	CHECK(ioctl(0, TIOCGPGRP, &pgrp) == 0);
	return pgrp;
}

static long set_foreground(int pgrp)
{
	return ioctl(0, TIOCSPGRP, &pgrp);
}

/* Runs BODY in a background group until it stops or ends: the status. */
static int in_background(void (*body)(void), pid_t *child)
{
	int status;

	*child = fork();
	if (*child == 0) {
		CHECK(setpgid(0, 0) == 0);
		body();
		_exit(0);
	}
	CHECK(waitpid(*child, &status, WUNTRACED) == *child);
	return status;
}

static void expect_stop(void (*body)(void), int number)
{
	pid_t child;
	const int status = in_background(body, &child);

	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == number);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
}

static void expect_end(void (*body)(void))
{
	pid_t child;

	CHECK(in_background(body, &child) == 0);
}

static void reads(void)
{
	char byte;

	(void)!read(0, &byte, 1);
}

static void reads_deaf(void)
{
	char byte;

	signal(SIGTTIN, SIG_IGN);
	REFUSED(read(0, &byte, 1), EIO);
}

static void writes(void)
{
	CHECK(write(1, "\n", 1) == 1);
}

static void writes_deaf(void)
{
	signal(SIGTTOU, SIG_IGN);
	writes();
}

static void takes_it(void)
{
	set_foreground(getpid());
}

static void takes_it_deaf(void)
{
	signal(SIGTTOU, SIG_IGN);
	CHECK(set_foreground(getpid()) == 0 && foreground() == getpid());
}

static void leaves_the_session(void)
{
	CHECK(setsid() == getpid());
	REFUSED(open("/dev/tty", O_RDWR), ENXIO);
	pause();
}

static volatile int *shared;

/* Its group has nobody who could continue it, so it is not stopped. */
static void takes_it_orphaned(void)
{
	const pid_t parent = getpid();

	if (fork() != 0)
		return;
	UNTIL(getppid() != parent);
	CHECK(setpgid(0, 0) == 0);
	*shared = set_foreground(getpid()) == 0 ? 0 : errno;
	_exit(0);
}

static void takes_it_as_one(void)
{
	CHECK(getpid() == 1 && setpgid(0, 0) == 0);
	CHECK(set_foreground(1) == 0 && foreground() == 1);
}

static void takes_it_in_a_namespace(void)
{
	signal(SIGTTOU, SIG_IGN);
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	CHECK(status_of(takes_it_as_one) == 0);
}

int main(void)
{
	const struct winsize small = { 10, 20, 0, 0 }, large = { 30, 40, 0, 0 };
	struct winsize now;
	struct termios settings, stopping;
	int sid = -1, fd;
	pid_t child;

	signal(SIGWINCH, note);
	signal(SIGTTOU, SIG_IGN);
	CHECK(foreground() == getpgid(0));
	CHECK(ioctl(0, TIOCGSID, &sid) == 0 && sid == getsid(0));
	fd = open("/dev/tty", O_RDWR);
	CHECK(fd >= 0 && close(fd) == 0);
	signal(SIGTTOU, SIG_DFL);

	expect_stop(reads, SIGTTIN);
	expect_end(reads_deaf);
	expect_end(writes);
	CHECK(tcgetattr(0, &settings) == 0);
	stopping = settings;
	stopping.c_lflag |= TOSTOP;
	CHECK(tcsetattr(0, TCSANOW, &stopping) == 0);
	expect_stop(writes, SIGTTOU);
	expect_end(writes_deaf);
	CHECK(tcsetattr(0, TCSANOW, &settings) == 0);
	expect_stop(takes_it, SIGTTOU);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	*shared = -1;
	CHECK(status_of(takes_it_orphaned) == 0);
	UNTIL(*shared != -1);
	CHECK(*shared == ENOTTY);
	expect_end(takes_it_in_a_namespace);
	expect_end(takes_it_deaf);
	signal(SIGTTOU, SIG_IGN); /* we are in the background now */
	CHECK(set_foreground(getpgid(0)) == 0 && foreground() == getpgid(0));

	CHECK(ioctl(0, TIOCSWINSZ, &small) == 0);
	caught = 0;
	CHECK(ioctl(0, TIOCSWINSZ, &large) == 0 && caught == SIGWINCH);
	caught = 0;
	CHECK(ioctl(0, TIOCSWINSZ, &large) == 0 && caught == 0); /* no change */
	CHECK(ioctl(0, TIOCGWINSZ, &now) == 0 && now.ws_row == 30 && now.ws_col == 40);

	child = fork();
	if (child == 0)
		leaves_the_session();
	UNTIL(getsid(child) == child);
	REFUSED(set_foreground(child), EPERM);
	REFUSED(set_foreground(4000000), ESRCH);
	REFUSED(set_foreground(-1), EINVAL);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
	return 0;
}
