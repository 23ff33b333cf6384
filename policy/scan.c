/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan.c - see scan.h.
 */
#include "scan.h"

#include <ctype.h>
#include <string.h>
#include <sys/stat.h>

struct scan scan_source(struct stack *stack, const struct source *source)
{
	return (struct scan){ stack, source, 0, source->size };
}

char scan_peek(const struct scan *s, size_t n)
{
	return s->at + n < s->end ? s->source->text[s->at + n] : '\0';
}

void scan_skip_blanks(struct scan *s)
{
	while (scan_peek(s, 0) == ' ' || scan_peek(s, 0) == '\t' || scan_peek(s, 0) == '\r')
		s->at++;
}

void scan_skip_space(struct scan *s)
{
	while (isspace((unsigned char)scan_peek(s, 0)))
		s->at++;
}

void scan_skip_line(struct scan *s)
{
	while (s->at < s->end && s->source->text[s->at] != '\n')
		s->at++;
	if (s->at < s->end)
		s->at++;
}

bool scan_take(struct scan *s, const char *text)
{
	const size_t n = strlen(text);

	if (s->end - s->at < n || memcmp(s->source->text + s->at, text, n) != 0)
		return false;
	s->at += n;
	return true;
}

bool scan_skip_comment(struct scan *s)
{
	if (scan_take(s, "//")) {
		scan_skip_line(s);
		return true;
	}
	if (!scan_take(s, "/*"))
		return false;
	while (s->at < s->end && !scan_take(s, "*/"))
		s->at++;
	return true;
}

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

bool scan_take_word(struct scan *s, const char *text)
{
	const size_t from = s->at;

	if (scan_take(s, text) && !is_name(scan_peek(s, 0)))
		return true;
	s->at = from;
	return false;
}

size_t scan_take_name(struct scan *s, const char *more)
{
	const size_t from = s->at;

	while (is_name(scan_peek(s, 0)) || (scan_peek(s, 0) != '\0' && strchr(more, scan_peek(s, 0)) != NULL))
		s->at++;
	return s->at - from;
}

struct place scan_place(const struct scan *s, size_t from)
{
	return source_place(s->source, from, s->at > from ? s->at - from : 1);
}

const char *scan_text(const struct scan *s, struct place at)
{
	return arena_copy(s->stack->arena, at.source->text + at.offset, at.length);
}

bool scan_error(const struct scan *s, const char *hint, const char *what)
{
	return note_error(s->stack->notes, source_place(s->source, s->at < s->end ? s->at : s->end, 1), hint, "%s",
			  what);
}

const struct call *scan_call(struct stack *stack, struct policy *p, struct place at, bool strict, bool *bad)
{
	const char *name = arena_copy(stack->arena, at.source->text + at.offset, at.length);
	const struct call *call = call_by_name(name, strlen(name));
	const char *advice;

	if (call != NULL)
		return call;
	if (!strict || call_instead(name, strlen(name)) != NULL) {
		policy_add_missing(stack, p, name, at);
		return NULL;
	}
	advice = call_advice(stack->arena, name, strlen(name));
	note_error(stack->notes, at, advice != NULL ? advice : "`portcullis names` lists the calls of riscv64",
		   "there is no call of that name: %s", name);
	*bad = true;
	return NULL;
}

bool scan_value(struct stack *stack, struct place at, uint64_t *value)
{
	size_t bad, length;
	const char *wrong = constant_evaluate(at.source->text + at.offset, at.length, value, &bad, &length);
	const char *word, *near;

	if (wrong == NULL)
		return true;
	word = at.source->text + at.offset + bad;
	near = constant_nearest(word, length);
	near = near != NULL ? near : call_nearest(word, length);
	return note_error(stack->notes, source_place(at.source, at.offset + bad, length > 0 ? length : 1),
			  near != NULL && !isdigit((unsigned char)*word)
				  ? arena_print(stack->arena, "did you mean %s?", near)
				  : "a number, or a constant of Linux's headers as O_RDONLY, AUDIT_ARCH_RISCV64",
			  "%s: %.*s", wrong, (int)length, word);
}

bool scan_errno(struct stack *stack, struct place at, uint32_t max, uint32_t *value)
{
	uint64_t number = 0;

	if (!scan_value(stack, at, &number))
		return false;
	if (number > max)
		return note_error(stack->notes, at, arena_print(stack->arena, "a number of 0 to %u", (unsigned int)max),
				  "no errno is %.*s", (int)at.length, at.source->text + at.offset);
	*value = (uint32_t)number;
	return true;
}

/* Is the file one of those that are being read? */
static bool is_owner(const struct source *owner, const struct stat *file)
{
	struct stat st;

	for (; owner != NULL; owner = owner->owner)
		if (stat(owner->name, &st) == 0 && st.st_dev == file->st_dev && st.st_ino == file->st_ino)
			return true;
	return false;
}

const struct source *scan_include(struct stack *stack, const struct source *owner, const char *name, struct place at)
{
	const char *slash = strrchr(owner->name, '/');
	const char *path = name;
	const struct source *read;
	struct source *included;
	struct stat st;

	if (name[0] != '/' && slash != NULL)
		path = arena_print(stack->arena, "%.*s/%s", (int)(slash - owner->name), owner->name, name);
	if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) {
		note_error(stack->notes, at, "its name counts from the folder of the file that includes it",
			   "cannot include %s: no such file", path);
		return NULL;
	}
	if (is_owner(owner, &st)) {
		note_error(stack->notes, at, "take the line away",
			   "%s is being read already: files include one another", path);
		return NULL;
	}
	read = source_read(stack->arena, stack->notes, path);
	if (read == NULL)
		return NULL;
	included = arena_zalloc(stack->arena, sizeof(*included));
	*included = *read;
	included->owner = owner;
	return included;
}

struct rule *scan_rule(struct stack *stack, struct policy *p, const struct call *call, uint32_t ret, struct place at,
		       struct place name_at)
{
	struct rule *r = policy_add_rule(stack, p, at);

	r->every_call = call == NULL;
	r->name = call != NULL ? call->name : NULL;
	r->nr = call != NULL ? call->nr : 0;
	r->ret = ret;
	r->name_at = name_at;
	return r;
}
