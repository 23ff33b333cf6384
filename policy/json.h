/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json.h - JSON as RFC 8259 has it, as a tree that knows where each value and key stands.
 *
 * For the readers of JSON forms. Stricter than some parsers, and it says what the usual mistakes
 * are: a comma too many, a comment.
 */
#pragma once

#include "source.h"

enum json_kind {
	JSON_NULL = 0,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT,
};

struct json {
	struct json *next; /* the next value of the array or object that this one is in */
	enum json_kind kind;
	struct place at;
	const char *key; /* in an object, else NULL */
	struct place key_at;
	const char *text;   /* of a string, its bytes with a NUL behind them; of a number, as written */
	struct json *first; /* of an array or object */
	size_t n;	    /* how many values it has */
};

/* The whole source as one value, or NULL after an error note. */
const struct json *json_parse(struct arena *arena, struct notes *notes, const struct source *source);

/*
 * What an object has under KEY (the last one, if there are several), or NULL. Also NULL
 * if OBJECT is NULL or no object.
 */
const struct json *json_get(const struct json *object, const char *key);

/* "a string", "an object" ... */
const char *json_kind_name(const struct json *value);

/* Is the value a whole number of 0 to 2^64 - 1? Then it is in *NUMBER. */
bool json_number(const struct json *value, uint64_t *number);

/*
 * Does text look like a JSON object: is the first character that is no
 * blank a brace? For recognise().
 */
bool json_likely(const struct source *source);
