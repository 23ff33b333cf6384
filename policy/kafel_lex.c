/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kafel_lex.c - the words of kafel's language; see kafel.h. [kafel: src/lexer.l]
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kafel.h"

bool kafel_error(struct kafel *k, const char *hint, const char *what)
{
	k->failed = true;
	return note_error(k->stack->notes, k->token.at, hint, "%s", what);
}

const struct kafel_constant *kafel_find(const struct kafel *k, const char *name)
{
	for (const struct kafel_constant *c = k->constants; c != NULL; c = c->next)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

static void fail_at(struct kafel *k, struct place at, const char *hint, const char *what)
{
	k->token.at = at;
	k->token.kind = KAFEL_END;
	kafel_error(k, hint, what);
}

/* Skips blanks and comments; false after an error. */
static bool skip_space(struct kafel *k, struct scan *s)
{
	for (;;) {
		size_t from;

		scan_skip_space(s);
		from = s->at;
		if (scan_take(s, "//")) {
			scan_skip_line(s);
		} else if (scan_take(s, "/*")) {
			while (s->at < s->end && !scan_take(s, "*/"))
				s->at++;
			if (s->source->text[s->at - 1] != '/' || s->at < from + 4) {
				fail_at(k, source_place(s->source, from, 2), "*/", "the comment does not end");
				return false;
			}
		} else {
			return true;
		}
	}
}

/* A name of `#include "a" "b";`; what stands behind it is read when its file has ended. */
static void include_file(struct kafel *k, struct scan *s)
{
	const struct source *other;
	struct place at;
	size_t from;

	scan_skip_blanks(s);
	from = s->at + 1;
	if (!scan_take(s, "\"")) {
		fail_at(k, scan_place(s, s->at), "#include \"file.policy\"", "a name in quotes is missing here");
		return;
	}
	while (s->at < s->end && scan_peek(s, 0) != '"' && scan_peek(s, 0) != '\n')
		s->at++;
	at = scan_place(s, from);
	if (!scan_take(s, "\"")) {
		fail_at(k, at, "#include \"file.policy\"", "the name has no end");
		return;
	}
	if (k->depth == KAFEL_INCLUDE_MAX) {
		fail_at(k, at, "", "files include one another too deep");
		return;
	}
	other = scan_include(k->stack, s->source, scan_text(s, at), at);
	if (other == NULL) {
		k->failed = true;
		k->token.kind = KAFEL_END;
		return;
	}
	k->files[++k->depth] = scan_source(k->stack, other);
	kafel_next(k);
}

static void take_number(struct kafel *k, struct scan *s)
{
	const size_t from = s->at;
	const char *text;
	char *end;
	bool binary;

	scan_take(s, "-");
	scan_take_name(s, "");
	k->token.at = scan_place(s, from);
	text = scan_text(s, k->token.at);
	binary = strncmp(text, "0b", 2) == 0;
	errno = 0;
	k->token.number = strtoull(text + (binary ? 2 : 0), &end, binary ? 2 : 0);
	k->token.kind = KAFEL_NUMBER;
	if (errno == ERANGE)
		fail_at(k, k->token.at, "", "is more than 64 bits hold");
	else if (*end != '\0' || end == text)
		fail_at(k, k->token.at, "decimal, 0x hexadecimal, 0 octal, 0b binary", "this is no number");
}

void kafel_next(struct kafel *k)
{
	static const char *const signs[] = { "==", "!=", "<=", ">=", "||", "&&", "<", ">", "|", "&",
					     "[",  "]",	 "(",  ")",  "{",  "}",	 ",", "!", "#" };
	struct scan *s = &k->files[k->depth];
	size_t from;

	if (k->failed || !skip_space(k, s)) {
		k->token.kind = KAFEL_END;
		return;
	}
	if (s->at == s->end && k->depth > 0) {
		s = &k->files[--k->depth];
		scan_skip_blanks(s);
		if (scan_peek(s, 0) == '"') {
			include_file(k, s);
			return;
		}
		scan_take(s, ";");
		kafel_next(k);
		return;
	}
	from = s->at;
	k->token = (struct kafel_token){ KAFEL_END, source_place(s->source, from, 1), 0, "" };
	if (s->at == s->end)
		return;
	if (scan_take(s, "#include")) {
		include_file(k, s);
		return;
	}
	if (isdigit((unsigned char)scan_peek(s, 0)) ||
	    (scan_peek(s, 0) == '-' && isdigit((unsigned char)scan_peek(s, 1)))) {
		take_number(k, s);
		return;
	}
	if (scan_take_name(s, "") > 0) {
		k->token.kind = KAFEL_NAME;
		k->token.at = scan_place(s, from);
		k->token.text = scan_text(s, k->token.at);
		return;
	}
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!scan_take(s, signs[i]))
			continue;
		k->token = (struct kafel_token){ KAFEL_SIGN, scan_place(s, from), 0, signs[i] };
		return;
	}
	fail_at(k, source_place(s->source, from, 1), scan_peek(s, 0) == '=' ? "== compares" : "",
		"no word of kafel begins so");
}

bool kafel_take(struct kafel *k, const char *text)
{
	if ((k->token.kind != KAFEL_SIGN && k->token.kind != KAFEL_NAME) || strcmp(k->token.text, text) != 0)
		return false;
	kafel_next(k);
	return true;
}

bool kafel_expect(struct kafel *k, const char *text, const char *hint)
{
	return kafel_take(k, text) ||
	       (!k->failed && kafel_error(k, hint, arena_print(k->stack->arena, "a %s is missing here", text)));
}
