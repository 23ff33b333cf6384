/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * terminal-edits-lines-and-sends-signals - a line can be read when it is ended, and until
 * then be edited; Ctrl-D ends a part of it, Ctrl-C and Ctrl-Z are signals for the
 * foreground, raw input comes as it is.
 */
#include "files.h"

#include <sys/ioctl.h>
#include <termios.h>

static struct termios cooked;

/* As if typed. */
static void type(const char *keys)
{
	for (; *keys != '\0'; keys++)
		CHECK(ioctl(0, TIOCSTI, keys) == 0);
}

static void expect_line(const char *line)
{
	char text[256];
	const long n = read(0, text, sizeof(text));

	if (n != (long)strlen(line) || memcmp(text, line, (size_t)n) != 0) {
		dprintf(2, "\nread %ld bytes, wanted \"%s\"\n", n, line);
		_exit(1);
	}
}

static volatile int caught;

static void note(int number)
{
	caught = number;
}

static void check_editing(void)
{
	char byte;

	type("abc");
	CHECK(is_ready(0, POLLIN) == 0);
	type("\n");
	CHECK(is_ready(0, POLLIN) == POLLIN);
	expect_line("abc\n");
	type("ax\177bc\177\177\177\177\177d\n");
	expect_line("d\n");
	type("gone\025kept\n");
	expect_line("kept\n");
	type("one two  \027three\n");
	expect_line("one three\n");
	type("\026\003\026\004x\n");
	expect_line("\003\004x\n");
	type("part\004");
	expect_line("part");
	type("\004");
	expect_line("");
	type("first\nsecond\n");
	expect_line("first\n");
	type("xyz\n");
	expect_line("second\n");
	CHECK(read(0, &byte, 1) == 1 && byte == 'x');
	expect_line("yz\n");
	type("carriage\r");
	expect_line("carriage\n");
}

static void check_signals(void)
{
	type("lost\003");
	CHECK(caught == SIGINT);
	type("line\n");
	expect_line("line\n");
	type("\034");
	CHECK(caught == SIGQUIT);
	type("\032");
	CHECK(caught == SIGTSTP);
}

static void check_raw(void)
{
	struct termios raw = cooked;
	char bytes[8];

	raw.c_lflag &= ~(unsigned)(ICANON | ECHO | ISIG);
	raw.c_iflag &= ~(unsigned)(ICRNL | IXON);
	raw.c_cc[VMIN] = 3;
	raw.c_cc[VTIME] = 0;
	CHECK(tcsetattr(0, TCSANOW, &raw) == 0);
	type("\003\r\177");
	CHECK(read(0, bytes, sizeof(bytes)) == 3 && memcmp(bytes, "\003\r\177", 3) == 0);
	raw.c_cc[VMIN] = 0;
	CHECK(tcsetattr(0, TCSANOW, &raw) == 0);
	CHECK(read(0, bytes, sizeof(bytes)) == 0);
	raw.c_cc[VTIME] = 1;
	CHECK(tcsetattr(0, TCSANOW, &raw) == 0);
	CHECK(read(0, bytes, sizeof(bytes)) == 0); /* a tenth of a second later */
	CHECK(tcsetattr(0, TCSAFLUSH, &cooked) == 0);
}

int main(void)
{
	struct termios silent;

	signal(SIGINT, note);
	signal(SIGQUIT, note);
	signal(SIGTSTP, note);
	CHECK(tcgetattr(0, &cooked) == 0);
	CHECK((cooked.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
	silent = cooked;
	silent.c_lflag &= ~(unsigned)ECHO;
	CHECK(tcsetattr(0, TCSANOW, &silent) == 0);
	check_editing();
	check_signals();
	cooked = silent;
	check_raw();
	return 0;
}
