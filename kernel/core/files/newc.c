/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newc.c - reads cpio archives of the newc kind: see newc.h. Called by initramfs.c, and on the host
 * by tests.
 *
 * An entry [Documentation/driver-api/early-userspace/buffer-format.rst]: a header of 6 + 13 * 8
 * characters, the name, the contents; name and contents are each padded to 4 bytes. An archive ends
 * with "TRAILER!!!"; between archives there may be zeroes.
 */
#include "newc.h"

#include <string.h>

#define MAGIC "07070" /* then 1, or 2 for one with a checksum, which is not looked at */
#define HEADER 110U
#define TRAILER "TRAILER!!!"

static bool newc_fail(struct newc *r, const char *why)
{
	r->error = why;
	return false;
}

/* The number in the 8 hexadecimal digits at S. False: they are no digits. */
static bool parse_hex(const uint8_t *s, uint32_t *value)
{
	*value = 0;
#pragma GCC unroll 8 /* 104 digits for each file: much of what starting costs */
	for (int n = 0; n < 8; n++) {
		const uint32_t decimal = s[n] - (uint32_t)'0';
		const uint32_t letter = (s[n] | 0x20U) - 'a';

		if (decimal > 9 && letter > 5)
			return false;
		*value = *value << 4 | (decimal <= 9 ? decimal : letter + 10);
	}
	return true;
}

/* Steps over N bytes, which are at *START, and the padding behind them. False: there are fewer. */
static bool newc_take(struct newc *r, uint64_t n, const uint8_t **start)
{
	if (n > r->size - r->at)
		return newc_fail(r, "cut off");
	*start = r->data + r->at;
	r->at = (r->at + n + 3) & ~3UL;
	if (r->at > r->size)
		r->at = r->size;
	return true;
}

bool newc_next(struct newc *r, struct newc_entry *e)
{
	const uint8_t *header;
	uint32_t len;

	while (r->at < r->size && r->data[r->at] == 0)
		r->at++;
	r->start = r->at;
	if (r->at == r->size)
		return false;
	header = r->data + r->at;
	if (r->size - r->at < HEADER)
		return newc_fail(r, "cut off in a header");
	if (memcmp(header, MAGIC, 5) != 0 || (header[5] != '1' && header[5] != '2'))
		return newc_fail(r, "not a newc archive (compressed?)");
	for (unsigned n = 0; n <= CHECK; n++) {
		if (!parse_hex(header + 6 + 8 * n, &e->field[n]))
			return newc_fail(r, "a number in a header is not hexadecimal");
	}
	len = e->field[NAMESIZE];
	if (len == 0 || len > NEWC_NAME_MAX)
		return newc_fail(r, "a name without length, or too long");
	if (!newc_take(r, (uint64_t)HEADER + len, &header))
		return false;
	e->name = (const char *)header + HEADER;
	if (memchr(e->name, '\0', len) != e->name + len - 1)
		return newc_fail(r, "a name that does not end where it should");
	e->trailer = strcmp(e->name, TRAILER) == 0;
	return newc_take(r, e->field[FILESIZE], &e->data);
}
