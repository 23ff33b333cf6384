/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * where.h - which line of which program made a call: functions, files and lines of
 * the addresses that events name.
 *
 * The work is elfutils': symbols and lines from the ELF files and their DWARF, callers by the
 * unwind tables. What is here says which file lies where.
 */
#pragma once

#include <stdint.h>

#include "events.h"

/* Where the files of the guest lie on this machine. */
struct where_file {
	const char *guest, *host;
	const struct where_file *next;
};

struct where_options {
	const struct where_file *files; /* by full path */
	const char *root;		/* a folder with the guest's root in it, or NULL */
	const char *programs;		/* a folder of programs by their names, or NULL */
};

/* One function on the way to a call. */
struct where_frame {
	uint64_t address;     /* of the instruction; of a caller: of its call */
	const char *function; /* or NULL */
	uint64_t offset;      /* in it; without one an address of the file; of no file: the address */
	const char *object;   /* the guest's path of the file, or NULL */
	const char *inlined;  /* "f FILE:3, inlined in ": functions that have become part of it; "" */
	const char *source;   /* or NULL */
	int line;
	bool cut; /* it has callers that are not known: the stack was not recorded so far */
};

struct where;

/* OPTIONS must outlive it. */
struct where *where_create(struct arena *arena, const struct where_options *options);
void where_free(struct where *w);

/* Every record of a run, in order: which files are mapped. */
void where_take(struct where *w, const struct event *e);

/*
 * The functions that led to E, an EVENT_CALL or an EVENT_REFUSED with a frame, innermost first; at
 * most N.
 * Returns how many; at least 1.
 */
unsigned int where_look(struct where *w, const struct event *e, struct where_frame *frames, unsigned int n);

/*
 * "main+0x14 APP.c:17", with the file's name where it is not PROGRAM's
 * own: "open+0x20 (libc.so.6)".
 */
const char *where_text(struct arena *arena, const struct where_frame *f, const char *program);
