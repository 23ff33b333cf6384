/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notes.c - errors, warnings and notes about a policy, collected and shown; see source.h.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "say.h"
#include "source.h"

#define SHOWN_MAX 200U	     /* bytes of a line that are shown */
#define NOTES_SHOWN_MAX 100U /* of each kind */
#define TEXT_MAX 2000U	     /* bytes of a message, in which a name of the file may be */

static void __attribute__((format(printf, 5, 0)))
add_note(struct notes *notes, enum note_kind kind, struct place at, const char *hint, const char *format, va_list args)
{
	struct note *n = arena_zalloc(notes->arena, sizeof(*n));

	n->kind = kind;
	n->at = at;
	n->hint = hint;
	n->text = arena_vprint(notes->arena, format, args);
	notes->errors += kind == NOTE_ERROR;
	notes->warnings += kind == NOTE_WARNING;
	if (notes->last != NULL)
		notes->last->next = n;
	else
		notes->first = n;
	notes->last = n;
}

#define NOTE_FUNCTION(name, kind)                                                                  \
	bool name(struct notes *notes, struct place at, const char *hint, const char *format, ...) \
	{                                                                                          \
		va_list args;                                                                      \
                                                                                                   \
		va_start(args, format);                                                            \
		add_note(notes, kind, at, hint, format, args);                                     \
		va_end(args);                                                                      \
		return false;                                                                      \
	}
NOTE_FUNCTION(note_error, NOTE_ERROR)
NOTE_FUNCTION(note_warning, NOTE_WARNING)
NOTE_FUNCTION(note_note, NOTE_NOTE)

int source_shown(unsigned char c)
{
	return (c < ' ' && c != '\t') || c == 0x7f ? '?' : c;
}

char *source_shown_text(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text, strlen(text));

	for (char *c = copy; *c != '\0'; c++)
		*c = (char)source_shown((unsigned char)*c);
	return copy;
}

/* TEXT from COLUMN on, and the end of the line; on a terminal several lines, with INDENT. */
static void put_shown(FILE *to, struct arena *arena, const char *text, size_t column, const char *indent)
{
	const char *shown = source_shown_text(arena, text);

	if (strlen(shown) > TEXT_MAX)
		shown = arena_print(arena, "%.*s...", (int)TEXT_MAX, shown);
	if (isatty(fileno(to)))
		say_words(to, shown, column, indent);
	else
		fprintf(to, "%s\n", shown);
}

void complain_about(const char *format, va_list args)
{
	char *text;

	if (vasprintf(&text, format, args) < 0)
		abort();
	for (const char *c = text; *c != '\0'; c++)
		fputc(*c == '\n' ? *c : source_shown((unsigned char)*c), stderr);
	free(text);
}

void complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain_about(format, args);
	va_end(args);
}

const char *note_text(struct arena *arena, const struct note *note)
{
	const size_t n = strlen(note->text);
	const bool asks = n > 0 && strchr("?:", note->text[n - 1]) != NULL;

	if (*note->hint == '\0')
		return note->text;
	return arena_print(arena, "%s%s %s", note->text, asks ? "" : ";", note->hint);
}

/* Of the bytes of a character of UTF-8, only the first. */
static bool begins_character(char c)
{
	return (c & 0xc0) != 0x80;
}

/* The line of a place, and below it a caret with a wave to the end of the place or the line. */
static void print_line(FILE *to, struct place at, unsigned int line)
{
	const char *text = at.source->text, *end;
	uint32_t start = at.offset <= at.source->size ? at.offset : at.source->size;
	uint32_t from = start, n;

	while (from > 0 && text[from - 1] != '\n')
		from--;
	/* A very long line is shown around the place. */
	if (start - from > SHOWN_MAX / 2)
		from = start - SHOWN_MAX / 2;
	end = memchr(text + from, '\n', at.source->size - from);
	n = (uint32_t)(end != NULL ? end - (text + from) : (ptrdiff_t)(at.source->size - from));
	if (n > SHOWN_MAX)
		n = SHOWN_MAX;
	fprintf(to, "%5u | ", line);
	for (uint32_t i = from; i < from + n; i++)
		fputc(source_shown((unsigned char)text[i]), to);
	fputs("\n      | ", to);
	for (uint32_t i = from; i < start; i++)
		if (begins_character(text[i]))
			fputc(text[i] == '\t' ? '\t' : ' ', to);
	fputc('^', to);
	for (uint32_t i = start + 1; i < start + at.length && i < from + n; i++)
		if (begins_character(text[i]))
			fputc('~', to);
	fputc('\n', to);
}

/* Is the file text that can be shown by lines? */
static bool is_text(const struct source *s)
{
	return memchr(s->text, '\0', s->size) == NULL;
}

void source_print_line(FILE *to, struct place at)
{
	unsigned int line, column;

	source_line(at, &line, &column);
	if (line > 0 && is_text(at.source))
		print_line(to, at, line);
}

static void print_note(FILE *to, struct notes *notes, const struct note *n)
{
	static const char *const kinds[] = {
		[NOTE_ERROR] = "error",
		[NOTE_WARNING] = "warning",
		[NOTE_NOTE] = "note",
	};

	unsigned int line, column;
	const char *where = source_where(notes->arena, n->at), *text;

	source_line(n->at, &line, &column);
	text = arena_print(notes->arena, "%s: %s: %s", n->at.source == NULL ? "portcullis" : where, kinds[n->kind],
			   line == 0 ? note_text(notes->arena, n) : n->text);
	put_shown(to, notes->arena, text, 0, "    ");
	source_print_line(to, n->at);
	if (line > 0 && *n->hint != '\0') {
		fputs("      = ", to);
		put_shown(to, notes->arena, n->hint, 8, "        ");
	}
}

void notes_print(FILE *to, struct notes *notes, enum note_kind least)
{
	unsigned int shown[NOTE_NOTE + 1] = { 0 }, more = 0;

	for (const struct note *n = notes->first; n != NULL; n = n->next) {
		if (n->kind > least)
			continue;
		if (shown[n->kind]++ < NOTES_SHOWN_MAX)
			print_note(to, notes, n);
		else
			more++;
	}
	if (more > 0)
		fprintf(to, "portcullis: %u more of these\n", more);
	notes->first = notes->last = NULL;
}
