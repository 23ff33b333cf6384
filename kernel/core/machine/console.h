/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h - the console: the kernel's messages, and raw bytes in both directions, all on one
 * serial line. uart.c serves it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Prints a message of the kernel, or a part of one: it ends with the "\n" that the caller writes. A
 * message begins on a line of its own. Never sleeps. At most 511 bytes of a call are printed.
 */
void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The streams that share the serial line. With options.streams the host can take them apart: each
 * change of stream is marked by CONSOLE_MARK and '0' plus the new stream's number, and CONSOLE_MARK
 * as data is doubled. Without options.streams there are no marks.
 */
enum { STREAM_KERNEL = 0, STREAM_OUTPUT = 1, STREAM_ERROR = 2 };
#define CONSOLE_MARK 0x10

/* Writes the N bytes at S as they are. Waits for the serial line, without sleeping. */
void console_write_stream(unsigned stream, const char *s, size_t n);
/* The same on STREAM_KERNEL. */
void console_write(const char *s, size_t n);

/*
 * Prints N bytes that a program chose: in quotes or, where a character among them could deceive a
 * reader of the log, in hexadecimal. [audit_log_untrustedstring]
 */
void console_untrusted(const char *s, size_t n);

/* Ends a line with "\r\n", or with "\n" when options.bare_newline. */
void console_newline(void);

/*
 * Input. The interrupt handler stores bytes that come in, and calls TAKER, which was given to
 * console_on_input(). console_getc() returns the next byte, or -1 if there is none.
 */
[[nodiscard]] int console_getc(void);
void console_on_input(void (*taker)(void));

/*
 * In kernel/modules.c: what keeps the kernel's log, for syslog(2). It is called with N bytes of a
 * line of printk(); END: the line is complete. NULL: there is no log.
 */
extern void (*const console_keeper)(const char *text, size_t n, bool end);
