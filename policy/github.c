/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * github.c - see github.h.
 */
#include "github.h"

#include <string.h>

/* Escapes what would end the value; in a property, a comma and a colon would, too. */
static void put_value(FILE *to, const char *text, bool property)
{
	for (; *text != '\0'; text++) {
		if (strchr(property ? "%\r\n:," : "%\r\n", *text) != NULL)
			fprintf(to, "%%%02X", (unsigned int)*text);
		else
			fputc(source_shown((unsigned char)*text), to);
	}
}

void github_print(FILE *to, enum note_kind kind, struct place at, const char *text)
{
	static const char *const kinds[] = {
		[NOTE_ERROR] = "error",
		[NOTE_WARNING] = "warning",
		[NOTE_NOTE] = "notice",
	};
	unsigned int line, column;

	source_line(at, &line, &column);
	fprintf(to, "::%s", kinds[kind]);
	if (at.source != NULL) {
		fputs(" file=", to);
		put_value(to, at.source->name, true);
	}
	if (line > 0)
		fprintf(to, ",line=%u,col=%u", line, source_character(at));
	fputs("::", to);
	put_value(to, text, false);
	fputc('\n', to);
}

void github_notes(FILE *to, const struct notes *notes, enum note_kind least)
{
	for (const struct note *n = notes->first; n != NULL; n = n->next)
		if (n->kind <= least)
			github_print(to, n->kind, n->at, note_text(notes->arena, n));
}
