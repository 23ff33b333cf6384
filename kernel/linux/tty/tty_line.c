/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_line.c - the line discipline: what typed characters do, how they are echoed, and what a
 * reader may take. [drivers/tty/n_tty.c]
 *
 * tty_console.c and pty.c pass it the input; tty.c asks what there is to read. Nothing here sleeps.
 */
#include "tty_line.h"

#include <string.h>

#include <abi/signal.h>

#include "tty.h"
#include "wait.h"

static bool has_iflag(struct tty *t, uint32_t f)
{
	return (t->termios.c_iflag & f) != 0;
}

static bool has_lflag(struct tty *t, uint32_t f)
{
	return (t->termios.c_lflag & f) != 0;
}

/* ---- output ---- */

static void output_text(struct tty *t, const char *s)
{
	tty_output(t, (const uint8_t *)s, strlen(s));
}

static bool is_control(uint8_t c)
{
	return c < ' ' || c == 0x7f;
}

static void echo_byte(struct tty *t, uint8_t c)
{
	if (is_control(c) && c != '\t' && c != '\n' && has_lflag(t, ECHOCTL)) {
		const uint8_t pair[2] = { '^', c ^ 0x40 };

		tty_output_plain(t, pair, 2);
	} else {
		tty_output(t, &c, 1);
	}
}

/* ---- the buffer ---- */

static uint32_t buffer_place(uint32_t at)
{
	return at % TTY_BUFFER;
}

static bool ends_line(const struct tty *t, uint32_t at)
{
	return t->ends[buffer_place(at) / 8] >> (buffer_place(at) % 8) & 1;
}

/* Is there an end-of-file mark at AT? */
static bool is_mark(const struct tty *t, uint32_t at)
{
	return ends_line(t, at) && t->buffer[buffer_place(at)] == '\0';
}

static void tty_line_mark(struct tty *t, uint32_t at, bool end)
{
	uint8_t bit = (uint8_t)(1U << buffer_place(at) % 8);

	if (end)
		t->ends[buffer_place(at) / 8] |= bit;
	else
		t->ends[buffer_place(at) / 8] &= (uint8_t)~bit;
}

/* Appends C to the input, if there is room. The last place is kept for the END of a line. */
static void tty_line_store(struct tty *t, uint8_t c, bool end)
{
	uint32_t used = t->head - t->tail;

	if (used >= TTY_BUFFER || (used == TTY_BUFFER - 1 && !end))
		return;
	t->buffer[buffer_place(t->head)] = c;
	tty_line_mark(t, t->head, end);
	t->head++;
	if (end || !tty_canonical(t))
		t->canon = t->head;
	t->last = time_now();
}

void tty_flush_input(struct tty *t)
{
	t->tail = t->canon = t->head;
}

uint32_t tty_readable(struct tty *t, uint32_t *places)
{
	uint32_t at = t->tail;

	*places = t->canon - t->tail;
	if (!tty_canonical(t))
		return *places;
	while (at != t->canon && !ends_line(t, at))
		at++;
	if (at == t->canon)
		return *places;
	*places = at + 1 - t->tail;
	return *places - is_mark(t, at);
}

uint32_t tty_queued(const struct tty *t)
{
	uint32_t n = t->canon - t->tail;

	for (uint32_t at = t->tail; tty_canonical(t) && at != t->canon; at++)
		n -= is_mark(t, at);
	return n;
}

void tty_mode_changed(struct tty *t)
{
	if (tty_canonical(t) && t->head != t->tail)
		tty_line_mark(t, t->head - 1, true);
	t->canon = t->head;
	t->literal = false;
}

/* ---- editing ---- */

/*
 * The column in which the character at position AT of the typed line was shown; needed to erase a
 * tab.
 */
static unsigned column_of(struct tty *t, uint32_t at)
{
	unsigned column = t->line_column;

	for (uint32_t p = t->canon; p != at; p++) {
		uint8_t c = t->buffer[buffer_place(p)];

		if (c == '\t')
			column = (column | 7) + 1;
		else if (is_control(c))
			column += has_lflag(t, ECHOCTL) ? 2 : 0;
		else
			column += (c & 0xc0) != 0x80;
	}
	return column;
}

/*
 * Takes back what was typed from position AT on, and clears its columns on the screen: at most as
 * many as the line has places, for a line of tabs is eight times as wide. [eraser]
 */
static void erase_from(struct tty *t, uint32_t at)
{
	const int columns = (int)(t->column - column_of(t, at));

	t->head = at;
	for (int n = 0; has_lflag(t, ECHO) && n < columns && n < (int)TTY_BUFFER; n++)
		output_text(t, "\b \b");
}

/* Where the character before position AT, with all its bytes, begins. */
static uint32_t char_before(struct tty *t, uint32_t at)
{
	do
		at--;
	while (has_iflag(t, IUTF8) && at != t->canon && (t->buffer[buffer_place(at)] & 0xc0) == 0x80);
	return at;
}

static void erase_char(struct tty *t)
{
	const uint32_t at = char_before(t, t->head);

	if (has_lflag(t, ECHO) && !has_lflag(t, ECHOE)) {
		t->head = at;
		echo_byte(t, tty_char(t, VERASE));
	} else {
		erase_from(t, at);
	}
}

static bool in_word(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c >= 0x80;
}

static void erase_word(struct tty *t)
{
	uint32_t at = t->head;
	bool seen = false;

	while (at != t->canon) {
		const bool word = in_word(t->buffer[buffer_place(at - 1)]);

		if (seen && !word)
			break;
		seen = seen || word;
		at = char_before(t, at);
	}
	erase_from(t, at);
}

static void erase_line(struct tty *t)
{
	if (has_lflag(t, ECHO) && !(has_lflag(t, ECHOK) && has_lflag(t, ECHOKE) && has_lflag(t, ECHOE))) {
		t->head = t->canon;
		echo_byte(t, tty_char(t, VKILL));
		if (has_lflag(t, ECHOK))
			output_text(t, "\n");
		return;
	}
	erase_from(t, t->canon);
}

static void reprint_line(struct tty *t)
{
	echo_byte(t, tty_char(t, VREPRINT));
	output_text(t, "\n");
	t->line_column = 0;
	for (uint32_t p = t->canon; p != t->head; p++)
		echo_byte(t, t->buffer[buffer_place(p)]);
}

/* ---- special characters: true, if C was one, and nothing more is to be done with it ---- */

static bool is_char(struct tty *t, uint8_t c, unsigned which)
{
	return c != 0 && c == tty_char(t, which);
}

static bool take_flow(struct tty *t, uint8_t c)
{
	if (!has_iflag(t, IXON))
		return false;
	if (is_char(t, c, VSTART) || (t->stopped && has_iflag(t, IXANY)))
		tty_start(t);
	else if (is_char(t, c, VSTOP))
		t->stopped = true;
	return is_char(t, c, VSTART) || is_char(t, c, VSTOP);
}

static bool take_signal(struct tty *t, uint8_t c)
{
	int sig = is_char(t, c, VINTR) ? SIGINT : is_char(t, c, VQUIT) ? SIGQUIT : is_char(t, c, VSUSP) ? SIGTSTP : 0;

	if (sig == 0 || !has_lflag(t, ISIG))
		return false;
	if (!has_lflag(t, NOFLSH))
		tty_flush_input(t);
	tty_start(t);
	if (has_lflag(t, ECHO))
		echo_byte(t, c);
	tty_signal(t, sig);
	return true;
}

static bool take_editing(struct tty *t, uint8_t c)
{
	bool extended = has_lflag(t, IEXTEN);

	if (extended && is_char(t, c, VLNEXT)) {
		t->literal = true;
		if (has_lflag(t, ECHO) && has_lflag(t, ECHOCTL))
			output_text(t, "^\b");
	} else if (extended && has_lflag(t, ECHO) && is_char(t, c, VREPRINT)) {
		reprint_line(t);
	} else if (is_char(t, c, VERASE)) {
		if (t->head != t->canon)
			erase_char(t);
	} else if (is_char(t, c, VKILL)) {
		erase_line(t);
	} else if (extended && is_char(t, c, VWERASE)) {
		erase_word(t);
	} else {
		return false;
	}
	return true;
}

/* Does what typing C does. [n_tty_receive_char_special] */
static void tty_line_take(struct tty *t, uint8_t c)
{
	bool literal = t->literal, end = false;

	t->literal = false;
	if (has_iflag(t, ISTRIP))
		c &= 0x7f;
	if (!literal) {
		if (take_flow(t, c) || take_signal(t, c))
			return;
		if (c == '\r') {
			if (has_iflag(t, IGNCR))
				return;
			if (has_iflag(t, ICRNL))
				c = '\n';
		} else if (c == '\n' && has_iflag(t, INLCR)) {
			c = '\r';
		}
		if (tty_canonical(t)) {
			if (take_editing(t, c))
				return;
			if (is_char(t, c, VEOF)) {
				tty_line_store(t, '\0', true);
				return;
			}
			end = c == '\n' || is_char(t, c, VEOL) || (has_lflag(t, IEXTEN) && is_char(t, c, VEOL2));
		}
	}
	if (t->head == t->canon)
		t->line_column = t->column;
	if (has_lflag(t, ECHO) || (has_lflag(t, ECHONL) && tty_canonical(t) && c == '\n'))
		echo_byte(t, c);
	tty_line_store(t, c, end);
}

bool tty_has_room(const struct tty *t)
{
	return t->head - t->tail < TTY_BUFFER - 1 || t->canon == t->tail;
}

void tty_type(struct tty *t, uint8_t c)
{
	if (tty_has_room(t))
		tty_line_take(t, c);
}
