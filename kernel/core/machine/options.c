/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.c - see options.h. The words of the kernel command line.
 */
#include "options.h"

#include <string.h>

#include <portcullis/events.h>

#include "console.h"
#include "panic.h"
#include "sha256.h"

struct options options = { .init = "/bin/tour" };

/* The decimal number that TEXT begins with. */
static uint16_t options_number(const char *text)
{
	unsigned n = 0;

	while (*text >= '0' && *text <= '9' && n < UINT16_MAX / 10)
		n = n * 10 + (unsigned)(*text++ - '0');
	return (uint16_t)n;
}

/* "0", or "N:HASH" with the hash in lower-case hexadecimal. Said twice, it must be the same. */
static void filters_option(const char *text)
{
	const char *at = text;
	uint64_t n = 0;

	while (*at >= '0' && *at <= '9' && n <= UINT32_MAX)
		n = n * 10 + (uint64_t)(*at++ - '0');
	if (at == text || n > UINT32_MAX ||
	    (n == 0 ? *at != '\0'
		    : *at != ':' || strspn(at + 1, "0123456789abcdef") != SHA256_HEX || at[1 + SHA256_HEX] != '\0'))
		refuse("main: command line: \"filters=%s\" is not \"filters=0\" or \"filters=NUMBER:SHA256\"", text);
	if (options.filters_known && (options.filters != n || (n > 0 && strcmp(options.filters_hash, at + 1) != 0)))
		refuse("main: command line: there are two different words \"filters=\"");
	options.filters_known = true;
	options.filters = (uint32_t)n;
	options.filters_hash = at + 1;
}

/* "exec", "start", or "main:BYTES" with the way from the entry point to main, in decimal. */
static void at_option(const char *text)
{
	const bool minus = strncmp(text, "main:-", 6) == 0;
	const char *digit = text + (minus ? 6 : 5);
	int64_t bytes = 0;

	if (strcmp(text, "exec") == 0 || strcmp(text, "start") == 0) {
		options.filters_at = text[0] == 'e' ? AT_EXEC : AT_START;
		return;
	}
	if (strncmp(text, "main:", 5) != 0 || *digit == '\0' || strspn(digit, "0123456789") != strlen(digit) ||
	    strlen(digit) > 15)
		refuse("main: command line: \"at=%s\" is not \"at=exec\", \"at=start\" or \"at=main:BYTES\"", text);
	while (*digit != '\0')
		bytes = bytes * 10 + (*digit++ - '0');
	options.filters_at = AT_MAIN;
	options.main_from_entry = minus ? -bytes : bytes;
}

/* "RATE:SEED" */
static void faults_option(const char *text)
{
	const char *colon = strchr(text, ':');

	options.faults_rate = options_number(text);
	options.faults_seed = colon != NULL ? options_number(colon + 1) : 0;
}

static void option(char *word)
{
	if (strncmp(word, "init=", 5) == 0)
		options.init = word + 5;
	else if (strncmp(word, "filters=", 8) == 0)
		filters_option(word + 8);
	else if (strcmp(word, "rw") == 0)
		options.root_writable = true;
	else if (strncmp(word, "at=", 3) == 0)
		at_option(word + 3);
	else if (strcmp(word, "explain") == 0)
		options.explain = true;
	else if (strcmp(word, "private=on") == 0)
		options.private = true;
	else if (strcmp(word, "newline=bare") == 0)
		options.bare_newline = true;
	else if (strcmp(word, "input=pipe") == 0)
		options.piped = true;
	else if (strcmp(word, "input=none") == 0)
		options.no_input = true;
	else if (strncmp(word, "rows=", 5) == 0)
		options.rows = options_number(word + 5);
	else if (strncmp(word, "columns=", 8) == 0)
		options.columns = options_number(word + 8);
	else if (strncmp(word, "budget=", 7) == 0)
		options.budget = options_number(word + 7);
	else if (strncmp(word, "faults=", 7) == 0)
		faults_option(word + 7);
	else if (strcmp(word, "fail-nth") == 0)
		options.fail_nth = true;
	else if (strcmp(word, "events=refused") == 0)
		options.events |= EVENTS_REFUSED;
	else if (strcmp(word, "events=all") == 0)
		options.events |= EVENTS_REFUSED | EVENTS_ALL;
	else if (strcmp(word, "events=results") == 0)
		options.events |= EVENTS_REFUSED | EVENTS_RESULTS;
	else if (strcmp(word, "events=count") == 0)
		options.events |= EVENTS_COUNT;
	else if (strcmp(word, "leakcheck") == 0)
		options.leakcheck = true;
	else
		printk("main: command line: \"%s\" is not known here\n", word);
}

void options_read(char *text)
{
	for (char *word = text; *word;) {
		char *end = word;

		while (*end && *end != ' ' && *end != '\n')
			end++;

		const char was = *end;

		*end = 0;
		if (*word)
			option(word);
		word = was ? end + 1 : end;
	}
}
