/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * klog.c - the kernel log, a ring of bytes: see klog.h. Each line begins with its level and time,
 * as programs that read Linux's log expect: <6>[    1.234567]. [printk]
 */
#include "klog.h"

#include "machine.h"
#include "module.h"
#include "time.h"

static char ring[KLOG_SIZE];
static uint64_t end;	 /* position behind the last whole line */
static uint64_t writing; /* position behind the last byte */
static void (*teller)(void);

static void klog_put(char c)
{
	ring[writing++ % KLOG_SIZE] = c;
}

/* Writes N in decimal; FILLS before it make it at least WIDTH characters. */
static void put_number(uint64_t n, unsigned width, char fills)
{
	char digits[20];
	unsigned used = 0;

	do {
		digits[used++] = (char)('0' + n % 10);
		n /= 10;
	} while (n != 0);
	while (width > used) {
		klog_put(fills);
		width--;
	}
	while (used > 0)
		klog_put(digits[--used]);
}

static void begin_line(void)
{
	const uint64_t us = machine.timebase != 0 ? time_now() / 1000 : 0;

	klog_put('<');
	klog_put('6'); /* KERN_INFO */
	klog_put('>');
	klog_put('[');
	put_number(us / 1000000, 5, ' ');
	klog_put('.');
	put_number(us % 1000000, 6, '0');
	klog_put(']');
	klog_put(' ');
}

void klog_add(const char *text, size_t n, bool whole)
{
	if (writing == end)
		begin_line();
	while (n-- > 0)
		klog_put(*text++);
	if (!whole)
		return;
	klog_put('\n');
	end = writing;
	if (teller != NULL)
		teller();
}

char klog_byte(uint64_t at)
{
	return ring[at % KLOG_SIZE];
}

uint64_t klog_next(uint64_t at)
{
	while (at < end && klog_byte(at) != '\n')
		at++;
	return at < end ? at + 1 : end;
}

uint64_t klog_first(void)
{
	return writing <= KLOG_SIZE ? 0 : klog_next(writing - KLOG_SIZE);
}

uint64_t klog_end(void)
{
	return end;
}

void klog_on_line(void (*tell)(void))
{
	teller = tell;
}
