/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_settings.c - the settings of a terminal, in the three forms that programs know: termios,
 * termios2 with the speeds in baud, and the old termio. [drivers/tty/tty_ioctl.c,
 * drivers/tty/tty_baudrate.c]
 *
 * Speeds are only kept: there is no line that has one.
 */
#include <abi/errno.h>
#include <abi/signal.h>
#include <string.h>

#include "tty_line.h"
#include "usercopy.h"

#define HIGH 0xffff0000U /* the flags that termio has no room for stay as they are */

/* The speed for CODE, the bits CBAUD of c_cflag; OTHER, if they say that it is another. */
static uint32_t baud_of(uint32_t code, uint32_t other)
{
	static const uint32_t bauds[] = { 0,	   50,	    75,	     110,     134,     150,	200,	300,
					  600,	   1200,    1800,    2400,    4800,    9600,	19200,	38400,
					  57600,   115200,  230400,  460800,  500000,  576000,	921600, 1000000,
					  1152000, 1500000, 2000000, 2500000, 3000000, 3500000, 4000000 };

	if ((code & CBAUD) == BOTHER)
		return other;
	code = (code & CBAUDEX) != 0 ? (code & CBAUD & ~(uint32_t)CBAUDEX) + 15 : code & CBAUD;
	return bauds[code];
}

/*
 * Sets the speeds in S as c_cflag says. The input has the speed of the output, unless it says
 * another.
 */
static void compute_speeds(struct termios2 *s)
{
	const uint32_t input = s->c_cflag >> IBSHIFT & CBAUD;

	s->c_ospeed = baud_of(s->c_cflag, s->c_ospeed);
	s->c_ispeed = input != 0 ? baud_of(input, s->c_ispeed) : s->c_ospeed;
}

static struct termios2 settings_of(const struct tty *t)
{
	struct termios2 s = { .c_ispeed = t->speed[0], .c_ospeed = t->speed[1] };

	memcpy(&s, &t->termios, sizeof(t->termios));
	return s;
}

void tty_settings_init(struct tty *t)
{
	struct termios2 s = settings_of(t);

	compute_speeds(&s);
	t->speed[0] = s.c_ispeed;
	t->speed[1] = s.c_ospeed;
}

long tty_settings_get(const struct tty *t, uint64_t cmd, uint64_t arg)
{
	const struct termios2 s = settings_of(t);
	struct termio a = {
		.c_iflag = (uint16_t)s.c_iflag,
		.c_oflag = (uint16_t)s.c_oflag,
		.c_cflag = (uint16_t)s.c_cflag,
		.c_lflag = (uint16_t)s.c_lflag,
		.c_line = s.c_line,
	};

	memcpy(a.c_cc, s.c_cc, sizeof(a.c_cc));
	switch (cmd) {
	case TCGETS:
		return copy_to_user(arg, &t->termios, sizeof(t->termios));
	case TCGETS2:
		return copy_to_user(arg, &s, sizeof(s));
	case TCGETA:
		return copy_to_user(arg, &a, sizeof(a));
	default:
		return -ENOTTY;
	}
}

/*
 * Reads a struct termio into S, whose other flags and characters stay.
 * [user_termio_to_kernel_termios]
 */
static int read_termio(struct termios2 *s, uint64_t arg)
{
	struct termio a;

	if (copy_from_user(&a, arg, sizeof(a)) != 0)
		return -EFAULT;
	s->c_iflag = (s->c_iflag & HIGH) | a.c_iflag;
	s->c_oflag = (s->c_oflag & HIGH) | a.c_oflag;
	s->c_cflag = (s->c_cflag & HIGH) | a.c_cflag;
	s->c_lflag = (s->c_lflag & HIGH) | a.c_lflag;
	s->c_line = a.c_line;
	memcpy(s->c_cc, a.c_cc, sizeof(a.c_cc));
	return 0;
}

static int read_settings(struct termios2 *s, uint64_t cmd, uint64_t arg)
{
	switch (cmd) {
	case TCSETS:
	case TCSETSW:
	case TCSETSF: /* the speeds stay */
		return copy_from_user(s, arg, sizeof(struct termios)) != 0 ? -EFAULT : 0;
	case TCSETS2:
	case TCSETSW2:
	case TCSETSF2:
		return copy_from_user(s, arg, sizeof(*s)) != 0 ? -EFAULT : 0;
	case TCSETA:
	case TCSETAW:
	case TCSETAF:
		return read_termio(s, arg);
	default:
		return -ENOTTY;
	}
}

long tty_settings_set(struct tty *t, uint64_t cmd, uint64_t arg)
{
	struct termios2 s = settings_of(t);
	uint32_t changed;
	int err = tty_check_job(t, SIGTTOU);

	if (err == 0)
		err = read_settings(&s, cmd, arg);
	if (err != 0)
		return err;
	if (cmd == TCSETSF || cmd == TCSETSF2 || cmd == TCSETAF)
		tty_flush_input(t);
	compute_speeds(&s);
	s.c_cflag = (s.c_cflag & ~t->driver->never) | t->driver->always;
	changed = t->termios.c_lflag ^ s.c_lflag;
	memcpy(&t->termios, &s, sizeof(t->termios));
	t->speed[0] = s.c_ispeed;
	t->speed[1] = s.c_ospeed;
	if (changed & ICANON)
		tty_mode_changed(t);
	if ((s.c_iflag & IXON) == 0)
		tty_start(t);
	waitq_wake(&t->event);
	return 0;
}
