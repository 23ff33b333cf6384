/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expect_run.c - `run PROGRAM ARG... => status N, refused: NAME, NAME`: boots
 * the program under the policies.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action_words.h"
#include "calls.h"
#include "expect.h"
#include "names.h"
#include "run.h"
#include "say.h"

#define WORDS_MAX 256U

struct wanted {
	const char *words[WORDS_MAX]; /* of the command */
	unsigned int n;
	int status; /* -1: any */
	bool refused_known;
	const char *refused; /* names, with commas and blanks between them */
};

/* NULL, or what is wrong. */
static const char *parse_wanted(struct arena *arena, const char *text, struct wanted *w)
{
	const char *s = text, *word;
	size_t length;

	*w = (struct wanted){ .status = -1 };
	while ((word = expect_word(arena, &s, &length)) != NULL && strncmp(s - length, "=>", 2) != 0)
		if (w->n < WORDS_MAX)
			w->words[w->n++] = word;
	if (word == NULL)
		return "`=> status N` is missing";
	if (w->n == 0)
		return "no PROGRAM is named";
	text = s - length;
	s = strstr(text, "status ");
	if (s != NULL)
		w->status = atoi(s + 7);
	s = strstr(text, "refused:");
	w->refused_known = s != NULL;
	w->refused = s == NULL ? "" : s + 8;
	return s == NULL && w->status < 0 ? "behind `=>` stands `status N`, `refused: NAMES` or both" : NULL;
}

static bool names_hold(const char *names, const char *name)
{
	for (const char *s = names; *s != '\0';) {
		const size_t skip = strspn(s, ", \t"), n = strcspn(s + skip, ", \t");

		if (n > 0 && strlen(name) == n && strncmp(s + skip, name, n) == 0)
			return true;
		s += skip + n;
	}
	return false;
}

/* What was refused and is not named, or is named and was not refused; NULL: as it should be. */
static const char *compare_refused(struct arena *arena, const struct wanted *w, const struct recorded_call *calls)
{
	for (const struct recorded_call *c = calls; c != NULL; c = c->next)
		if (!action_runs(c->ret) && !names_hold(w->refused, say_call_name(arena, (uint32_t)c->data.nr)))
			return arena_print(arena, "%s was answered %s", c->text, say_answer(arena, c->ret));
	for (const char *s = w->refused; *s != '\0';) {
		const size_t skip = strspn(s, ", \t"), n = strcspn(s + skip, ", \t");
		const char *name = arena_copy(arena, s + skip, n);
		bool found = n == 0;

		for (const struct recorded_call *c = calls; c != NULL && !found; c = c->next)
			found = !action_runs(c->ret) && strcmp(name, say_call_name(arena, (uint32_t)c->data.nr)) == 0;
		if (!found)
			return arena_print(arena, "%s was not refused", name);
		s += skip + n;
	}
	return NULL;
}

struct verdict_of_test expect_run(struct invocation *in, const struct test_file *file, const struct expect *e)
{
	char events[] = "/tmp/portcullis.XXXXXX";
	const char *arguments[2 * WORDS_MAX], *why;
	struct recorded_call *calls = NULL;
	struct wanted w;
	unsigned int n = 0;
	int fd, status;

	why = parse_wanted(&in->arena, e->words, &w);
	if (why != NULL)
		return (struct verdict_of_test){ ASK_NO, why, true };
	fd = mkstemp(events);
	if (fd < 0)
		return (struct verdict_of_test){ ASK_UNDECIDED, "no file for the run's events can be made", false };
	close(fd);
	arguments[n++] = "--events";
	arguments[n++] = events;
	for (const struct policy *p = file->stack.oldest; p != NULL && n < WORDS_MAX; p = p->newer) {
		/* A file that holds several policies is named once. */
		if (p->at.source == NULL || (n >= 2 && strcmp(arguments[n - 1], p->at.source->name) == 0))
			continue;
		arguments[n++] = "-f";
		arguments[n++] = p->at.source->name;
	}
	arguments[n++] = "--";
	for (unsigned int i = 0; i < w.n; i++)
		arguments[n++] = w.words[i];
	status = run_program(arguments, n, true);
	if (status >= 0 && w.refused_known)
		why = calls_read(in, events, &calls) ? compare_refused(&in->arena, &w, calls)
						     : "its events cannot be read";
	unlink(events);
	if (status < 0)
		return (struct verdict_of_test){ ASK_UNDECIDED, "the program was not run", false };
	if (w.status >= 0 && status != w.status)
		why = arena_print(&in->arena, "the exit status is %d", status);
	return (struct verdict_of_test){ why == NULL ? ASK_YES : ASK_NO, why, false };
}
