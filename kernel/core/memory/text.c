/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * text.c - builds a text piece by piece: see text.h. Called by /proc, and by whatever shows a path.
 */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "page.h"

void text_init(struct text *t)
{
	memset(t, 0, sizeof(*t));
	t->grows = true;
}

void text_init_fixed(struct text *t, char *buf, size_t size)
{
	memset(t, 0, sizeof(*t));
	t->buf = buf;
	t->size = size;
	buf[0] = '\0';
}

void text_free(struct text *t)
{
	if (t->grows)
		kfree(t->buf);
}

/* Makes room for N bytes more and a terminator. False: there is none. */
static bool text_reserve(struct text *t, size_t n)
{
	size_t size = t->size != 0 ? t->size : 512;
	char *buf;

	while (size - t->len <= n)
		size *= 2;
	if (size == t->size)
		return true;
	buf = t->grows && !t->overflow ? kmalloc_raw(size) : NULL;
	if (buf == NULL) {
		t->overflow = true;
		return false;
	}
	if (t->len != 0)
		memcpy(buf, t->buf, t->len);
	kfree(t->buf);
	t->buf = buf;
	t->size = size;
	return true;
}

void text_add_bytes(struct text *t, const void *bytes, size_t n)
{
	if (!text_reserve(t, n))
		return;
	memcpy(t->buf + t->len, bytes, n);
	t->len += n;
	t->buf[t->len] = '\0';
}

void text_add(struct text *t, const char *format, ...)
{
	char line[256];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n >= (int)sizeof(line) && text_reserve(t, (size_t)n)) {
		va_start(args, format);
		vsnprintf(t->buf + t->len, t->size - t->len, format, args);
		va_end(args);
		t->len += (size_t)n;
	} else if (n > 0 && n < (int)sizeof(line)) {
		text_add_bytes(t, line, (size_t)n);
	}
}
