/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vhangup-hangs-up-the-terminal - the terminal of the session ends for all who have it open: they
 * read nothing and cannot write; its leader gets SIGHUP and SIGCONT; it can be opened again, with
 * the settings that it began with. It takes CAP_SYS_TTY_CONFIG.
 */
#include "files.h"

#include <termios.h>
#ifdef __riscv
#include <abi/ioctl.h>
#else
#include <sys/ioctl.h>
#endif

static char path[64];
static volatile int hups, conts;

static void told(int signal)
{
	if (signal == SIGHUP)
		hups++;
	else
		conts++;
}

static void session(void)
{
	int32_t flags[16], again[16];
	char c = 0;
	int fd, other;

	CHECK(syscall(SYS_setsid) > 0);
	CHECK(syscall(SYS_vhangup) == 0); /* there is no terminal */
	fd = open(path, O_RDWR);
	CHECK(fd >= 0 && syscall(SYS_ioctl, fd, TIOCSCTTY, 0) == 0);
	other = open("/dev/tty", O_RDWR);
	CHECK(other >= 0 && signal(SIGHUP, told) != SIG_ERR && signal(SIGCONT, told) != SIG_ERR);
	CHECK(syscall(SYS_ioctl, fd, TCGETS, flags) == 0);
	again[0] = flags[0];
	flags[3] ^= 8; /* ECHO */
	CHECK(syscall(SYS_ioctl, fd, TCSETS, flags) == 0);

	CHECK(syscall(SYS_vhangup) == 0 && hups == 1 && conts == 1);
	CHECK(read(fd, &c, 1) == 0 && read(other, &c, 1) == 0);
	REFUSED(write(fd, "x", 1), EIO);
	REFUSED(write(other, "x", 1), EIO);
	REFUSED(syscall(SYS_ioctl, fd, TCGETS, flags), EIO);
	CHECK((is_ready(fd, POLLIN | POLLOUT) & (POLLHUP | POLLERR)) != 0);
	REFUSED(open("/dev/tty", O_RDWR), ENXIO);
	CHECK(syscall(SYS_vhangup) == 0 && hups == 1);

	fd = open(path, O_RDWR);
	CHECK(fd >= 0 && write(fd, "again\n", 6) == 6);
	flags[3] ^= 8;
	CHECK(syscall(SYS_ioctl, fd, TCGETS, again) == 0 && again[3] == flags[3]);
}

static void nobody(void)
{
	drop_privileges();
	REFUSED(syscall(SYS_vhangup), EPERM);
}

int main(void)
{
	const int master = open("/dev/ptmx", O_RDWR);
	int number, unlock = 0;
	char text[16];

	CHECK(status_of(nobody) == 0);
	CHECK(master >= 0 && syscall(SYS_ioctl, master, TIOCSPTLCK, &unlock) == 0);
	CHECK(syscall(SYS_ioctl, master, TIOCGPTN, &number) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", number);
	CHECK(status_of(session) == 0);
	CHECK(read(master, text, sizeof(text)) == 7 && memcmp(text, "again\r\n", 7) == 0);
	return 0;
}
