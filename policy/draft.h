/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draft.h - a record that is put together from a JSON object. A value that is missing or wrong
 * reads as 0 and is noted in the draft: the caller looks once, at the end.
 */
#pragma once

#include "json.h"

struct draft {
	struct arena *arena;
	uint8_t *bytes;
	size_t n, room;
	const char *bad; /* the first key whose value is not as it should be, or NULL */
};

void draft_add(struct draft *d, const void *data, size_t n);

/* The value of KEY is not as it should be. Returns 0. */
uint64_t draft_spoil(struct draft *d, const char *key);

/* V, which stands under KEY: a number, or a string of one in hex. */
uint64_t draft_value(struct draft *d, const char *key, const struct json *v);

/*
 * What OBJECT has under KEY: a number, which must be there; a number, or 0; one of 32 bits; a
 * string, which must be there; whether it is `true`.
 */
uint64_t draft_number(struct draft *d, const struct json *object, const char *key);
uint64_t draft_number_or_0(struct draft *d, const struct json *object, const char *key);
uint32_t draft_u32(struct draft *d, const struct json *object, const char *key);
const char *draft_string(struct draft *d, const struct json *object, const char *key);
bool draft_true(const struct json *object, const char *key);

/* A string is added with the NUL behind it. */
void draft_add_string(struct draft *d, const struct json *object, const char *key);

/* The first of the N elements of a list, which need not be there. */
const struct json *draft_list(struct draft *d, const struct json *object, const char *key, size_t *n);

/* The bytes whose digits stand in TEXT, at most ROOM. Returns how many. */
size_t draft_unhex(struct draft *d, const char *key, const char *text, uint8_t *to, size_t room);
