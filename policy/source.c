/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source.c - reading files, counting lines; see source.h.
 */
#include "source.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of standard input, in a file without a name that takes its place. */
static bool keep_input(void)
{
	const int fd = memfd_create("input", MFD_CLOEXEC);
	char part[65536];
	ssize_t n = -1;

	while (fd >= 0 && (n = read(STDIN_FILENO, part, sizeof(part))) > 0)
		if (write(fd, part, (size_t)n) != n)
			n = -1;
	if (n == 0 && dup2(fd, STDIN_FILENO) < 0)
		n = -1;
	if (fd >= 0)
		close(fd);
	return n == 0;
}

int source_open(const char *name)
{
	struct stat st;

	if (strcmp(name, "-") != 0)
		return open(name, O_RDONLY | O_CLOEXEC);
	if (fstat(STDIN_FILENO, &st) != 0 || (!S_ISREG(st.st_mode) && !keep_input()))
		return -1;
	return dup(STDIN_FILENO);
}

/* The mark that says UTF-8, which some editors write first, is no part of the text. */
static void set_text(struct source *s, const char *text, size_t n)
{
	const size_t mark = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

	s->text = text + mark;
	s->size = (uint32_t)(n - mark);
}

struct source *source_text(struct arena *arena, const char *name, const char *text, size_t n)
{
	struct source *s = arena_zalloc(arena, sizeof(*s));

	s->name = source_shown_text(arena, name);
	set_text(s, text, n);
	return s;
}

const struct source *source_read(struct arena *arena, struct notes *notes, const char *name)
{
	const bool standard = strcmp(name, "-") == 0;
	struct source *s = source_text(arena, standard ? "<stdin>" : name, "", 0);
	FILE *f = standard ? stdin : fopen(name, "rb");
	size_t room = 0, n = 0, got;
	char *text = NULL;
	int err;

	if (f == NULL) {
		note_error(notes, source_whole(s), "", "%s", strerror(errno));
		return NULL;
	}
	errno = 0;
	do {
		text = arena_grow(arena, text, n, 4096, 1, &room);
		got = fread(text + n, 1, room - n - 1, f);
		n += got;
	} while (got > 0 && n <= SOURCE_MAX);
	err = ferror(f) ? errno : 0;
	if (!standard)
		fclose(f);
	if (err != 0 || n > SOURCE_MAX) {
		note_error(notes, source_whole(s), "", "%s", err != 0 ? strerror(err) : "is longer than 16 MiB");
		return NULL;
	}
	text[n] = '\0';
	set_text(s, text, n);
	return s;
}

struct place source_place(const struct source *source, size_t offset, size_t length)
{
	return (struct place){ source, (uint32_t)offset, length > 0 ? (uint32_t)length : 1 };
}

struct place place_trimmed(struct place at)
{
	while (at.length > 1 && isspace((unsigned char)at.source->text[at.offset + at.length - 1]))
		at.length--;
	return at;
}

bool place_is(struct place at, const char *word)
{
	return at.length == strlen(word) && memcmp(at.source->text + at.offset, word, at.length) == 0;
}

bool place_is_caseless(struct place at, const char *word)
{
	return at.length == strlen(word) && strncasecmp(at.source->text + at.offset, word, at.length) == 0;
}

struct place source_whole(const struct source *source)
{
	return (struct place){ source, 0, 0 };
}

void source_line(struct place at, unsigned int *line, unsigned int *column)
{
	const struct source *s = at.source;

	*line = *column = 0;
	if (s == NULL || at.length == 0)
		return;
	*line = *column = 1;
	for (uint32_t i = 0; i < at.offset && i < s->size; i++) {
		++*column;
		if (s->text[i] == '\n') {
			++*line;
			*column = 1;
		}
	}
}

unsigned int source_character(struct place at)
{
	unsigned int line, column, characters = 1;

	source_line(at, &line, &column);
	/* Bytes of the form 10xxxxxx go on with a character. */
	for (uint32_t i = 1; i < column; i++)
		characters += (at.source->text[at.offset - i] & 0xc0) != 0x80;
	return characters;
}

const char *source_where(struct arena *arena, struct place at)
{
	unsigned int line, column;

	if (at.source == NULL)
		return "";
	source_line(at, &line, &column);
	if (line == 0)
		return at.source->name;
	return arena_print(arena, "%s:%u:%u", at.source->name, line, column);
}

int source_hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20; /* to lower case */
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}
