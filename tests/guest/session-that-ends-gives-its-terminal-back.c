/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * session-that-ends-gives-its-terminal-back - a terminal controls the leader that took it, and what
 * that forked from then on; when the leader ends, or gives it up, who is in the foreground hears of
 * it, nobody of the session has it any more, and another session may take it.
 */
#include "capable.h"
#include "files.h"

#include <fcntl.h>
#include <signal.h>
#ifdef __riscv
#include <abi/ioctl.h>
#else
#include <sys/ioctl.h>
#endif

/* What processes of the other session tell the first one. */
static volatile struct {
	int member, step;
	int hangups, continues;
} * told;

static int master;
static char path[32];

static long control(int fd, unsigned long cmd, void *arg)
{
	return syscall(SYS_ioctl, fd, cmd, arg);
}

static void make_pair(void)
{
	int zero = 0, n = -1;

	master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CHECK(master >= 0 && control(master, TIOCGPTN, &n) == 0 && control(master, TIOCSPTLCK, &zero) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	memset((void *)(uintptr_t)told, 0, sizeof(*told));
}

static int has_terminal(void)
{
	const int fd = open("/dev/tty", O_RDWR);

	CHECK(fd >= 0 || errno == ENXIO);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static void note(int number)
{
	if (number == SIGHUP)
		told->hangups++;
	else
		told->continues++;
}

/* Hears SIGHUP and SIGCONT, in a process group of its own. */
static void hear(void)
{
	signal(SIGHUP, note);
	signal(SIGCONT, note);
	CHECK(syscall(SYS_setpgid, 0, 0) == 0);
	told->member = getpid();
}

/*
 * Begins a session on the terminal, with a member that runs BODY in the foreground: the terminal.
 */
static int lead(void (*body)(int fd))
{
	int fd, pgrp;

	CHECK(syscall(SYS_setsid) == getpid());
	signal(SIGTTOU, SIG_IGN);
	fd = open(path, O_RDWR);
	CHECK(fd >= 0 && has_terminal());
	if (fork() == 0) {
		close(master);
		hear();
		UNTIL(told->step == 1);
		CHECK(has_terminal());
		told->step = 2;
		body(fd);
		_exit(0);
	}
	UNTIL(told->member != 0);
	pgrp = told->member;
	CHECK(control(fd, TIOCSPGRP, &pgrp) == 0);
	told->step = 1;
	UNTIL(told->step >= 2);
	return fd;
}

/* What a member sees when the terminal was given up: it stays open. */
static void member_without(int fd)
{
	int id;

	UNTIL(told->hangups == 1);
	UNTIL(!has_terminal());
	REFUSED(control(fd, TIOCGPGRP, &id), ENOTTY);
	REFUSED(control(fd, TIOCNOTTY, NULL), ENOTTY);
	CHECK(write(fd, "x", 1) == 1);
	sleep_ms(20);
	told->step = 3;
}

static void leader_ends(void)
{
	(void)lead(member_without);
}

static void take_it(void)
{
	int fd, id = 0;

	CHECK(syscall(SYS_setsid) == getpid());
	fd = open(path, O_RDWR);
	CHECK(fd >= 0 && control(fd, TIOCGSID, &id) == 0 && id == getpid());
}

static void when_the_leader_ends(void)
{
	int slave;

	make_pair();
	slave = open(path, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
	CHECK(status_of(leader_ends) == 0);
	UNTIL(told->step == 3);
	CHECK(told->hangups == 1 && told->continues == 0);
	CHECK(status_of(take_it) == 0);
	close(slave);
	close(master);
}

static void leader_gives_up(void)
{
	const int fd = lead(member_without);

	CHECK(control(fd, TIOCNOTTY, NULL) == 0 && !has_terminal());
	UNTIL(told->step == 3);
	CHECK(syscall(SYS_ioctl, fd, TIOCSCTTY, 0) == 0 && has_terminal());
}

static void when_the_leader_gives_up(void)
{
	make_pair();
	CHECK(status_of(leader_gives_up) == 0);
	CHECK(told->hangups == 1 && told->continues == 1);
	close(master);
}

/* The members of before stay without, also when the leader has one again. */
static void member_gives_up(int fd)
{
	CHECK(control(fd, TIOCNOTTY, NULL) == 0 && !has_terminal());
	REFUSED(control(fd, TIOCNOTTY, NULL), ENOTTY);
	REFUSED(syscall(SYS_ioctl, fd, TIOCSCTTY, 0), EPERM);
	told->step = 3;
}

static void leader_keeps(void)
{
	const int fd = lead(member_gives_up);
	int id;

	UNTIL(told->step == 3);
	CHECK(has_terminal() && control(fd, TIOCGSID, &id) == 0 && id == getpid());
}

static void early_member(void)
{
	UNTIL(told->step == 1);
	CHECK(!has_terminal());
	_exit(0);
}

static void leader_of_an_early_member(void)
{
	pid_t child;

	CHECK(syscall(SYS_setsid) == getpid());
	child = child_of(early_member);
	CHECK(open(path, O_RDWR) >= 0 && has_terminal());
	told->step = 1;
	CHECK(end_of(child) == 0);
}

static void when_a_member_gives_up(void)
{
	make_pair();
	CHECK(status_of(leader_keeps) == 0);
	close(master);
	make_pair();
	CHECK(status_of(leader_of_an_early_member) == 0);
	close(master);
}

/*
 * The master goes: the leader hears it at once, and who was in the foreground at the leader's end.
 */
static void member_hung_up(int fd)
{
	(void)fd;
	told->step = 3;
	UNTIL(told->hangups == 1 && told->continues == 1);
	told->step = 5;
}

static void leader_is_hung_up(void)
{
	(void)lead(member_hung_up);
	UNTIL(told->step == 3);
	signal(SIGHUP, SIG_IGN);
	close(master);
	told->step = 4;
	UNTIL(!has_terminal());
	CHECK(told->hangups == 0 && told->continues == 0);
}

static void when_the_master_goes(void)
{
	pid_t child;

	make_pair();
	child = child_of(leader_is_hung_up);
	UNTIL(told->step >= 4);
	close(master);
	CHECK(end_of(child) == 0);
	UNTIL(told->step == 5);
}

/* Takes the terminal by a descriptor that cannot be read, which wants CAP_SYS_ADMIN. */
static void take_unread(void)
{
	int fd;

	CHECK(syscall(SYS_setsid) == getpid());
	fd = open(path, O_WRONLY);
	CHECK(fd >= 0 && !has_terminal());
	set_capable(0);
	REFUSED(syscall(SYS_ioctl, fd, TIOCSCTTY, 0), EPERM);
}

static void steal(void)
{
	int fd;

	CHECK(syscall(SYS_setsid) == getpid());
	fd = open(path, O_RDWR);
	CHECK(fd >= 0 && !has_terminal());
	REFUSED(syscall(SYS_ioctl, fd, TIOCSCTTY, 0), EPERM);
	CHECK(syscall(SYS_ioctl, fd, TIOCSCTTY, 1) == 0 && has_terminal());
}

static void leader_is_robbed(void)
{
	CHECK(syscall(SYS_setsid) == getpid());
	CHECK(open(path, O_RDWR) >= 0 && has_terminal());
	CHECK(status_of(steal) == 0);
	CHECK(!has_terminal());
}

static void who_may_take_it(void)
{
	make_pair();
	CHECK(status_of(take_unread) == 0);
	CHECK(status_of(leader_is_robbed) == 0);
	close(master);
}

int main(void)
{
	told = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(told != MAP_FAILED);
	when_the_leader_ends();
	when_the_leader_gives_up();
	when_a_member_gives_up();
	when_the_master_goes();
	who_may_take_it();
	return 0;
}
