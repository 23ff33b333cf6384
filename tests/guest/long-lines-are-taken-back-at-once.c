/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long-lines-are-taken-back-at-once - ^U takes back all of a typed line, and ^W its last word,
 * however long they are and whatever they look like on the screen; nobody is held up for it (the
 * kernel's budget sees that).
 */
#include "files.h"

#include <fcntl.h>
#include <poll.h>
#ifdef __riscv
#include <abi/ioctl.h>
#else
#include <sys/ioctl.h>
#endif

#define LONG 4000

static int master, slave;

static void open_pair(void)
{
	char path[32];
	int zero = 0, n = -1;

	master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
	CHECK(master >= 0 && syscall(SYS_ioctl, master, TIOCGPTN, &n) == 0);
	CHECK(syscall(SYS_ioctl, master, TIOCSPTLCK, &zero) == 0);
	snprintf(path, sizeof(path), "/dev/pts/%d", n);
	slave = open(path, O_RDWR | O_NOCTTY);
	CHECK(slave >= 0);
}

/* Whatever is shown, so that there is room for more. */
static void look_away(void)
{
	char screen[4096];
	struct pollfd p = { master, POLLIN, 0 };

	while (poll(&p, 1, 20) == 1)
		CHECK(read(master, screen, sizeof(screen)) > 0);
}

/* BEFORE, then C so often, and ERASE; what is typed behind them is the line. */
static void takes_back(const char *before, char c, const char *erase, const char *line)
{
	char text[LONG + 32], got[64] = { 0 };

	memset(text, c, sizeof(text));
	memcpy(text, before, strlen(before));
	for (size_t at = 0; at < LONG; at += 1000) {
		CHECK(write(master, text + at, 1000) == 1000);
		look_away();
	}
	CHECK(write(master, erase, strlen(erase)) == (long)strlen(erase));
	CHECK(write(master, "end\n", 4) == 4);
	CHECK(read(slave, got, sizeof(got)) == (long)strlen(line) && strcmp(got, line) == 0);
	look_away();
}

int main(void)
{
	open_pair();
	takes_back("", 'x', "\025", "end\n");
	takes_back("", '\t', "\025", "end\n");
	takes_back("", '\001', "\025", "end\n");
	takes_back("some words ", 'y', "\027", "some words end\n");
	takes_back("some words ", '\t', "\027", "some end\n");
	return 0;
}
