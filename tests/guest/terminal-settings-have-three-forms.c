/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * terminal-settings-have-three-forms - termios, termios2 with speeds in baud, as newer C libraries
 * ask for it, and the old termio show and set the same settings; tcflow stops output, and lets it
 * go on; who has a terminal for himself keeps others out.
 */
#include "capable.h"
#include "files.h"

#include <fcntl.h>

#define GET 0x5401
#define SET 0x5402
#define GET_OLD 0x5405
#define SET_OLD 0x5406
#define GET2 0x802c542aU
#define SET2 0x402c542bU
#define FLUSH_SET2 0x402c542dU

#define BAUD 0x100fU
#define OTHER 0x1000U
#define B9600 13U
#define B38400 15U
#define B115200 0x1002U

struct settings {
	uint32_t iflag, oflag, cflag, lflag;
	uint8_t line, cc[19];
	uint32_t ispeed, ospeed; /* not in struct termios */
};

struct old {
	uint16_t iflag, oflag, cflag, lflag;
	uint8_t line, cc[8];
};

static int master, slave;
static char path[32];

static long control(unsigned long cmd, void *arg)
{
	return syscall(SYS_ioctl, slave, cmd, arg);
}

static void make_pair(void)
{
	int zero = 0, n = -1;

	master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK);
	CHECK(master >= 0 && syscall(SYS_ioctl, master, 0x80045430, &n) == 0);
	CHECK(syscall(SYS_ioctl, master, 0x40045431, &zero) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	slave = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK);
	CHECK(slave >= 0);
}

static struct settings get(void)
{
	struct settings s, plain;
	struct old o;

	memset(&s, 0x55, sizeof(s));
	memset(&plain, 0x55, sizeof(plain));
	CHECK(control(GET2, &s) == 0 && control(GET, &plain) == 0 && control(GET_OLD, &o) == 0);
	CHECK(memcmp(&s, &plain, 36) == 0 && plain.ispeed == 0x55555555);
	CHECK(o.iflag == (uint16_t)s.iflag && o.oflag == (uint16_t)s.oflag && o.cflag == (uint16_t)s.cflag);
	CHECK(o.lflag == (uint16_t)s.lflag && o.line == s.line && memcmp(o.cc, s.cc, 8) == 0);
	return s;
}

/* Sets CFLAG with these speeds by CMD: what is set then. */
static struct settings set(unsigned long cmd, uint32_t cflag, uint32_t ispeed, uint32_t ospeed)
{
	struct settings s = get();

	s.cflag = cflag;
	s.ispeed = ispeed;
	s.ospeed = ospeed;
	CHECK(control(cmd, &s) == 0);
	return get();
}

static void has(struct settings s, uint32_t cflag, uint32_t ispeed, uint32_t ospeed)
{
	CHECK(s.cflag == (cflag | 0xb0) && s.ispeed == ispeed && s.ospeed == ospeed); /* CS8 and CREAD always */
}

static void speeds(void)
{
	has(get(), B38400, 38400, 38400);
	has(set(SET2, B9600, 777, 888), B9600, 9600, 9600);
	has(set(SET2, OTHER, 777, 888), OTHER, 888, 888);
	has(set(SET, OTHER, 1, 2), OTHER, 888, 888); /* this form has no speeds */
	has(set(SET2, OTHER, 0, 0), OTHER, 0, 0);
	has(set(SET2, B9600 | B38400 << 16, 1, 2), B9600 | B38400 << 16, 38400, 9600);
	has(set(FLUSH_SET2, B9600 | OTHER << 16, 4321, 2), B9600 | OTHER << 16, 4321, 9600);
	has(set(SET, B115200, 0, 0), B115200, 115200, 115200);
	has(set(SET2, 0x100f, 0, 0), 0x100f, 4000000, 4000000);
	has(set(SET2, 0, 9, 9), 0, 0, 0);
	has(set(SET, B38400 | 0x340, 0, 0), B38400 | 0x240, 38400, 38400); /* no PARENB */
}

static void old_form(void)
{
	struct settings s = get();
	struct old o;

	s.lflag |= 0x10000; /* EXTPROC: the old form has no such bit, so it stays */
	s.cc[10] = 7;
	CHECK(control(SET, &s) == 0 && control(GET_OLD, &o) == 0);
	o.lflag = 5;
	o.cc[4] = 9;
	CHECK(control(SET_OLD, &o) == 0);
	s = get();
	CHECK(s.lflag == 0x10005 && s.cc[4] == 9 && s.cc[10] == 7);
	REFUSED(control(SET_OLD, (void *)KERNEL_ADDRESS), EFAULT);
	REFUSED(control(GET2, (void *)KERNEL_ADDRESS), EFAULT);
	s.lflag = 0x8a3b;
	CHECK(control(SET, &s) == 0);
}

static void flow(void)
{
	char c = 0;

	REFUSED(read(master, &c, 1), EAGAIN);
	CHECK(syscall(SYS_ioctl, slave, 0x540a, 0) == 0); /* TCOOFF */
	REFUSED(write(slave, "x", 1), EAGAIN);
	CHECK(write(master, "\x11", 1) == 1); /* Ctrl-Q does not undo that */
	REFUSED(write(slave, "x", 1), EAGAIN);
	CHECK(syscall(SYS_ioctl, slave, 0x540a, 1) == 0); /* TCOON */
	CHECK(write(slave, "x", 1) == 1 && read(master, &c, 1) == 1 && c == 'x');
	CHECK(syscall(SYS_ioctl, slave, 0x540a, 2) == 0 && read(master, &c, 1) == 1 && c == 0x13);
	CHECK(syscall(SYS_ioctl, slave, 0x540a, 3) == 0 && read(master, &c, 1) == 1 && c == 0x11);
	REFUSED(syscall(SYS_ioctl, slave, 0x540a, 4), EINVAL);
	CHECK(syscall(SYS_ioctl, slave, 0x5425, 1) == 0); /* TCSBRKP */
}

static void others(void)
{
	set_capable(0);
	REFUSED(open(path, O_RDWR | O_NOCTTY), EBUSY);
}

static void for_one(void)
{
	int n = -1, fd;

	CHECK(control(0x80045440, &n) == 0 && n == 0); /* TIOCGEXCL */
	CHECK(control(0x540c, NULL) == 0 && control(0x80045440, &n) == 0 && n == 1);
	CHECK(status_of(others) == 0);
	fd = open(path, O_RDWR | O_NOCTTY);
	CHECK(fd >= 0 && close(fd) == 0 && control(0x540d, NULL) == 0);
	set_capable(0);
	fd = open(path, O_RDWR | O_NOCTTY);
	CHECK(fd >= 0 && close(fd) == 0);
	n = -1;
	CHECK(control(0x5424, &n) == 0 && n == 0); /* TIOCGETD: N_TTY */
	CHECK(control(0x5423, &n) == 0);
	n = 99;
	REFUSED(control(0x5423, &n), EINVAL);
}

int main(void)
{
	make_pair();
	speeds();
	old_form();
	flow();
	for_one();
	return 0;
}
