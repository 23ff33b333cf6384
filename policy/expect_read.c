/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expect_read.c - see expect.h: reading the file.
 */
#include "expect.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "action_words.h"
#include "build.h"
#include "constants.h"
#include "json.h"

static const struct {
	const char *word;
	enum expectation kind;
} others[] = {
	{ "never", EXPECT_NEVER },
	{ "same-as", EXPECT_SAME },
	{ "never-weaker-than", EXPECT_NEVER_WEAKER },
	{ "weaker-never", EXPECT_NEVER_WEAKER },
	{ "run", EXPECT_RUN },
};

static struct place part_of_line(struct place whole, size_t offset, size_t length)
{
	return source_place(whole.source, whole.offset + offset, length);
}

static const char *in_folder(struct arena *arena, const char *folder, const char *name)
{
	return *name == '/' ? name : arena_print(arena, "%s%s", folder, name);
}

/* The quote that ends what the one at S begins; NULL: there is none, or S is no quote. */
static const char *quote_end(const char *s)
{
	return *s == '"' || *s == '\'' ? strchr(s + 1, *s) : NULL;
}

const char *expect_word(struct arena *arena, const char **s, size_t *length)
{
	const char *at = *s + strspn(*s, " \t"), *first = at, *word = "";

	if (*at == '\0')
		return NULL;
	while (*at != '\0' && *at != ' ' && *at != '\t') {
		const char *end = at == first || at[-1] == '=' ? quote_end(at) : NULL;

		word = end != NULL ? arena_print(arena, "%s%.*s", word, (int)(end - at - 1), at + 1)
				   : arena_print(arena, "%s%c", word, *at);
		at = end != NULL ? end + 1 : at + 1;
	}
	*length = (size_t)(at - first);
	*s = at;
	return word;
}

/* Has every quote that begins a word of the line an end? */
static bool check_quotes(struct invocation *in, const char *words, struct place at)
{
	const char *s = words;
	size_t length;

	while (expect_word(&in->arena, &s, &length) != NULL) {
		const char *word = s - length;

		if ((*word == '"' || *word == '\'') && quote_end(word) == NULL)
			return note_error(&in->notes, part_of_line(at, (size_t)(word - words), 1),
					  "a name with blanks stands between two quotes of a kind: \"my policy.json\"",
					  "this quote has no end");
	}
	return true;
}

/* How long is the line's text, up to a `#` that begins a comment? */
static size_t text_length(const char *text)
{
	const size_t n = strcspn(text, "\n");
	size_t i = 0;

	while (i < n && text[i] != '#') {
		const bool begins = i == 0 || strchr(" \t=(,", text[i - 1]) != NULL;
		const char *end = begins ? quote_end(text + i) : NULL;

		i = end != NULL && end < text + n ? (size_t)(end - text) + 1 : i + 1;
	}
	return i < n ? i : n;
}

bool expect_read_files(struct invocation *in, struct stack *stack, const char *folder, const char *words)
{
	const struct read_options how = reading(in);
	bool good = true;

	const char *s = words, *word;
	size_t length;

	while ((word = expect_word(&in->arena, &s, &length)) != NULL)
		good = read_file(stack, in_folder(&in->arena, folder, word), &how) && good;
	return good;
}

/* What the line's first word means; *REST is behind it. False after an error note. */
static bool read_head(struct invocation *in, struct expect *e, const char *line, const char **rest)
{
	const size_t n = strcspn(line, " \t");
	const char *s = line + n + strspn(line + n, " \t");
	uint64_t value;
	size_t bad, bad_length;
	bool number;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strlen(others[i].word) == n && strncmp(others[i].word, line, n) == 0) {
			e->kind = others[i].kind;
			*rest = s;
			return true;
		}
	if (!action_find(ACTION_TEST, line, n, &e->action, &number))
		return note_error(&in->notes, e->at,
				  arena_print(&in->arena,
					      "a line begins with policy, %s, never, same-as, never-weaker-than or run",
					      action_proposals(&in->arena, ACTION_TEST)),
				  "this line says nothing that can be tested");
	e->kind = EXPECT_ANSWER;
	e->any_data = true;
	/* A word between the action and the call is the action's data. */
	if (strcspn(s, " \t(") < strcspn(s, "(") && s[strcspn(s, " \t")] != '\0') {
		const size_t length = strcspn(s, " \t");

		if (constant_evaluate(s, length, &value, &bad, &bad_length) != NULL || value > SECCOMP_RET_DATA)
			return note_error(&in->notes, part_of_line(e->at, (size_t)(s - line), length),
					  "one call a line; before it, an errno's name or a number up to 65535",
					  "no such number: %.*s", (int)length, s);
		e->data = (uint32_t)value;
		e->any_data = false;
		s += length + strspn(s + length, " \t");
	}
	*rest = s;
	return true;
}

/* Names the policies of a stack; one that is not there is an error of the line. */
static bool read_tested(struct invocation *in, struct test_file *to, const char *words, struct place at)
{
	const char *s = words, *word;
	size_t length;

	while ((word = expect_word(&in->arena, &s, &length)) != NULL) {
		const char *name = in_folder(&in->arena, to->folder, word);

		if (access(name, F_OK) != 0)
			return note_error(&in->notes, part_of_line(at, (size_t)(s - words) - length, length),
					  s - length == words && *s != '\0' ? "a name with blanks stands in quotes"
									    : "",
					  "%s: %s", name, strerror(errno));
	}
	return expect_read_files(in, &to->stack, to->folder, words);
}

/* What is wrong with the call is said of its place in the line. */
static bool read_call(struct invocation *in, struct expect *e, struct place at)
{
	struct notes notes = { .arena = &in->arena };

	if (query_parse(&in->arena, &notes, e->words, &e->call))
		return true;
	for (const struct note *n = notes.first; n != NULL; n = n->next)
		note_error(&in->notes, part_of_line(at, n->at.offset, n->at.length), n->hint, "%s", n->text);
	return false;
}

static bool read_line(struct invocation *in, struct test_file *to, struct expect ***last, const char *line,
		      struct place at)
{
	struct expect *e;

	if (strncmp(line, "policy", 6) == 0 && isspace((unsigned char)line[6])) {
		const size_t n = 6 + strspn(line + 6, " \t");

		return check_quotes(in, line + n, part_of_line(at, n, at.length - n)) &&
		       read_tested(in, to, line + n, part_of_line(at, n, at.length - n));
	}
	e = arena_zalloc(&in->arena, sizeof(*e));
	e->text = line;
	e->at = at;
	if (!read_head(in, e, line, &e->words))
		return false;
	if (*e->words == '\0')
		return note_error(&in->notes, at, "see portcullis help test",
				  "something is missing behind the first word");
	if ((e->kind == EXPECT_ANSWER || e->kind == EXPECT_NEVER) &&
	    !read_call(in, e, part_of_line(at, (size_t)(e->words - line), 0)))
		return false;
	if (e->kind != EXPECT_ANSWER && e->kind != EXPECT_NEVER &&
	    !check_quotes(in, e->words, part_of_line(at, (size_t)(e->words - line), 0)))
		return false;
	**last = e;
	*last = &e->next;
	to->n++;
	return true;
}

bool expect_read(struct invocation *in, const char *name, struct test_file *to)
{
	struct expect **last = &to->first;
	const char *slash = strrchr(name, '/');
	bool good = true;

	*to = (struct test_file){ .source = source_read(&in->arena, &in->notes, name), .stack = new_stack(in) };
	to->folder = slash == NULL ? "" : arena_copy(&in->arena, name, (size_t)(slash - name) + 1);
	if (to->source != NULL && *to->source->text == '{')
		return note_error(&in->notes, source_whole(to->source),
				  "a test names it in a line `policy FILE`, and then says what must hold",
				  "is a policy, not a test of one");
	for (const char *s = to->source == NULL ? "" : to->source->text; *s != '\0';) {
		const size_t whole = strcspn(s, "\n");
		const char *text = s + strspn(s, " \t");
		size_t n = text_length(text);

		while (n > 0 && isspace((unsigned char)text[n - 1]))
			n--;
		if (n > 0 && text < s + whole)
			good = read_line(in, to, &last, arena_copy(&in->arena, text, n),
					 source_place(to->source, (size_t)(text - to->source->text), n)) &&
			       good;
		s += whole + (s[whole] == '\n');
	}
	if (to->source != NULL && good && to->stack.depth == 0)
		good = note_error(&in->notes, source_whole(to->source), "write `policy FILE` first",
				  "no policy is named");
	return to->source != NULL && good;
}
