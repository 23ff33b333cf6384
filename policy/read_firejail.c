/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_firejail.c - firejail's lists: lines of a profile (seccomp, seccomp LIST, seccomp.drop LIST,
 * seccomp.keep LIST, seccomp-error-action), the same as options (--seccomp.drop=LIST), or a list
 * alone, which is then that of --seccomp=.
 *
 * `seccomp` denies @default and what is listed, `.drop` just what is listed, `.keep` everything
 * else. Calls of other architectures are allowed, but with seccomp.block-secondary. [firejail(1)]
 */
#include <ctype.h>
#include <string.h>

#include "firejail.h"
#include "scan.h"
#include "seccomp.h"

/* Is an option next, as behind the command's name, and no line of a profile? Takes its dashes. */
static bool take_dashes(struct scan *s)
{
	scan_skip_blanks(s);
	scan_take(s, "firejail ");
	scan_skip_blanks(s);
	return scan_take(s, "--");
}

/*
 * "seccomp.keep read,write", to the end of the line, or "--seccomp.keep=read,write", to a blank:
 * the name and what follows; false for another setting.
 */
static bool split_setting(struct scan *s, struct place *name, struct place *value)
{
	const bool option = take_dashes(s);
	size_t from = s->at;

	scan_take_name(s, ".-");
	if (s->at - from < 7 || memcmp(s->source->text + from, "seccomp", 7) != 0)
		return false;
	*name = scan_place(s, from);
	if (!scan_take(s, "=") && !isspace((unsigned char)scan_peek(s, 0)) && s->at < s->end)
		return false;
	scan_skip_blanks(s);
	from = s->at;
	while (s->at < s->end && strchr(option ? "\n#\r \t" : "\n#", scan_peek(s, 0)) == NULL)
		s->at++;
	*value = source_place(s->source, from, s->at - from);
	value->length = (uint32_t)(s->at - from);
	while (value->length > 0 && isspace((unsigned char)value->source->text[value->offset + value->length - 1]))
		value->length--;
	return true;
}

/* From a setting to the next one: on the same line if it is an option. */
static void skip_setting(struct scan *s, size_t from)
{
	s->at = from;
	if (!take_dashes(s)) {
		scan_skip_line(s);
		return;
	}
	while (s->at < s->end && !isspace((unsigned char)scan_peek(s, 0)))
		s->at++;
	scan_skip_blanks(s);
	scan_take(s, "\n");
}

/* Other lines: some make a filter which is none of a list, or bring other lines. */
static void take_other_line(struct firejail *r, struct scan s, bool *includes)
{
	static const char *const others[] = { "protocol", "memory-deny-write-execute", "restrict-namespaces" };
	struct place word;
	size_t from;

	scan_skip_blanks(&s);
	from = s.at;
	scan_take_name(&s, "-");
	word = scan_place(&s, from);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (place_is(word, others[i]))
			note_warning(r->stack->notes, word, "",
				     "%s makes a filter of its own in firejail, which is not made here", others[i]);
	r->debuggers |= place_is(word, "allow-debuggers");
	if (place_is(word, "include") && !*includes) {
		*includes = true;
		note_warning(r->stack->notes, word, "look there for lines of seccomp", "included files are not read");
	}
}

static bool is_of_list(char c)
{
	return isalnum((unsigned char)c) || (c != '\0' && strchr("@!$_,:-", c) != NULL);
}

/* A character that is none of a list's; firejail does not start then. */
static bool check_list(struct firejail *r, struct place list)
{
	for (uint32_t i = list.offset; i < list.offset + list.length; i++)
		if (!is_of_list(list.source->text[i]))
			return note_error(r->stack->notes, source_place(list.source, i, 1),
					  "names with commas between, and no blanks: read,write",
					  "firejail takes no such character in a list");
	return true;
}

/* @clock,mkdir,!chroot,unlinkat:ENOENT: a list that stands alone, as behind --seccomp=. */
static bool take_bare_list(struct scan *s, struct place *list)
{
	size_t from;

	scan_skip_space(s);
	from = s->at;
	while (s->at < s->end && is_of_list(scan_peek(s, 0)))
		s->at++;
	*list = source_place(s->source, from, s->at - from);
	list->length = (uint32_t)(s->at - from);
	scan_skip_space(s);
	/* Names alone could be what is allowed. */
	return s->at == s->end && strcspn(s->source->text + from, "@!:") < list->length;
}

/* A line of a list: where its name stands, and the list. */
struct line {
	struct place name, value;
};

static void take_list(struct firejail *r, struct line lines[FIREJAIL_KINDS], enum firejail_kind kind, struct line line)
{
	if (lines[kind].name.source != NULL && kind != FIREJAIL_DEFAULT)
		note_warning(r->stack->notes, lines[kind].name, "write one list",
			     "a later line of that kind takes the place of this one");
	lines[kind] = line;
	r->bad |= !check_list(r, line.value);
}

static void take_line(struct firejail *r, struct line lines[FIREJAIL_KINDS], struct line line)
{
	const struct place name = line.name;

	r->secondary |= place_is(name, "seccomp.block-secondary");
	if (place_is(name, "seccomp.block-secondary"))
		note_warning(r->stack->notes, name, "",
			     "denies calls of other architectures; that it denies personality, too, is not made here");
	else if (place_is(name, "seccomp.32") || place_is(name, "seccomp.32.drop") || place_is(name, "seccomp.32.keep"))
		note_note(r->stack->notes, name, "", "%.*s is about 32-bit calls, and riscv64 has none",
			  (int)name.length, name.source->text + name.offset);
	else if (place_is(name, "seccomp"))
		take_list(r, lines, line.value.length > 0 ? FIREJAIL_DEFAULT_AND_DROP : FIREJAIL_DEFAULT, line);
	else if (place_is(name, "seccomp.drop") && line.value.length > 0)
		take_list(r, lines, FIREJAIL_DROP, line);
	else if (place_is(name, "seccomp.keep") && line.value.length > 0)
		take_list(r, lines, FIREJAIL_KEEP, line);
	else if (place_is(name, "seccomp-error-action"))
		r->denied = firejail_take_answer(r, line.value, true);
	else
		r->bad = !note_error(r->stack->notes, name,
				     "seccomp LIST, seccomp.drop LIST, seccomp.keep LIST or seccomp-error-action",
				     "no setting of firejail's, or its list is missing");
}

/* The filter of the strongest kind; firejail makes one only. */
static void push_line(struct firejail *r, const struct line lines[FIREJAIL_KINDS])
{
	int kind = FIREJAIL_KEEP;

	while (kind >= 0 && lines[kind].name.source == NULL)
		kind--;
	if (kind < 0) {
		r->bad = !note_error(r->stack->notes, source_whole(r->source), "seccomp.drop mount,ptrace",
				     "has no line of seccomp");
		return;
	}
	for (int other = FIREJAIL_DEFAULT_AND_DROP; other < kind; other++)
		if (lines[other].name.source != NULL)
			note_warning(r->stack->notes, lines[other].name, "firejail makes one filter of all lines",
				     "%.*s takes the place of this list", (int)lines[kind].name.length,
				     r->source->text + lines[kind].name.offset);
	firejail_push_list(r, (enum firejail_kind)kind, lines[kind].value, lines[kind].name);
}

static unsigned int recognise_firejail(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct place name, value;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	while (s.at < s.end) {
		const size_t from = s.at;

		if (split_setting(&s, &name, &value) &&
		    (place_is(name, "seccomp") || place_is(name, "seccomp.drop") || place_is(name, "seccomp.keep") ||
		     place_is(name, "seccomp.32") || place_is(name, "seccomp.32.drop") ||
		     place_is(name, "seccomp.32.keep")))
			return 89;
		skip_setting(&s, from);
	}
	s.at = 0;
	return take_bare_list(&s, &value) && firejail_is_list(value) ? 89 : 0;
}

static bool read_firejail_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct firejail r = { .stack = stack, .source = source, .denied = SECCOMP_RET_ERRNO | 1 };
	struct line lines[FIREJAIL_KINDS] = { 0 }, line;
	struct scan s = scan_source(stack, source), at = s;
	bool includes = false;

	(void)options;
	if (take_bare_list(&at, &line.value)) {
		firejail_push_list(&r, FIREJAIL_DEFAULT_AND_DROP, line.value, line.value);
		return !r.bad;
	}
	while (s.at < s.end) {
		at = s;
		if (split_setting(&s, &line.name, &line.value))
			take_line(&r, lines, line);
		else
			take_other_line(&r, at, &includes);
		skip_setting(&s, at.at);
	}
	if (!r.bad)
		push_line(&r, lines);
	return !r.bad;
}

const struct reader read_firejail = {
	.name = "firejail",
	.what = "firejail profile, option, or list of calls and @groups",
	.recognise = recognise_firejail,
	.read = read_firejail_file,
};
