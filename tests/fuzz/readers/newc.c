/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newc.c - libFuzzer on the kernel's cpio reader: whatever the archive, each entry lies inside it, and the reader gets on.
 */
#include <stdlib.h>
#include <string.h>

#include "newc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct newc r = { .data = bytes, .size = n };
	struct newc_entry e;
	uint64_t before = 0;

	while (newc_next(&r, &e)) {
		const uint8_t *const name = (const uint8_t *)e.name;
		const uint64_t size = e.field[FILESIZE];

		if (r.start < before || r.at <= r.start || r.at > n || r.error != NULL)
			abort();
		if (name < bytes || strlen(e.name) + 1 != e.field[NAMESIZE] || name + e.field[NAMESIZE] > bytes + n)
			abort();
		if (e.data < name + e.field[NAMESIZE] || size > n || e.data + size > bytes + n)
			abort();
		before = r.at;
	}
	if (r.error == NULL && r.at != n)
		abort();
	return 0;
}
