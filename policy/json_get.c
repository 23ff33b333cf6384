/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_get.c - looking at parsed JSON; see json.h.
 */
#include <string.h>

#include "json.h"

const struct json *json_get(const struct json *object, const char *key)
{
	const struct json *found = NULL;

	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json *e = object->first; e != NULL; e = e->next)
		if (strcmp(e->key, key) == 0)
			found = e;
	return found;
}

const char *json_kind_name(const struct json *value)
{
	static const char *const names[] = {
		[JSON_NULL] = "null",	     [JSON_FALSE] = "false",	 [JSON_TRUE] = "true",
		[JSON_NUMBER] = "a number",  [JSON_STRING] = "a string", [JSON_ARRAY] = "a list",
		[JSON_OBJECT] = "an object",
	};

	return names[value->kind];
}

bool json_number(const struct json *value, uint64_t *number)
{
	uint64_t n = 0;

	if (value->kind != JSON_NUMBER)
		return false;
	for (const char *c = value->text; *c != '\0'; c++) {
		const unsigned int digit = (unsigned int)(*c - '0');

		if (digit > 9 || n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*number = n;
	return true;
}

bool json_likely(const struct source *source)
{
	uint32_t i = 0;

	while (i < source->size && source->text[i] != '\0' && strchr(" \t\r\n", source->text[i]) != NULL)
		i++;
	return i < source->size && source->text[i] == '{';
}
