/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * format.c - see format.h. The C library's is three times as large.
 */
#include "format.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct out {
	char *buf;
	size_t size;
	size_t n; /* characters so far, also those that did not fit; the last that did makes room for the end */
};

static void put(struct out *o, char c)
{
	if (o->n < o->size)
		o->buf[o->n] = c;
	o->n++;
}

static void put_times(struct out *o, char c, size_t times)
{
	while (times-- > 0)
		put(o, c);
}

/* The digits of VALUE, in front of END. */
static char *digits(char *end, uint64_t value, unsigned base)
{
	do
		*--end = "0123456789abcdef"[value % base];
	while ((value /= base) != 0);
	return end;
}

size_t format_text(char *buf, size_t size, const char *format, va_list args)
{
	struct out o = { .buf = buf, .size = size };

	while (*format != '\0') {
		char room[24]; /* 22 octal digits and a sign */
		char *const end = room + sizeof(room);
		const char *text = end;
		size_t length;
		size_t width = 0;
		int64_t value = 0;

		if (*format != '%') {
			put(&o, *format++);
			continue;
		}
		const bool left = *++format == '-';

		format += left;
		const char fill = *format == '0' ? '0' : ' ';

		while (*format >= '0' && *format <= '9')
			width = width * 10 + (size_t)(*format++ - '0');
		const bool is_long = *format == 'l';

		format += is_long;
		const char kind = *format++;

		if (kind == 's')
			text = va_arg(args, const char *);
		else if (is_long || kind == 'p')
			value = va_arg(args, long);
		else if (kind == 'u' || kind == 'x' || kind == 'o')
			value = va_arg(args, unsigned);
		else if (kind != '%')
			value = va_arg(args, int);

		switch (kind) {
		case 's':
			break;
		case 'd':
			text = digits(end, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
			if (value < 0)
				*(char *)--text = '-';
			break;
		case 'u':
			text = digits(end, (uint64_t)value, 10);
			break;
		case 'o':
			text = digits(end, (uint64_t)value, 8);
			break;
		case 'x':
			text = digits(end, (uint64_t)value, 16);
			break;
		case 'p':
			text = digits(end, (uint64_t)value, 16);
			*(char *)--text = 'x';
			*(char *)--text = '0';
			break;
		default:
			*(char *)--text = kind == 'c' ? (char)value : kind;
			break;
		}
		length = kind == 's' ? strlen(text) : (size_t)(end - text);
		const size_t padding = width > length ? width - length : 0;

		if (!left)
			put_times(&o, fill, padding);
		for (size_t i = 0; i < length; i++)
			put(&o, text[i]);
		if (left)
			put_times(&o, ' ', padding);
	}
	if (size != 0)
		buf[o.n < size ? o.n : size - 1] = '\0';
	return o.n;
}
