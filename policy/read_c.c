/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_c.c - a C array of struct sock_filter: { code, jt, jf, k }, with or without names of fields,
 * BPF_STMT() and BPF_JUMP(), and expressions of Linux's constants, offsetof(struct seccomp_data,
 * ...), __NR_ numbers and the file's own #define lines.
 *
 * The elements may also stand alone, as a listing, or in lines of `strace -v`: each filter that was
 * installed there is one of a stack; or in a list of Rust, Go or JSON, with names of fields. Macros
 * with arguments are the compiler's business: `cc -E` resolves them.
 */
#include <ctype.h>
#include <string.h>

#include "c_insn.h"
#include "c_value.h"
#include "read.h"

struct array {
	struct place name; /* length 0: it has none */
	size_t at;	   /* behind the opening brace */
	const char *close; /* NULL: the file is the list */
};

/* Behind Go's `[]unix.SockFilter` of which the last word begins at FROM: is this its brace? */
static bool take_go_array(struct scan *s, size_t from, struct array *found)
{
	const char *text = s->source->text;
	size_t before = from;

	while (before > 0 && (isalnum((unsigned char)text[before - 1]) || strchr("_.", text[before - 1]) != NULL))
		before--;
	if (s->at - from != 10 || memcmp(text + from, "SockFilter", 10) != 0 || before == 0 ||
	    text[before - 1] != ']' || !scan_take(s, "{"))
		return false;
	*found = (struct array){ source_place(s->source, from, 10), s->at, "}" };
	return true;
}

/* Finds the next `sock_filter NAME[...] = {`, or Go's. */
static bool find_array(struct scan *s, struct array *found)
{
	while (s->at < s->end) {
		size_t from;

		c_skip(s);
		from = s->at;
		if (scan_take_name(s, "") == 0) {
			s->at++;
			continue;
		}
		if (take_go_array(s, from, found))
			return true;
		if (s->at - from != 11 || memcmp(s->source->text + from, "sock_filter", 11) != 0)
			continue;
		c_skip(s);
		from = s->at;
		if (scan_take_name(s, "") == 0)
			continue;
		found->name = scan_place(s, from);
		c_skip(s);
		if (!scan_take(s, "["))
			continue;
		while (s->at < s->end && scan_peek(s, 0) != ']')
			s->at++;
		s->at += s->at < s->end;
		c_skip(s);
		if (!scan_take(s, "="))
			continue;
		c_skip(s);
		if (!scan_take(s, "{"))
			continue;
		found->at = s->at;
		found->close = "}";
		return true;
	}
	return false;
}

/* Finds the next {len=9, filter=[BPF_STMT(...), ...]} of strace's; with -X raw, [{0x6, 0, 0, 0}. */
static bool find_traced(struct scan *s, struct array *found)
{
	static const char word[] = "filter=[";
	const char *text = s->source->text + s->at, *begin = memmem(text, s->end - s->at, "filter=[BPF_", 12);

	if (begin == NULL)
		begin = memmem(text, s->end - s->at, "filter=[{", 9);
	if (begin == NULL)
		return false;
	s->at = (size_t)(begin - s->source->text) + sizeof(word) - 1;
	*found = (struct array){ source_place(s->source, s->at - sizeof(word) + 1, 6), s->at, "]" };
	return true;
}

/* Skips what is between elements. What the preprocessor would leave out cannot be known. */
static bool skip_between(struct scan *s)
{
	static const char *const conditionals[] = { "if", "else", "elif", "endif" };
	const size_t from = s->at;
	struct scan in = *s;

	c_skip(s);
	in.end = s->at;
	for (in.at = from; in.at < in.end; scan_skip_line(&in)) {
		size_t at;

		scan_skip_space(&in);
		at = in.at;
		if (!scan_take(&in, "#"))
			continue;
		scan_skip_blanks(&in);
		for (size_t i = 0; i < sizeof(conditionals) / sizeof(conditionals[0]); i++)
			if (scan_take(&in, conditionals[i]))
				return note_error(s->stack->notes, scan_place(&in, at),
						  "give what `cc -E` makes of the file",
						  "whether this part counts is up to the preprocessor");
	}
	return true;
}

/* The elements of an array, or of a file that is nothing else. */
static bool read_elements(struct scan *s, const struct array *array)
{
	struct sock_filter *insns = NULL;
	struct place *places = NULL;
	size_t n = 0, room = 0, room_places = 0;
	const bool bare = array->close == NULL;
	const char *name = s->source->name;

	s->at = array->at;
	for (;;) {
		size_t from;

		if (!skip_between(s))
			return false;
		if (s->at == s->end && bare)
			break;
		if (!bare && scan_take(s, array->close))
			break;
		from = s->at;
		insns = arena_grow(s->stack->arena, insns, n, 1, sizeof(*insns), &room);
		places = arena_grow(s->stack->arena, places, n, 1, sizeof(*places), &room_places);
		insns[n] = (struct sock_filter){ 0 };
		if (!c_take_insn(s, &insns[n]))
			return false;
		places[n++] = scan_place(s, from);
		if (!skip_between(s))
			return false;
		if (!scan_take(s, ",") &&
		    !(bare ? s->at == s->end || scan_take(s, ";") : scan_peek(s, 0) == *array->close))
			return scan_error(s, "", "a comma is missing here");
	}
	if (array->name.length > 0)
		name = arena_print(s->stack->arena, "%s (%s)", name, scan_text(s, array->name));
	return push_program(s->stack, name, "C array", s->source, insns, n, places);
}

/* Finds the first `[ NAME { code: 6, ...` of Rust or JSON, or `{ NAME{Code: 6, ...` of Go. */
static bool find_labelled(struct scan *s, struct array *found)
{
	const char *text = s->source->text;

	for (const char *brace = text; (brace = memchr(brace, '{', s->end - (size_t)(brace - text))) != NULL; brace++) {
		struct scan in = *s;
		size_t at = (size_t)(brace - text);

		in.at = at + 1;
		c_skip(&in);
		if (!c_is_labelled(&in))
			continue;
		while (at > 0 && (isspace((unsigned char)text[at - 1]) || isalnum((unsigned char)text[at - 1]) ||
				  strchr("_.:&", text[at - 1]) != NULL))
			at--;
		if (at == 0 || (text[at - 1] != '[' && text[at - 1] != '{'))
			continue;
		*found = (struct array){ .at = at, .close = text[at - 1] == '[' ? "]" : "}" };
		return true;
	}
	return false;
}

static unsigned int recognise_c(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct array array;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	if (find_array(&s, &array))
		return 75;
	s.at = 0;
	if (find_traced(&s, &array))
		return 75;
	s.at = 0;
	if (find_labelled(&s, &array))
		return 75;
	c_skip(&s);
	if (scan_take_word(&s, "BPF_STMT") || scan_take_word(&s, "BPF_JUMP"))
		return 75;
	if (!scan_take(&s, "{"))
		return 0;
	c_skip(&s);
	return isdigit((unsigned char)scan_peek(&s, 0)) || scan_peek(&s, 0) == '.' ? 75 : 0;
}

static bool read_c_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct scan s = scan_source(stack, source);
	struct array array = { .at = 0 }, chosen = { .at = 0 };
	const char *names = "";
	unsigned int n = 0;

	for (; options->select == NULL && find_traced(&s, &array); n++)
		if (!read_elements(&s, &array))
			return false;
	if (n > 0)
		return true;
	while (find_array(&s, &array)) {
		const char *name = scan_text(&s, array.name);

		names = arena_print(stack->arena, "%s%s%s", names, n > 0 ? ", " : "", name);
		if (n++ == 0 || (options->select != NULL && strcmp(options->select, name) == 0))
			chosen = array;
	}
	if (options->select != NULL && (n == 0 || strcmp(options->select, scan_text(&s, chosen.name)) != 0))
		return note_error(stack->notes, source_whole(source), arena_print(stack->arena, "there are: %s", names),
				  "has no array of struct sock_filter of the name %s", options->select);
	s.at = 0;
	if (n == 0)
		find_labelled(&s, &chosen);
	if (n > 1 && options->select == NULL)
		return note_error(stack->notes, array.name,
				  arena_print(stack->arena, "`--select NAME` says which one: %s", names),
				  "has %u arrays of struct sock_filter", n);
	return read_elements(&s, &chosen);
}

const struct reader read_c = {
	.name = "c",
	.what = "array of sock_filter in C, Rust, Go or JSON; lines of strace -v",
	.recognise = recognise_c,
	.read = read_c_file,
};
