/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draft.c - see draft.h.
 */
#include "draft.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void draft_add(struct draft *d, const void *data, size_t n)
{
	d->bytes = arena_grow(d->arena, d->bytes, d->n, n, 1, &d->room);
	memcpy(d->bytes + d->n, data, n);
	d->n += n;
}

uint64_t draft_spoil(struct draft *d, const char *key)
{
	if (d->bad == NULL)
		d->bad = key;
	return 0;
}

uint64_t draft_value(struct draft *d, const char *key, const struct json *v)
{
	char *end = NULL;
	uint64_t n = 0;

	errno = 0;
	if (v->kind == JSON_NUMBER)
		n = v->text[0] == '-' ? (uint64_t)strtoll(v->text, &end, 10) : strtoull(v->text, &end, 10);
	else if (v->kind == JSON_STRING && strncmp(v->text, "0x", 2) == 0)
		n = strtoull(v->text + 2, &end, 16);
	return end == NULL || errno != 0 || *end != '\0' || end == v->text ? draft_spoil(d, key) : n;
}

uint64_t draft_number_or_0(struct draft *d, const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	return v == NULL ? 0 : draft_value(d, key, v);
}

uint64_t draft_number(struct draft *d, const struct json *object, const char *key)
{
	return json_get(object, key) == NULL ? draft_spoil(d, key) : draft_number_or_0(d, object, key);
}

uint32_t draft_u32(struct draft *d, const struct json *object, const char *key)
{
	const uint64_t n = draft_number(d, object, key);

	return (uint32_t)(n > UINT32_MAX ? draft_spoil(d, key) : n);
}

bool draft_true(const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	return v != NULL && v->kind == JSON_TRUE;
}

const char *draft_string(struct draft *d, const struct json *object, const char *key)
{
	const struct json *v = json_get(object, key);

	if (v != NULL && v->kind == JSON_STRING)
		return v->text;
	draft_spoil(d, key);
	return "";
}

void draft_add_string(struct draft *d, const struct json *object, const char *key)
{
	const char *text = draft_string(d, object, key);

	draft_add(d, text, strlen(text) + 1);
}

const struct json *draft_list(struct draft *d, const struct json *object, const char *key, size_t *n)
{
	const struct json *v = json_get(object, key);

	*n = 0;
	if (v == NULL)
		return NULL;
	if (v->kind != JSON_ARRAY) {
		draft_spoil(d, key);
		return NULL;
	}
	*n = v->n;
	return v->first;
}

size_t draft_unhex(struct draft *d, const char *key, const char *text, uint8_t *to, size_t room)
{
	const size_t n = strlen(text);

	if (n % 2 != 0 || n / 2 > room || strspn(text, "0123456789abcdef") != n)
		return draft_spoil(d, key);
	for (size_t i = 0; i < n / 2; i++) {
		const char digits[3] = { text[2 * i], text[2 * i + 1], '\0' };

		to[i] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return n / 2;
}
