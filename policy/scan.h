/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan.h - what readers of text have in common: a place in the source that moves on, words, numbers
 * and names of calls, and errors that say what to write.
 */
#pragma once

#include "constants.h"
#include "rules.h"

struct scan {
	struct stack *stack;
	const struct source *source;
	size_t at;
	size_t end; /* behind the last character that is looked at */
};

/* A scan of the whole source. */
struct scan scan_source(struct stack *stack, const struct source *source);

/* The character at the scan (or N further on), 0 at the end. */
char scan_peek(const struct scan *s, size_t n);

/* Skips blanks up to the end of the line; skips ends of lines, too. */
void scan_skip_blanks(struct scan *s);
void scan_skip_space(struct scan *s);

/* Skips to behind the end of the line. */
void scan_skip_line(struct scan *s);

/*
 * Skips one comment as C has them, to the end of the text if it does not end. False: none begins
 * here.
 */
bool scan_skip_comment(struct scan *s);

/* Takes TEXT if it stands here. */
bool scan_take(struct scan *s, const char *text);

/* Takes TEXT if it stands here as a whole word: no letter, digit or underscore follows. */
bool scan_take_word(struct scan *s, const char *text);

/*
 * Takes the characters of a name (letters, digits, underscores and those in MORE), as
 * many as there are; their number.
 */
size_t scan_take_name(struct scan *s, const char *more);

/* The place from FROM to the scan, or one character at the scan if there is nothing between. */
struct place scan_place(const struct scan *s, size_t from);

/* The text of a place, with a NUL behind it. */
const char *scan_text(const struct scan *s, struct place at);

/* An error at the scan: WHAT is wrong, the HINT what to write. Returns false. */
bool scan_error(const struct scan *s, const char *hint, const char *what);

/*
 * The call that a policy names, in the N bytes of the place. NULL if riscv64 has none of that name:
 * then it is on the policy's list of missing names, or, when no architecture has it and STRICT is
 * set, an error note was made and *BAD is set.
 */
const struct call *scan_call(struct stack *stack, struct policy *p, struct place at, bool strict, bool *bad);

/* A constant's or a number's value at a place; false after an error note. */
bool scan_value(struct stack *stack, struct place at, uint64_t *value);

/* An errno by name or number, 0 to MAX; false after an error note. */
bool scan_errno(struct stack *stack, struct place at, uint32_t max, uint32_t *value);

/*
 * Another file, which OWNER names as NAME: beside it unless NAME begins with a slash. NULL
 * after an error note at that place.
 */
const struct source *scan_include(struct stack *stack, const struct source *owner, const char *name, struct place at);

/* A rule for a call, or if CALL is NULL for every one. */
struct rule *scan_rule(struct stack *stack, struct policy *p, const struct call *call, uint32_t ret, struct place at,
		       struct place name_at);
