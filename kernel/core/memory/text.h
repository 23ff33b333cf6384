/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * text.h - builds a text piece by piece: in a buffer that grows, for the files of /proc, or in a
 * buffer of a fixed size.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pidns;

struct text {
	char *buf;
	size_t len, size;
	bool grows;		/* buf is allocated: text_free() frees it */
	bool overflow;		/* there was no memory, or no room: buf holds the beginning, with its NUL */
	bool admin;		/* of a file of /proc: it was opened with CAP_SYS_ADMIN */
	const struct pidns *ns; /* of a file of /proc: the one whose numbers are shown */
	uint64_t seen;		/* of a file of /proc that can be polled: its number of changes at the last look */
};

/* Makes *T an empty text, in a buffer that grows; in BUF, which has SIZE bytes, at least 1. */
void text_init(struct text *t);
void text_init_fixed(struct text *t, char *buf, size_t size);
/* Frees the buffer, if it is allocated. */
void text_free(struct text *t);
/*
 * Appends formatted text (printf's integers and strings), or N bytes; sets overflow without room.
 */
void text_add(struct text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_bytes(struct text *t, const void *bytes, size_t n);
