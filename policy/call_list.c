/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_list.c - see call_list.h.
 */
#include "call_list.h"

#include <string.h>

#include "query.h"

bool call_list_read(struct invocation *in, const char *name, bool may_be_all, struct call_list *list)
{
	const char *words = option(in, name);
	struct notes notes = { .arena = &in->arena };
	struct query q;

	*list = (struct call_list){ .given = words != NULL };
	if (words == NULL)
		return true;
	list->all = may_be_all && strcmp(words, "all") == 0;
	list->nr = arena_zalloc(&in->arena, (strlen(words) + 1) * sizeof(*list->nr));
	for (const char *s = words; s != NULL && !list->all; s = *s == ',' ? s + 1 : NULL) {
		const char *word = arena_copy(&in->arena, s, strcspn(s, ","));

		if (strchr(word, '(') != NULL || !query_parse(&in->arena, &notes, word, &q)) {
			bad_usage(in, "--%s: %s: %s", name, word,
				  notes.first != NULL ? note_text(&in->arena, notes.first) : "no such call");
			return false;
		}
		list->nr[list->n++] = q.data.nr;
		s += strlen(word);
	}
	return true;
}

bool call_list_has(const struct call_list *list, int nr)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->nr[i] == nr)
			return true;
	return list->all;
}
