/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newc.h - reads cpio archives of the newc kind. It includes no kernel header and allocates
 * nothing, so tests compile it for the host.
 *
 * The archive is not trusted: every length is checked against what is left.
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
	const char *name;    /* points into the archive; terminated */
	const uint8_t *data; /* FILESIZE bytes */
	bool trailer;	     /* the archive ends here; another may follow */
};

struct newc {
	const uint8_t *data;
	uint64_t size;
	uint64_t at;	   /* offset of the next entry */
	uint64_t start;	   /* offset of the entry that was read last */
	const char *error; /* why it cannot be read, or NULL */
};

/* Reads the next entry; zeroes before it are skipped. False: there is none, or error is set. */
bool newc_next(struct newc *r, struct newc_entry *e);
