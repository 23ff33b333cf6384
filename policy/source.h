/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source.h - files that were read, places in them, and what is to be said about a place.
 *
 * Readers make a place for whatever they read; everything that portcullis prints
 * about it later ("docker.json:671:4") comes from there. A message with a place is
 * shown with its line and a caret.
 */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "arena.h"

#define SOURCE_MAX (16U << 20) /* bytes of a file; none that is meant is as long */

struct source {
	const char *name; /* as it was given; "<stdin>" for "-" */
	const char *text; /* SIZE bytes, any of which may be NUL; one NUL behind them */
	uint32_t size;
	const struct source *owner; /* the file that includes it, or NULL */
};

/*
 * LENGTH bytes of a source from OFFSET on. A source of NULL: no place; a
 * length of 0: the whole file.
 */
struct place {
	const struct source *source;
	uint32_t offset;
	uint32_t length;
};

enum note_kind {
	NOTE_ERROR,   /* the policy cannot be read */
	NOTE_WARNING, /* it can, but is hardly what is meant */
	NOTE_NOTE,    /* what should be known */
};

struct note {
	struct note *next;
	struct place at;
	enum note_kind kind;
	const char *text; /* what is wrong, without a full stop */
	const char *hint; /* what to do or to write instead; "" if there is nothing to say */
};

/* Notes in the order in which they came. All zero but the arena is an empty list. */
struct notes {
	struct arena *arena;
	struct note *first, *last;
	unsigned int errors, warnings;
};

/*
 * Opens the file NAME for reading and mapping, or for "-" standard input, which may be a pipe and
 * may be opened again: it begins at its beginning. A descriptor, or -1 with errno.
 */
int source_open(const char *name);

/* Reads the file NAME, or standard input for "-", whole. NULL after an error note. */
const struct source *source_read(struct arena *arena, struct notes *notes, const char *name);

/*
 * N bytes of TEXT, which the caller keeps, as a source. For tests, and
 * for text out of another file.
 */
struct source *source_text(struct arena *arena, const char *name, const char *text, size_t n);

struct place source_place(const struct source *source, size_t offset, size_t length);

/* The same place, less the blanks that it ends with. */
struct place place_trimmed(struct place at);

/* Is WORD the whole text at a place? The second one takes small letters for large ones. */
bool place_is(struct place at, const char *word);
bool place_is_caseless(struct place at, const char *word);

/* The whole file. */
struct place source_whole(const struct source *source);

/* The line and column (from 1, in bytes) of a place; 0 for a whole file or no place. */
void source_line(struct place at, unsigned int *line, unsigned int *column);

/* The column from 1 on, in characters of UTF-8. */
unsigned int source_character(struct place at);

/* "file:line:column", "file", or "". */
const char *source_where(struct arena *arena, struct place at);

/*
 * Adds a note. HINT is "" or lives as long as the notes. Returns false, so that a
 * reader can say `return note(...)`.
 */
bool note_error(struct notes *notes, struct place at, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool note_warning(struct notes *notes, struct place at, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
bool note_note(struct notes *notes, struct place at, const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/*
 * Prints the line of a place, with its number, and a caret below the place. Nothing of a whole
 * file, or of one that is no text.
 */
void source_print_line(FILE *to, struct place at);

/*
 * Prints the notes that are at least as grave as LEAST, and forgets all that there were. Each is
 * written as compilers do:
 *
 *	docker.json:3:20: error: no such action: SCMP_ACT_DENY
 *	    3 |   "defaultAction": "SCMP_ACT_DENY",
 *	      |                    ^~~~~~~~~~~~~~~
 *	      = write one of SCMP_ACT_ALLOW, ...
 */
void notes_print(FILE *to, struct notes *notes, enum note_kind least);

/* What is wrong and what to do, in one line. */
const char *note_text(struct arena *arena, const struct note *note);

/* The value of a hexadecimal digit, in either case; -1: it is none. */
int source_hex_digit(int c);

/* A byte of a file as it may stand on a terminal: control characters are no text. */
int source_shown(unsigned char c);
/* So is a text: a copy in ARENA. */
char *source_shown_text(struct arena *arena, const char *text);
/* Writes to stderr what printf would, as it may stand on a terminal. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void complain_about(const char *format, va_list args) __attribute__((format(printf, 1, 0)));
