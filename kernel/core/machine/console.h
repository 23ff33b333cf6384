/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console.h - the serial line: kernel messages out, raw bytes both ways.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * One formatted message, or a part of one: up to a "\n", which the caller writes. It begins on a
 * line of its own. Never sleeps, never drops.
 */
void printk(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * The streams that share the serial line. A host that takes them apart (options.streams) finds
 * CONSOLE_MARK and '0' plus the stream's number before bytes of another stream than before;
 * CONSOLE_MARK as data is doubled. Without options.streams the bytes come unmarked.
 */
enum { STREAM_KERNEL = 0, STREAM_OUTPUT = 1, STREAM_ERROR = 2 };
#define CONSOLE_MARK 0x10

/* Writes N raw bytes. */
void console_write_stream(unsigned stream, const char *s, size_t n);
/* The same, for what the kernel itself says. */
void console_write(const char *s, size_t n);

/*
 * Prints N bytes that a program chose: in quotes or, where a character among them could deceive a
 * reader of the log, in hexadecimal. [audit_log_untrustedstring]
 */
void console_untrusted(const char *s, size_t n);

/* Ends a line with "\r\n", or with "\n" when options.bare_newline. */
void console_newline(void);

/*
 * Bytes that have come in. The interrupt handler stores them and calls TAKER; console_getc()
 * returns the next one, or -1.
 */
[[nodiscard]] int console_getc(void);
void console_on_input(void (*taker)(void));

/*
 * In kernel/modules.c: is told N bytes of a line of printk(), and, END, that the line is complete.
 * NULL: nobody keeps lines.
 */
extern void (*const console_keeper)(const char *text, size_t n, bool end);
