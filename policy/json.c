/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json.c - a recursive parser; see json.h.
 */
#include "json.h"

#include <string.h>

#define DEPTH_MAX 64U

struct parser {
	struct arena *arena;
	struct notes *notes;
	const struct source *source;
	uint32_t at;
	unsigned int depth;
};

static bool parse_value(struct parser *p, struct json *v);

static int peek_char(const struct parser *p)
{
	return p->at < p->source->size ? (unsigned char)p->source->text[p->at] : -1;
}

static struct place place_here(const struct parser *p)
{
	return source_place(p->source, p->at, 1);
}

static void skip_blanks(struct parser *p)
{
	while (p->at < p->source->size && strchr(" \t\r\n", p->source->text[p->at]) != NULL &&
	       p->source->text[p->at] != '\0')
		p->at++;
}

/* Says what stands where WANTED should be. */
static bool json_wants(struct parser *p, const char *wanted)
{
	const int c = peek_char(p);

	if (c < 0)
		return note_error(p->notes, source_place(p->source, p->source->size > 0 ? p->source->size - 1 : 0, 1),
				  "it was cut short, or a bracket is not closed", "the file ends where %s should be",
				  wanted);
	if (c == '/' || c == '#')
		return note_error(p->notes, place_here(p),
				  "JSON has no comments; many forms have a \"comment\" key instead",
				  "%s should be here", wanted);
	if (c == '\'')
		return note_error(p->notes, place_here(p), "strings are in double quotes", "%s should be here", wanted);
	return note_error(p->notes, place_here(p), "", "%s should be here", wanted);
}

/* Four digits of a \u escape, or -1. */
static int32_t parse_hex4(struct parser *p)
{
	int32_t u = 0;

	for (int i = 0; i < 4; i++) {
		const int d = source_hex_digit(peek_char(p));

		if (d < 0)
			return -1;
		u = u << 4 | d;
		p->at++;
	}
	return u;
}

static char *put_utf8(char *out, uint32_t u)
{
	if (u < 0x80) {
		*out++ = (char)u;
	} else if (u < 0x800) {
		*out++ = (char)(0xc0 | u >> 6);
		*out++ = (char)(0x80 | (u & 0x3f));
	} else if (u < 0x10000) {
		*out++ = (char)(0xe0 | u >> 12);
		*out++ = (char)(0x80 | (u >> 6 & 0x3f));
		*out++ = (char)(0x80 | (u & 0x3f));
	} else {
		*out++ = (char)(0xf0 | u >> 18);
		*out++ = (char)(0x80 | (u >> 12 & 0x3f));
		*out++ = (char)(0x80 | (u >> 6 & 0x3f));
		*out++ = (char)(0x80 | (u & 0x3f));
	}
	return out;
}

/*
 * What stands behind a backslash, at *OUT. False: no such escape. \udc80 to \udcff
 * alone are bytes that are no UTF-8; a \u0000 or half of a pair becomes U+FFFD.
 */
static bool parse_escape(struct parser *p, char **out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const int c = peek_char(p);
	const char *found = c > 0 ? strchr(from, c) : NULL;
	int32_t u, low;

	if (found != NULL) {
		*(*out)++ = to[found - from];
		p->at++;
		return true;
	}
	if (c != 'u')
		return false;
	p->at++;
	u = parse_hex4(p);
	if (u < 0)
		return false;
	if (u >= 0xd800 && u < 0xdc00 && p->at + 1 < p->source->size && p->source->text[p->at] == '\\' &&
	    p->source->text[p->at + 1] == 'u') {
		p->at += 2;
		low = parse_hex4(p);
		if (low < 0)
			return false;
		u = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((u - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
	}
	if (u >= 0xdc80 && u <= 0xdcff)
		*(*out)++ = (char)(u & 0xff);
	else
		*out = put_utf8(*out, u == 0 || (u >= 0xd800 && u < 0xe000) ? 0xfffd : (uint32_t)u);
	return true;
}

/* A string with its quotes, from here on; *AT is where it stands. NULL after an error. */
static const char *parse_string(struct parser *p, struct place *at, const char *wanted)
{
	const uint32_t start = p->at;
	uint32_t end;
	char *text, *out;

	if (peek_char(p) != '"') {
		json_wants(p, wanted);
		return NULL;
	}
	for (end = start + 1; end < p->source->size && p->source->text[end] != '"'; end++)
		end += p->source->text[end] == '\\';
	text = out = arena_zalloc(p->arena, end - start + 1);
	p->at++;
	for (;;) {
		const int c = peek_char(p);

		if (c == '"')
			break;
		if (c < ' ') {
			note_error(p->notes, source_place(p->source, start, 1), "a closing \" is missing",
				   "the string does not end in its line");
			return NULL;
		}
		p->at++;
		if (c != '\\') {
			*out++ = (char)c;
		} else if (!parse_escape(p, &out)) {
			note_error(p->notes, place_here(p), "a backslash itself is written \\\\",
				   "no such escape in a string");
			return NULL;
		}
	}
	p->at++;
	*at = source_place(p->source, start, p->at - start);
	return text;
}

static bool parse_number(struct parser *p, struct json *v)
{
	const char *text = p->source->text + p->at;
	size_t n = text[0] == '-' ? 1 : 0;
	const size_t digits = strspn(text + n, "0123456789");

	if (digits == 0)
		return json_wants(p, "a value");
	if (text[n] == '0' && (digits > 1 || text[n + 1] == 'x'))
		return note_error(p->notes, source_place(p->source, p->at, n + strcspn(text + n, " \t\r\n,]}")),
				  "JSON's numbers are decimal, without leading zeros", "no number of JSON");
	n += digits;
	if (text[n] == '.')
		n += 1 + strspn(text + n + 1, "0123456789");
	if (text[n] == 'e' || text[n] == 'E') {
		n += text[n + 1] == '+' || text[n + 1] == '-' ? 2 : 1;
		n += strspn(text + n, "0123456789");
	}
	v->kind = JSON_NUMBER;
	v->text = arena_copy(p->arena, text, n);
	v->at = source_place(p->source, p->at, n);
	p->at += (uint32_t)n;
	return true;
}

static bool parse_word(struct parser *p, struct json *v)
{
	static const struct {
		const char *word;
		enum json_kind kind;
	} words[] = { { "null", JSON_NULL }, { "true", JSON_TRUE }, { "false", JSON_FALSE } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t n = strlen(words[i].word);

		if (strncmp(p->source->text + p->at, words[i].word, n) == 0) {
			v->kind = words[i].kind;
			v->at = source_place(p->source, p->at, n);
			p->at += (uint32_t)n;
			return true;
		}
	}
	return json_wants(p, "a value");
}

/*
 * The elements of an array (CLOSE is a bracket) or object (a brace), whose opening one stands here.
 */
static bool parse_elements(struct parser *p, struct json *v, char close)
{
	struct json **last = &v->first;
	const uint32_t start = p->at++;

	v->at = source_place(p->source, start, 1);
	if (++p->depth > DEPTH_MAX)
		return note_error(p->notes, v->at, "", "more than %u brackets in each other", DEPTH_MAX);
	skip_blanks(p);
	while (peek_char(p) != close) {
		struct json *e = arena_zalloc(p->arena, sizeof(*e));

		if (close == '}') {
			e->key = parse_string(p, &e->key_at, "a key in quotes, or }");
			if (e->key == NULL)
				return false;
			skip_blanks(p);
			if (peek_char(p) != ':')
				return json_wants(p, "a colon");
			p->at++;
			skip_blanks(p);
		}
		if (!parse_value(p, e))
			return false;
		*last = e;
		last = &e->next;
		v->n++;
		skip_blanks(p);
		if (peek_char(p) != ',' && peek_char(p) != close)
			return json_wants(p, close == '}' ? "a comma or }" : "a comma or ]");
		if (peek_char(p) == ',') {
			const struct place comma = place_here(p);

			p->at++;
			skip_blanks(p);
			if (peek_char(p) == close)
				return note_error(p->notes, comma, "no comma stands behind the last one",
						  "a comma too many");
		}
	}
	p->at++;
	p->depth--;
	return true;
}

static bool parse_value(struct parser *p, struct json *v)
{
	const int c = peek_char(p);

	if (c == '{' || c == '[') {
		v->kind = c == '{' ? JSON_OBJECT : JSON_ARRAY;
		return parse_elements(p, v, c == '{' ? '}' : ']');
	}
	if (c == '"') {
		v->kind = JSON_STRING;
		v->text = parse_string(p, &v->at, "a string");
		return v->text != NULL;
	}
	if (c == '-' || (c >= '0' && c <= '9'))
		return parse_number(p, v);
	return parse_word(p, v);
}

const struct json *json_parse(struct arena *arena, struct notes *notes, const struct source *source)
{
	struct parser p = { .arena = arena, .notes = notes, .source = source };
	struct json *v = arena_zalloc(arena, sizeof(*v));

	skip_blanks(&p);
	if (!parse_value(&p, v))
		return NULL;
	skip_blanks(&p);
	if (peek_char(&p) >= 0) {
		json_wants(&p, "the end of the file");
		return NULL;
	}
	return v;
}
