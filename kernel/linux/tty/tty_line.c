/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_line.c - the line discipline: what typed characters do, and how output
 * looks. Linux's n_tty is the model.
 *
 * Called from the console's interrupt (tty_input) and from tty.c. Nothing here sleeps.
 */
#include "tty_line.h"

#include <string.h>

#include <abi/signal.h>

#include "console.h"
#include "tty.h"
#include "wait.h"

static bool iflag(uint32_t f)
{
	return (tty.termios.c_iflag & f) != 0;
}

static bool lflag(uint32_t f)
{
	return (tty.termios.c_lflag & f) != 0;
}

/* ---- output ---- */

static void output(const char *s)
{
	tty_output((const uint8_t *)s, strlen(s));
}

static bool is_control(uint8_t c)
{
	return c < ' ' || c == 0x7f;
}

static void echo(uint8_t c)
{
	if (is_control(c) && c != '\t' && c != '\n' && lflag(ECHOCTL)) {
		const uint8_t pair[2] = { '^', c ^ 0x40 };

		tty_output_plain(pair, 2);
	} else {
		tty_output(&c, 1);
	}
}

/* ---- the buffer ---- */

struct waitq tty_event = { .waiters = LIST_INIT(tty_event.waiters) };
uint8_t tty_buffer[TTY_BUFFER];
uint8_t tty_ends[TTY_BUFFER / 8];

static uint32_t place(uint32_t at)
{
	return at % TTY_BUFFER;
}

static bool ends_line(uint32_t at)
{
	return tty_ends[place(at) / 8] >> (place(at) % 8) & 1;
}

static void mark(uint32_t at, bool end)
{
	uint8_t bit = (uint8_t)(1U << place(at) % 8);

	if (end)
		tty_ends[place(at) / 8] |= bit;
	else
		tty_ends[place(at) / 8] &= (uint8_t)~bit;
}

/* The last place is kept for the end of a line. */
static void store(uint8_t c, bool end)
{
	uint32_t used = tty.head - tty.tail;

	if (used >= TTY_BUFFER || (used == TTY_BUFFER - 1 && !end))
		return;
	tty_buffer[place(tty.head)] = c;
	mark(tty.head, end);
	tty.head++;
	if (end || !tty_canonical())
		tty.canon = tty.head;
	tty.last = time_now();
}

void tty_flush_input(void)
{
	tty.tail = tty.canon = tty.head;
}

uint32_t tty_readable(bool *line_end)
{
	*line_end = false;
	if (!tty_canonical())
		return tty.head - tty.tail;
	for (uint32_t at = tty.tail; at != tty.canon; at++) {
		if (!ends_line(at))
			continue;
		*line_end = true;
		return at - tty.tail + (tty_buffer[place(at)] != '\0');
	}
	return tty.canon - tty.tail;
}

void tty_mode_changed(void)
{
	if (tty_canonical() && tty.head != tty.tail)
		mark(tty.head - 1, true);
	tty.canon = tty.head;
	tty.literal = false;
}

/* ---- editing ---- */

/*
 * The column in which the character at position AT of the typed line was
 * shown; needed to take back a tab.
 */
static unsigned column_of(uint32_t at)
{
	unsigned column = tty.line_column;

	for (uint32_t p = tty.canon; p != at; p++) {
		uint8_t c = tty_buffer[place(p)];

		if (c == '\t')
			column = (column | 7) + 1;
		else if (is_control(c))
			column += lflag(ECHOCTL) ? 2 : 0;
		else
			column += (c & 0xc0) != 0x80;
	}
	return column;
}

/* Takes back the last character typed, with all its bytes. */
static void erase_char(void)
{
	unsigned columns;

	do
		tty.head--;
	while (iflag(IUTF8) && tty.head != tty.canon && (tty_buffer[place(tty.head)] & 0xc0) == 0x80);
	if (!lflag(ECHO))
		return;
	if (!lflag(ECHOE)) {
		echo(tty_char(VERASE));
		return;
	}
	columns = tty.column - column_of(tty.head);
	for (; columns > 0 && columns <= TTY_BUFFER; columns--)
		output("\b \b");
}

static bool in_word(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80;
}

static void erase_word(void)
{
	bool seen = false;

	while (tty.head != tty.canon) {
		bool word = in_word(tty_buffer[place(tty.head - 1)]);

		if (seen && !word)
			break;
		seen = seen || word;
		erase_char();
	}
}

static void erase_line(void)
{
	if (lflag(ECHO) && !(lflag(ECHOK) && lflag(ECHOKE) && lflag(ECHOE))) {
		tty.head = tty.canon;
		echo(tty_char(VKILL));
		if (lflag(ECHOK))
			output("\n");
		return;
	}
	while (tty.head != tty.canon)
		erase_char();
}

static void reprint(void)
{
	echo(tty_char(VREPRINT));
	output("\n");
	tty.line_column = 0;
	for (uint32_t p = tty.canon; p != tty.head; p++)
		echo(tty_buffer[place(p)]);
}

/* ---- what a character does; true: that was all ---- */

static bool is_char(uint8_t c, unsigned which)
{
	return c != 0 && c == tty_char(which);
}

static bool take_flow(uint8_t c)
{
	if (!iflag(IXON))
		return false;
	if (is_char(c, VSTART) || (tty.stopped && iflag(IXANY)))
		tty.stopped = false;
	else if (is_char(c, VSTOP))
		tty.stopped = true;
	return is_char(c, VSTART) || is_char(c, VSTOP);
}

static bool take_signal(uint8_t c)
{
	int sig = is_char(c, VINTR) ? SIGINT : is_char(c, VQUIT) ? SIGQUIT : is_char(c, VSUSP) ? SIGTSTP : 0;

	if (sig == 0 || !lflag(ISIG))
		return false;
	if (!lflag(NOFLSH))
		tty_flush_input();
	tty.stopped = false;
	if (lflag(ECHO))
		echo(c);
	tty_signal(sig);
	return true;
}

static bool take_editing(uint8_t c)
{
	bool extended = lflag(IEXTEN);

	if (extended && is_char(c, VLNEXT)) {
		tty.literal = true;
		if (lflag(ECHO) && lflag(ECHOCTL))
			output("^\b");
	} else if (extended && lflag(ECHO) && is_char(c, VREPRINT)) {
		reprint();
	} else if (is_char(c, VERASE)) {
		if (tty.head != tty.canon)
			erase_char();
	} else if (is_char(c, VKILL)) {
		erase_line();
	} else if (extended && is_char(c, VWERASE)) {
		erase_word();
	} else {
		return false;
	}
	return true;
}

static void take(uint8_t c)
{
	bool literal = tty.literal, end = false;

	tty.literal = false;
	if (iflag(ISTRIP))
		c &= 0x7f;
	if (!literal) {
		if (take_flow(c) || take_signal(c))
			return;
		if (c == '\r') {
			if (iflag(IGNCR))
				return;
			if (iflag(ICRNL))
				c = '\n';
		} else if (c == '\n' && iflag(INLCR)) {
			c = '\r';
		}
		if (tty_canonical()) {
			if (take_editing(c))
				return;
			if (is_char(c, VEOF)) {
				store('\0', true);
				return;
			}
			end = c == '\n' || is_char(c, VEOL) || (lflag(IEXTEN) && is_char(c, VEOL2));
		}
	}
	if (tty.head == tty.canon)
		tty.line_column = tty.column;
	if (lflag(ECHO) || (lflag(ECHONL) && tty_canonical() && c == '\n'))
		echo(c);
	store(c, end);
}

/* Whole lines that nobody reads stay where they are, and so does what comes behind them. */
static bool has_room(void)
{
	return tty.head - tty.tail < TTY_BUFFER - 1 || tty.canon == tty.tail;
}

void tty_type(uint8_t c)
{
	if (has_room())
		take(c);
	waitq_wake(&tty_event);
}

void tty_input(void)
{
	bool any = false;

	while (has_room()) {
		int c = console_getc();

		if (c < 0)
			break;
		take((uint8_t)c);
		any = true;
	}
	if (any)
		waitq_wake(&tty_event);
}
