/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uart.c - the console (console.h) on a 16550 serial port; until uart_init(), on the firmware's
 * console. The kernel is not preempted, so nobody writes in the midst of another's bytes.
 */
#include "uart.h"

#include <stdarg.h>
#include <stdio.h>

#include "console.h"
#include "machine.h"
#include "options.h"
#include "sbi.h"

enum { UART_DATA = 0, UART_IER = 1, UART_FCR = 2, UART_LSR = 5 };
#define UART_IER_RECEIVED 0x01
#define UART_FCR_FIFO_14 0xc1 /* an interrupt for 14 bytes, or when no more come */
#define UART_LSR_READY 0x01
#define UART_LSR_EMPTY 0x20

static volatile uint8_t *uart;
static uint8_t input[1024];		/* a ring of bytes that have come in */
static unsigned input_head, input_tail; /* positions in it; both only grow */
static void (*on_input)(void);

static volatile uint8_t *uart_register(unsigned n)
{
	return uart + (n << machine.uart_shift);
}

void uart_init(void)
{
	if (machine.uart.size == 0)
		return;
	uart = page_virt(machine.uart.start);
	*uart_register(UART_FCR) = UART_FCR_FIFO_14;
	*uart_register(UART_IER) = UART_IER_RECEIVED;
}

void uart_interrupt(void)
{
	while (*uart_register(UART_LSR) & UART_LSR_READY && input_head - input_tail < sizeof(input))
		input[input_head++ % sizeof(input)] = *uart_register(UART_DATA);
	/*
	 * The buffer is full: no more interrupts, until console_getc() makes room. The rest waits
	 * in the device and in the host.
	 */
	if (input_head - input_tail == sizeof(input))
		*uart_register(UART_IER) = 0;
	if (on_input != NULL)
		on_input();
}

void console_on_input(void (*taker)(void))
{
	on_input = taker;
}

int console_getc(void)
{
	if (input_tail == input_head)
		return -1;
	if (input_head - input_tail == sizeof(input))
		*uart_register(UART_IER) = UART_IER_RECEIVED;
	return input[input_tail++ % sizeof(input)];
}

static bool at_start = true; /* nothing stands yet on the line to which the kernel's next message goes */
static bool in_message;	     /* that line holds the beginning of a kernel message, without its end */

static void uart_put(char c)
{
	if (uart == NULL) {
		sbi_putchar(c);
		return;
	}
	while (!(*uart_register(UART_LSR) & UART_LSR_EMPTY))
		;
	*uart_register(UART_DATA) = (uint8_t)c;
}

void console_write_stream(unsigned stream, const char *s, size_t n)
{
	static unsigned last = STREAM_KERNEL;

	/* The kernel's messages and standard error go to the same place on the host. */
	if (n > 0 && (!options.streams || stream != STREAM_OUTPUT))
		at_start = s[n - 1] == '\n';
	if (n > 0 && options.streams && stream != last) {
		uart_put(CONSOLE_MARK);
		uart_put((char)('0' + stream));
		last = stream;
	}
	for (size_t i = 0; i < n; i++) {
		if (options.streams && s[i] == CONSOLE_MARK)
			uart_put(s[i]);
		uart_put(s[i]);
	}
}

void console_write(const char *s, size_t n)
{
	console_write_stream(STREAM_KERNEL, s, n);
}

void console_newline(void)
{
	if (!options.bare_newline)
		console_write("\r", 1);
	console_write("\n", 1);
}

void console_untrusted(const char *s, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	bool plain = true;

	for (size_t i = 0; i < n; i++)
		plain = plain && s[i] > ' ' && s[i] < 0x7f && s[i] != '"';
	if (plain) {
		printk("\"");
		console_write(s, n);
		printk("\"");
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const char byte[2] = { digits[(uint8_t)s[i] >> 4], digits[s[i] & 15] };

		console_write(byte, sizeof(byte));
	}
}

void printk(const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	int n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (!in_message && !at_start)
		console_newline();
	if (n > (int)sizeof(line) - 1)
		n = (int)sizeof(line) - 1;
	for (int at = 0; at < n;) {
		int end = at;

		while (end < n && line[end] != '\n')
			end++;
		if (console_keeper != NULL)
			console_keeper(line + at, (size_t)(end - at), end < n);
		console_write(line + at, (size_t)(end - at));
		if (end < n)
			console_newline();
		in_message = end == n;
		at = end + 1;
	}
}
