/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pty-is-a-terminal-with-two-sides - what one side of a pseudo-terminal writes is
 * typed at the other, which edits, echoes and sends signals as any terminal does; each
 * side hears when the other goes.
 */
#include "files.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#ifdef __riscv
#include <abi/ioctl.h>
#include <abi/termios.h>
#else
#include <sys/ioctl.h>
#include <termios.h>
#endif

static char path[32];

static long control(int fd, unsigned long cmd, void *arg)
{
	return syscall(SYS_ioctl, fd, cmd, arg);
}

/* A new pair: the master; path is the other side's name. */
static int make(void)
{
	const int fd = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	int zero = 0, n = -1;

	CHECK(fd >= 0 && control(fd, TIOCGPTN, &n) == 0 && n >= 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	REFUSED(open(path, O_RDWR | O_NOCTTY), EIO); /* it is locked */
	CHECK(control(fd, TIOCSPTLCK, &zero) == 0);
	return fd;
}

static int other_side(void)
{
	const int fd = open(path, O_RDWR | O_NOCTTY);

	CHECK(fd >= 0);
	return fd;
}

/* Exactly TEXT comes out of FD. */
static void reads(int fd, const char *text)
{
	char got[64] = { 0 };
	size_t n = 0;

	while (n < strlen(text)) {
		const long more = read(fd, got + n, strlen(text) - n);

		CHECK(more > 0);
		n += (size_t)more;
	}
	CHECK(memcmp(got, text, n) == 0);
}

static void puts_to(int fd, const char *text)
{
	CHECK(write(fd, text, strlen(text)) == (long)strlen(text));
}

/* Ctrl-D is the end of the file where a line begins, also if the line before was not read yet. */
static void end_of_file_behind_a_line(int master, int slave)
{
	struct pollfd p = { .fd = slave, .events = POLLIN };
	char text[8];
	int n;

	puts_to(master, "abc\n\x04");
	CHECK(poll(&p, 1, 1000) == 1 && control(slave, TIOCINQ, &n) == 0 && n == 4);
	CHECK(read(slave, text, sizeof(text)) == 4 && memcmp(text, "abc\n", 4) == 0);
	CHECK(poll(&p, 1, 0) == 1 && read(slave, text, sizeof(text)) == 0);
	puts_to(master, "abc\x04");
	CHECK(poll(&p, 1, 1000) == 1);
	CHECK(read(slave, text, 2) == 2 && read(slave, text, 1) == 1 && poll(&p, 1, 0) == 0);
	CHECK(write(master, "d\n\x16\0e\n", 6) == 6); /* Ctrl-V, NUL */
	CHECK(poll(&p, 1, 1000) == 1);
	CHECK(read(slave, text, sizeof(text)) == 2 && memcmp(text, "d\n", 2) == 0);
	CHECK(read(slave, text, sizeof(text)) == 3 && memcmp(text, "\0e\n", 3) == 0);
	reads(master, "abc\r\nabcd\r\n^\b^@e\r\n");
}

static void lines_and_echo(void)
{
	const int master = make(), slave = other_side();
	struct pollfd p = { .fd = slave, .events = POLLIN };
	struct stat st;
	char c;

	puts_to(master, "ab\x7f"
			"c");
	CHECK(poll(&p, 1, 50) == 0);
	puts_to(master, "\r");
	CHECK(poll(&p, 1, 1000) == 1 && p.revents == POLLIN);
	reads(slave, "ac\n");
	reads(master, "ab\b \bc\r\n");
	puts_to(slave, "x\ny");
	reads(master, "x\r\ny");
	puts_to(master, "\x04");
	CHECK(read(slave, &c, 1) == 0);
	end_of_file_behind_a_line(master, slave);
	CHECK(syscall(SYS_fstat, slave, &st) == 0 && (st.st_mode & 07757) == 0600);
	CHECK(st.st_rdev >> 8 == 136);
	CHECK(fcntl(master, F_SETFL, O_RDWR | O_NONBLOCK) == 0);
	REFUSED(read(master, &c, 1), EAGAIN);
	close(slave);
	close(master);
	REFUSED(open(path, O_RDWR), ENOENT);
}

static void settings(void)
{
	const int master = make(), slave = other_side();
	struct winsize w = { 24, 80, 0, 0 }, seen;
	unsigned char set[64], got[64];
	int n = -1;

	CHECK(control(master, TIOCSWINSZ, &w) == 0 && control(slave, TIOCGWINSZ, &seen) == 0);
	CHECK(memcmp(&w, &seen, sizeof(w)) == 0);
	memset(got, 0, sizeof(got));
	CHECK(control(slave, TCGETS, set) == 0 && control(master, TCGETS, got) == 0);
	CHECK(set[0] == 0 && (set[1] & 5) == 5 && set[4] == 5); /* ICRNL and IXON, OPOST and ONLCR */
	set[12] &= (unsigned char)~0x0a;			/* neither ICANON nor ECHO */
	CHECK(control(slave, TCSETS, set) == 0);
	puts_to(master, "q");
	reads(slave, "q");
	CHECK(control(master, TIOCGPTLCK, &n) == 0 && n == 0);
	n = (int)syscall(SYS_ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY);
	CHECK(n >= 0);
	puts_to(n, "r");
	reads(master, "r");
	close(n);
	close(slave);
	close(master);
}

/* A child that leads a session on the terminal, and ends by the signal that is typed. */
static void signals(void)
{
	const int master = make();
	int status;
	const pid_t child = fork();
	char c;

	if (child == 0) {
		int fd, tty, id = 0;

		CHECK(syscall(SYS_setsid) == getpid());
		REFUSED(open("/dev/tty", O_RDWR), ENXIO);
		fd = open(path, O_RDWR); /* it controls the session from now on */
		CHECK(fd >= 0 && control(fd, TIOCGSID, &id) == 0 && id == getpid());
		CHECK(control(fd, TIOCGPGRP, &id) == 0 && id == getpid());
		tty = open("/dev/tty", O_RDWR);
		CHECK(tty >= 0);
		close(fd); /* not before: the other side would read EIO while this one is closed */
		puts_to(tty, "ready");
		for (;;)
			sleep_ms(1000);
	}
	reads(master, "ready");
	puts_to(master, "\x03");
	reads(master, "^C");
	CHECK(waitpid(child, &status, 0) == child && status == SIGINT);
	REFUSED(read(master, &c, 1), EIO);
	close(master);
}

static void when_one_side_goes(void)
{
	int master = make(), slave = other_side(), status;
	struct pollfd p = { .fd = master, .events = POLLIN | POLLOUT };
	pid_t child;
	char c;

	puts_to(slave, "z");
	close(slave);
	CHECK(poll(&p, 1, 1000) == 1 && (p.revents & (POLLHUP | POLLIN)) == (POLLHUP | POLLIN));
	reads(master, "z");
	REFUSED(read(master, &c, 1), EIO);
	slave = other_side();
	CHECK(poll(&p, 1, 1000) == 1 && p.revents == POLLOUT);

	child = fork();
	if (child == 0) {
		close(master);
		CHECK(syscall(SYS_setsid) == getpid());
		CHECK(syscall(SYS_ioctl, slave, TIOCSCTTY, 0) == 0);
		puts_to(slave, "here");
		for (;;)
			sleep_ms(1000);
	}
	reads(master, "here");
	close(master);
	CHECK(waitpid(child, &status, 0) == child && status == SIGHUP);
	p.fd = slave;
	CHECK(poll(&p, 1, 1000) == 1 && (p.revents & (POLLHUP | POLLIN)) == (POLLHUP | POLLIN));
	CHECK(read(slave, &c, 1) == 0);
	REFUSED(write(slave, &c, 1), EIO);
	REFUSED(control(slave, TIOCGWINSZ, path), EIO);
	close(slave);
}

int main(void)
{
	lines_and_echo();
	settings();
	signals();
	when_one_side_goes();
	return 0;
}
