/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * options.c - reads the words of the kernel command line into `options`: see options.h. A word that
 * cannot be what the user meant ends the boot: refuse().
 */
#include "options.h"

#include <stddef.h>
#include <string.h>

#include <portcullis/events.h>

#include "console.h"
#include "panic.h"
#include "sha256.h"

struct options options;

/* The decimal number with which TEXT begins. Ends the boot if there is none, or one above 65535. */
static uint16_t options_number(const char *text)
{
	const char *digit = text;
	uint32_t n = 0;

	while (*digit >= '0' && *digit <= '9' && n <= UINT16_MAX)
		n = n * 10 + (uint32_t)(*digit++ - '0');
	if (digit == text || n > UINT16_MAX)
		refuse("main: command line: \"%s\" does not begin with a number up to 65535", text);
	return (uint16_t)n;
}

/*
 * The value of "filters=": "0", or "N:HASH" with the hash in lower-case hexadecimal. If the word is
 * there twice, both must say the same.
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

/*
 * The value of "at=": "exec", "start", or "main:BYTES", the decimal distance from entry point to
 * main.
 */
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

/* The hexadecimal number with which *TEXT begins; *TEXT goes on behind it. */
static uint64_t hexadecimal_value(const char **text)
{
	static const char digits[] = "0123456789abcdef";
	uint64_t n = 0;
	const char *digit;

	for (; **text != '\0' && (digit = strchr(digits, **text)) != NULL; ++*text)
		n = n << 4 | (uint64_t)(digit - digits);
	return n;
}

bool options_initrdmem(const char *text, uint64_t *start, uint64_t *size)
{
	static const char word[] = " initrdmem=0x";
	const char *at = strstr(text, word);

	if (at == NULL)
		return false;
	at += strlen(word);
	*start = hexadecimal_value(&at);
	if (strncmp(at, ",0x", 3) != 0)
		refuse("main: command line: initrdmem is not \"initrdmem=0xSTART,0xSIZE\"");
	at += 3;
	*size = hexadecimal_value(&at);
	return true;
}

/* Called for a word that only tests use: ends the boot of an image built with KASSERTS=0. */
static void check_tests(void)
{
	if (!KASSERTS)
		refuse("main: this image was built without what tests it (KASSERTS=0)");
}

/* The value of "faults=": "RATE:SEED", or "at:N". "boot:N" is options_fault_of_boot()'s. */
static void faults_option(const char *text)
{
	const char *colon = strchr(text, ':');

	check_tests();
	if (strncmp(text, "boot:", 5) == 0)
		return;
	if (strncmp(text, "at:", 3) == 0) {
		options.fault_at = options_number(text + 3);
		return;
	}
	options.faults_rate = options_number(text);
	options.faults_seed = colon != NULL ? options_number(colon + 1) : 0;
}

static void rlimit_option(const char *text)
{
	unsigned n = 0;

	while (n < OPTIONS_RLIMITS && options.rlimits[n] != NULL)
		n++;
	if (n == OPTIONS_RLIMITS)
		refuse("main: command line: more than %u words \"rlimit=\"", OPTIONS_RLIMITS);
	options.rlimits[n] = text;
	options.surroundings = true;
}

/*
 * Takes a WORD that is no option: NAME=VALUE is for the program's environment. [unknown_bootoption]
 */
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

/*
 * What a word stores in its field of `options`: true, bits that are added, how a standard stream is
 * connected, the number or the text behind the "=".
 */
enum kind { FLAG, BITS, STREAM, NUMBER, TEXT };

#define AT(member) offsetof(struct options, member)
#define FOR_TESTS 128
#define FOR_IDS 64

static const struct word {
	char text[16];	    /* the word; of NUMBER and TEXT, what stands before the value */
	uint16_t at;	    /* offset of the field */
	uint8_t kind, bits; /* BITS, STREAM: the value; others: 0, FOR_TESTS or FOR_IDS */
} words[] = {
	{ "rw", AT(root_writable), FLAG, 0 },
	{ "explain", AT(explain), FLAG, 0 },
	{ "private=on", AT(private), FLAG, 0 },
	{ "newline=bare", AT(bare_newline), FLAG, 0 },
	{ "input=none", AT(no_input), FLAG, 0 },
	{ "fail-nth", AT(fail_nth), FLAG, FOR_TESTS },
	{ "leakcheck", AT(leakcheck), FLAG, FOR_TESTS },
	{ "events=refused", AT(events), BITS, EVENTS_REFUSED },
	{ "events=all", AT(events), BITS, EVENTS_REFUSED | EVENTS_ALL },
	{ "events=results", AT(events), BITS, EVENTS_REFUSED | EVENTS_RESULTS },
	{ "events=count", AT(events), BITS, EVENTS_COUNT },
	{ "stdin=pipe", AT(stdio[0]), STREAM, STDIO_PIPE },
	{ "stdin=file", AT(stdio[0]), STREAM, STDIO_FILE },
	{ "stdin=null", AT(stdio[0]), STREAM, STDIO_NULL },
	{ "stdout=pipe", AT(stdio[1]), STREAM, STDIO_PIPE },
	{ "stderr=pipe", AT(stdio[2]), STREAM, STDIO_PIPE },
	{ "rows=", AT(rows), NUMBER, 0 },
	{ "columns=", AT(columns), NUMBER, 0 },
	{ "budget=", AT(budget), NUMBER, FOR_TESTS },
	{ "deadline=", AT(deadline), NUMBER, 0 },
	{ "init=", AT(init), TEXT, 0 },
	{ "uid=", AT(uid), TEXT, FOR_IDS },
	{ "gid=", AT(gid), TEXT, FOR_IDS },
	{ "groups=", AT(groups), TEXT, FOR_IDS },
	{ "caps=", AT(caps), TEXT, FOR_IDS },
	{ "cwd=", AT(cwd), TEXT, FOR_IDS },
	{ "hostname=", AT(hostname), TEXT, FOR_IDS },
	{ "initrdmem=", AT(initrdmem), TEXT, 0 },
};

static bool is_word(const struct word *w, const char *word)
{
	return w->kind < NUMBER ? strcmp(word, w->text) == 0 : strncmp(word, w->text, strlen(w->text)) == 0;
}

static void take_word(const struct word *w, const char *value)
{
	void *const at = (char *)&options + w->at;

	if (w->bits == FOR_TESTS)
		check_tests();
	options.surroundings |= w->kind == TEXT && w->bits == FOR_IDS;
	switch ((enum kind)w->kind) {
	case FLAG:
		*(bool *)at = true;
		break;
	case BITS:
		*(uint32_t *)at |= w->bits;
		break;
	case STREAM:
		*(enum stdio *)at = (enum stdio)w->bits;
		break;
	case NUMBER:
		*(uint16_t *)at = options_number(value);
		break;
	case TEXT:
		*(const char **)at = value;
		break;
	}
}

/*
 * Words that need a function of their own. The last three have none: any value but those in words[]
 * is refused.
 */
static const struct {
	const char *name;
	void (*take)(const char *value);
} longer[] = {
	{ "filters=", filters_option },
	{ "at=", at_option },
	{ "faults=", faults_option },
	{ "rlimit=", rlimit_option },
	{ "stdin=", NULL },
	{ "stdout=", NULL },
	{ "stderr=", NULL },
};

static void take_option(char *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(&words[i], word)) {
			take_word(&words[i], word + strlen(words[i].text));
			return;
		}
	for (size_t i = 0; i < sizeof(longer) / sizeof(longer[0]); i++) {
		const size_t n = strlen(longer[i].name);

		if (strncmp(word, longer[i].name, n) != 0)
			continue;
		if (longer[i].take == NULL)
			refuse("main: command line: \"%s\" is not known here", word);
		longer[i].take(word + n);
		return;
	}
	environment_option(word);
}

/*
 * Removes the quotes around WORD, which ends at END, or around its value. Returns the word.
 * [next_arg]
 */
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
	options.streams = options.stdio[1] == STDIO_PIPE || options.stdio[2] == STDIO_PIPE;
}
