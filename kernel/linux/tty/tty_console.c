/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_console.c - the console as a terminal.
 *
 * Called from the console's interrupt, and by tasks that read from the terminal.
 */
#include "console.h"
#include "file.h"
#include "options.h"
#include "tty.h"
#include "tty_line.h"

static struct tty console;

/*
 * Sets the console up for options.no_input: every reader finds the end of file, because
 * tty_console_pull() types VEOF for it. There is no echo, and no other character is special.
 */
static void set_at_end(void)
{
	struct termios *t = &console.termios;

	t->c_iflag = 0;
	t->c_lflag = ICANON | IEXTEN;
	for (size_t i = 0; i < sizeof(t->c_cc); i++)
		if (i != VEOF && i != VMIN)
			t->c_cc[i] = 0;
}

/* The stream in which the host shows what programs write to the terminal. */
static unsigned tty_console_stream(void)
{
	return options.stdio[1] == STDIO_CONSOLE ? STREAM_OUTPUT : STREAM_ERROR;
}

static void write_bytes(struct tty *t, const uint8_t *s, uint64_t n)
{
	(void)t;
	console_write_stream(tty_console_stream(), (const char *)s, n);
}

static void write_newline(struct tty *t, bool map)
{
	(void)t;
	if (map && !options.bare_newline)
		console_write_stream(tty_console_stream(), "\r", 1);
	console_write_stream(tty_console_stream(), "\n", 1);
}

static uint64_t console_room(const struct tty *t)
{
	(void)t;
	return UINT64_MAX;
}

static void tty_console_pull(struct tty *t)
{
	bool any = false;
	uint32_t places;

	while (tty_has_room(t)) {
		const int c = console_getc();

		if (c < 0)
			break;
		tty_type(t, (uint8_t)c);
		any = true;
	}
	/* Without input, every read finds the end of file anew. */
	if (options.no_input && tty_canonical(t) && tty_readable(t, &places) == 0 && places == 0)
		tty_type(t, tty_char(t, VEOF));
	if (any)
		waitq_wake(&t->event);
}

static const struct tty_driver driver = {
	.write = write_bytes, .newline = write_newline, .room = console_room, .pull = tty_console_pull
};

static void on_input(void)
{
	tty_console_pull(&console);
}

static int tty_console_open_console(struct inode *i, struct file *f)
{
	(void)i;
	return tty_attach(&console, f);
}

void tty_console_controls(struct group *leader)
{
	tty_take(&console, leader);
}

void tty_console_init(void)
{
	static struct device device = {
		.name = "console", .rdev = TTY_CONSOLE, .mode = 0600, .open = tty_console_open_console
	};

	tty_create(&console, &driver, TTY_CONSOLE);
	console.termios.c_cflag = B115200 | CS8 | CREAD | HUPCL | CLOCAL;
	tty_settings_init(&console);
	console.winsize.ws_row = options.rows;
	console.winsize.ws_col = options.columns;
	if (options.no_input)
		set_at_end();
	/* If standard input is a pipe, stdstreams.c takes the input, from its first byte on. */
	if (options.stdio[0] != STDIO_PIPE)
		console_on_input(on_input);
	device_register(&device);
}
