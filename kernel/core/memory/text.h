/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * text.h - builds a text: in a buffer that grows, for the files of /proc, or in a given one.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *buf;
	size_t len, size;
	bool grows;    /* buf is allocated, text_free() it */
	bool overflow; /* no memory, or the buffer was too small: buf holds a part, terminated */
	bool admin;    /* in /proc: who opened the file had CAP_SYS_ADMIN */
	uint64_t seen; /* there, of what is polled: how often it had changed at the last look */
};

void text_init(struct text *t);
void text_init_fixed(struct text *t, char *buf, size_t size); /* SIZE at least 1 */
void text_free(struct text *t);
/* Appends formatted text; FORMAT knows printf's integers and strings. */
void text_add(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_bytes(struct text *t, const void *bytes, size_t n);
