/* SPDX-License-Identifier: BSD-2-Clause */
/* termios.h - terminal settings; struct termios is the kernel's own. */
#pragma once

#include <abi/termios.h>

#define TCSANOW 0
#define TCSADRAIN 1
#define TCSAFLUSH 2

int tcgetattr(int fd, struct termios *settings);
int tcsetattr(int fd, int when, const struct termios *settings);
