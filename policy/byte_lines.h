/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * byte_lines.h - lines of hexadecimal digits, as xxd, hexdump, od and gdb print bytes.
 */
#pragma once

#include "scan.h"

struct bytes {
	unsigned char *list; /* has room for as many as the source has */
	size_t n;
	bool offsets; /* a line began with one */
	bool gap;     /* a line stands for others, which are left out */
};

/* Does a hexadecimal digit stand N characters behind the scan? Takes two of them. */
bool bytes_is_hex(const struct scan *s, size_t n);
unsigned char bytes_take_pair(struct scan *s);

/* The bytes of one line; false if something else stands there, at the scan. */
bool bytes_take_line(struct scan *s, struct bytes *b);
