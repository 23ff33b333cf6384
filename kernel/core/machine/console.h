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
 * Where bytes on the serial line belong, for a host that sends them different ways
 * (options.streams): a CONSOLE_MARK and '0' plus the stream go before those of another stream, and
 * a CONSOLE_MARK that is data goes twice. Without, all are one.
 */
enum { STREAM_KERNEL = 0, STREAM_OUTPUT = 1, STREAM_ERROR = 2 };
#define CONSOLE_MARK 0x10

/* N raw bytes out. */
void console_write_stream(unsigned stream, const char *s, size_t n);
/* The kernel's own. */
void console_write(const char *s, size_t n);

/*
 * N bytes that a program chose, in quotes; or, with a character among them that could deceive a
 * reader of the log, in hexadecimal. [audit_log_untrustedstring]
 */
void console_untrusted(const char *s, size_t n);

/* The end of a line: "\r\n", or "\n" when options.bare_newline. */
void console_newline(void);

/*
 * Bytes that came in: the interrupt handler stores them, and calls TAKER; get returns one, or -1.
 */
[[nodiscard]] int console_getc(void);
void console_on_input(void (*taker)(void));
