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

/*
 * "filters=": "0", or "N:HASH" with the hash in lower-case hexadecimal. Said twice, it must say the
 * same.
 */
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

/* "at=": "exec", "start", or "main:BYTES", the decimal distance from the entry point to main. */
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

uint32_t options_fault_of_boot(const char *text)
{
	static const char word[] = "faults=boot:";
	const char *at = strstr(text, word);

	return at != NULL ? options_number(at + strlen(word)) : 0;
}

/* "faults=": "RATE:SEED" */
static void faults_option(const char *text)
{
	const char *colon = strchr(text, ':');

	if (strncmp(text, "at:", 3) == 0) {
		options.fault_at = options_number(text + 3);
		return;
	}
	options.faults_rate = options_number(text);
	options.faults_seed = colon != NULL ? options_number(colon + 1) : 0;
}

/* Is WORD "NAME=VALUE"? Then *WHERE points to VALUE. */
static bool is_value(const char *word, const char *name, const char **where)
{
	const size_t n = strlen(name);

	if (strncmp(word, name, n) != 0 || word[n] != '=')
		return false;
	*where = word + n + 1;
	return true;
}

/* Words that set the first program's surroundings. */
static bool surroundings_option(const char *word)
{
	const char *value;
	unsigned n = 0;

	if (is_value(word, "rlimit", &value)) {
		while (n < OPTIONS_RLIMITS && options.rlimits[n] != NULL)
			n++;
		if (n == OPTIONS_RLIMITS)
			refuse("main: command line: more than %u words \"rlimit=\"", OPTIONS_RLIMITS);
		options.rlimits[n] = value;
		return true;
	}
	return is_value(word, "uid", &options.uid) || is_value(word, "gid", &options.gid) ||
	       is_value(word, "groups", &options.groups) || is_value(word, "caps", &options.caps) ||
	       is_value(word, "cwd", &options.cwd) || is_value(word, "hostname", &options.hostname);
}

/* "stdin=pipe", "stdin=file", "stdin=null", "stdout=pipe", "stderr=pipe" */
static bool stdio_option(const char *word)
{
	static const char *const names[3] = { "stdin", "stdout", "stderr" };
	const char *value;

	for (unsigned fd = 0; fd < 3; fd++) {
		if (!is_value(word, names[fd], &value))
			continue;
		if (strcmp(value, "pipe") == 0)
			options.stdio[fd] = STDIO_PIPE;
		else if (fd == 0 && strcmp(value, "file") == 0)
			options.stdio[fd] = STDIO_FILE;
		else if (fd == 0 && strcmp(value, "null") == 0)
			options.stdio[fd] = STDIO_NULL;
		else
			refuse("main: command line: \"%s\" is not known here", word);
		options.streams = options.streams || (fd > 0 && options.stdio[fd] == STDIO_PIPE);
		return true;
	}
	return false;
}

/* [unknown_bootoption] */
static void environment_option(const char *word)
{
	const size_t name = strcspn(word, "=.");
	unsigned n = 0;

	if (word[name] == '.' && strchr(word, '=') != NULL)
		return; /* a name with a dot is a parameter of one of Linux's modules */
	if (word[name] != '=' || name == 0) {
		printk("main: command line: \"%s\" is not known here\n", word);
		return;
	}
	while (n < OPTIONS_ENV && options.env[n] != NULL && strncmp(options.env[n], word, name + 1) != 0)
		n++;
	if (n == OPTIONS_ENV)
		refuse("main: command line: more than %u words for the environment", OPTIONS_ENV);
	options.env[n] = word;
}

static void take_option(char *word)
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
	else if (strncmp(word, "deadline=", 9) == 0)
		options.deadline = options_number(word + 9);
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
	else if (!surroundings_option(word) && !stdio_option(word))
		environment_option(word);
}

/* Removes the quotes around WORD, or around what follows its =. [next_arg] */
static char *unquote_word(char *word, char *end)
{
	char *value = strchr(word, '=');

	if (*word == '"') {
		word++;
		if (end > word && end[-1] == '"')
			end[-1] = '\0';
	} else if (value != NULL && value[1] == '"') {
		if (end[-1] == '"' && end - 1 > value + 1)
			end[-1] = '\0';
		memmove(value + 1, value + 2, strlen(value + 2) + 1);
	}
	return word;
}

void options_read(char *text)
{
	for (char *word = text; *word;) {
		char *end = word;
		bool quoted = false;

		for (; *end && (quoted || (*end != ' ' && *end != '\n')); end++)
			quoted ^= *end == '"';

		const char was = *end;

		*end = 0;
		if (*word)
			take_option(unquote_word(word, end));
		word = was ? end + 1 : end;
	}
}
