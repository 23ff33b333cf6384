/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newc.h - reading cpio archives of the newc kind. Pure: no kernel header, no
 * allocation; bytes come from anywhere.
 *
 * Nothing in the archive is believed: every length is checked against what is left.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define NEWC_NAME_MAX 4096 /* with the terminator */

enum newc_field {
	INO,
	MODE,
	UID,
	GID,
	NLINK,
	MTIME,
	FILESIZE,
	DEVMAJOR,
	DEVMINOR,
	RDEVMAJOR,
	RDEVMINOR,
	NAMESIZE,
	CHECK
};

struct newc_entry {
	uint32_t field[CHECK + 1];
	const char *name;    /* in the archive, terminated */
	const uint8_t *data; /* FILESIZE bytes */
	bool trailer;	     /* the archive ends here; another may follow */
};

struct newc {
	const uint8_t *data;
	uint64_t size;
	uint64_t at;	   /* what is read next */
	uint64_t start;	   /* of the entry that was read last */
	const char *error; /* why it cannot be read, or NULL */
};

/* The next entry, zeroes before it skipped; false: none is left, or error is set. */
bool newc_next(struct newc *r, struct newc_entry *e);
