/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * input.h - boot.c's standard input: the terminal that it may be, and what goes from it to the
 * console.
 */
#pragma once

#include <fcntl.h>
#include <stdbool.h>
#include <termios.h>
#include <unistd.h>

#include "qemu.h"

#define PART 4096 /* of the input */

/* The terminal as it was: QEMU changes it, and does not change it back when it is killed. */
static struct {
	bool changes;
	struct termios modes;
	int flags;
} terminal;

/* What is on its way to the console. */
static struct {
	bool wanted, ended;
	char bytes[2 * PART];
	size_t n, sent;
} input;

static inline void keep_terminal(void)
{
	terminal.flags = fcntl(STDIN_FILENO, F_GETFL);
	terminal.changes = tcgetattr(STDIN_FILENO, &terminal.modes) == 0;
}

static inline void give_terminal_back(void)
{
	if (!terminal.changes)
		return;
	tcsetattr(STDIN_FILENO, TCSANOW, &terminal.modes);
	fcntl(STDIN_FILENO, F_SETFL, terminal.flags);
}

/* One part of standard input, with its marks. */
static inline void read_input(void)
{
	char part[PART];
	const ssize_t n = read(STDIN_FILENO, part, sizeof(part));

	if (n < 0 && errno == EINTR)
		return;
	input.n = input.sent = 0;
	if (n <= 0) {
		input.ended = true;
		input.bytes[input.n++] = MARK;
		input.bytes[input.n++] = '.';
	}
	for (ssize_t i = 0; i < n; i++) {
		if (part[i] == MARK)
			input.bytes[input.n++] = MARK;
		input.bytes[input.n++] = part[i];
	}
}

/* To is not blocking. False: QEMU takes no more. */
static inline bool send_input(int to)
{
	const ssize_t n = write(to, input.bytes + input.sent, input.n - input.sent);

	if (n > 0)
		input.sent += (size_t)n;
	return n >= 0 || errno == EAGAIN || errno == EINTR;
}
