/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_firejail.c - firejail's lists: lines of a profile (seccomp, seccomp LIST, seccomp.drop LIST,
 * seccomp.keep LIST, seccomp-error-action), the same as options (--seccomp.drop=LIST), or a list
 * alone, which is then that of --seccomp=.
 *
 * `seccomp` denies @default and what is listed, `.drop` just what is listed, `.keep` everything
 * else. Calls of other architectures are allowed. [firejail(1)]
 */
#include <ctype.h>
#include <string.h>

#include "firejail.h"
#include "scan.h"
#include "seccomp.h"

/*
 * "seccomp.keep read,write" or "--seccomp.keep=read,write": the name and what
 * follows; false for another setting.
 */
static bool split_setting(struct scan *s, struct place *name, struct place *value)
{
	size_t from;

	scan_skip_blanks(s);
	scan_take(s, "firejail ");
	scan_skip_blanks(s);
	scan_take(s, "--");
	from = s->at;
	scan_take_name(s, ".-");
	if (s->at - from < 7 || memcmp(s->source->text + from, "seccomp", 7) != 0)
		return false;
	*name = scan_place(s, from);
	if (!scan_take(s, "=") && !isspace((unsigned char)scan_peek(s, 0)) && s->at < s->end)
		return false;
	scan_skip_blanks(s);
	from = s->at;
	while (s->at < s->end && !isspace((unsigned char)scan_peek(s, 0)) && scan_peek(s, 0) != '#')
		s->at++;
	*value = source_place(s->source, from, s->at - from);
	value->length = (uint32_t)(s->at - from);
	return true;
}

/* Lines that make a filter of firejail's which is none of a list. */
static void warn_of_line(struct firejail *r, struct scan s)
{
	static const char *const others[] = { "protocol", "memory-deny-write-execute", "restrict-namespaces" };
	struct place word;
	size_t from;

	scan_skip_blanks(&s);
	from = s.at;
	scan_take_name(&s, "-");
	word = scan_place(&s, from);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (firejail_is(word, others[i]))
			note_warning(r->stack->notes, word, "",
				     "%s makes a filter of its own in firejail, which is not made here", others[i]);
}

/* @clock,mkdir,!chroot,unlinkat:ENOENT: a list that stands alone, as behind --seccomp=. */
static bool take_bare_list(struct scan *s, struct place *list)
{
	size_t from;

	scan_skip_space(s);
	from = s->at;
	while (s->at < s->end &&
	       (isalnum((unsigned char)scan_peek(s, 0)) || strchr("@!$_,:-", scan_peek(s, 0)) != NULL))
		s->at++;
	*list = source_place(s->source, from, s->at - from);
	list->length = (uint32_t)(s->at - from);
	scan_skip_space(s);
	/* Names alone could be what is allowed. */
	return s->at == s->end && strcspn(s->source->text + from, "@!:") < list->length;
}

static void take_line(struct firejail *r, struct place name, struct place value, bool errors)
{
	if (errors) {
		if (firejail_is(name, "seccomp-error-action"))
			r->denied = firejail_take_answer(r, value, true);
		return;
	}
	if (firejail_is(name, "seccomp.block-secondary") || firejail_is(name, "seccomp.32") ||
	    firejail_is(name, "seccomp.32.drop") || firejail_is(name, "seccomp.32.keep"))
		note_note(r->stack->notes, name, "", "%.*s is about 32-bit calls, and riscv64 has none",
			  (int)name.length, name.source->text + name.offset);
	else if (firejail_is(name, "seccomp"))
		firejail_push_list(r, FIREJAIL_DEFAULT_AND_DROP, value, name);
	else if (firejail_is(name, "seccomp.drop") && value.length > 0)
		firejail_push_list(r, FIREJAIL_DROP, value, name);
	else if (firejail_is(name, "seccomp.keep") && value.length > 0)
		firejail_push_list(r, FIREJAIL_KEEP, value, name);
	else if (!firejail_is(name, "seccomp-error-action"))
		r->bad = !note_error(r->stack->notes, name,
				     "seccomp LIST, seccomp.drop LIST, seccomp.keep LIST or seccomp-error-action",
				     "no setting of firejail's, or its list is missing");
}

static unsigned int recognise_firejail(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct place name, value;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	while (s.at < s.end) {
		if (split_setting(&s, &name, &value) &&
		    (firejail_is(name, "seccomp") || firejail_is(name, "seccomp.drop") ||
		     firejail_is(name, "seccomp.keep")))
			return 89;
		scan_skip_line(&s);
	}
	s.at = 0;
	return take_bare_list(&s, &value) && firejail_is_list(value) ? 89 : 0;
}

static bool read_firejail_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct firejail r = { stack, source, SECCOMP_RET_ERRNO | 1, false };
	const unsigned int depth = stack->depth;

	struct scan bare = scan_source(stack, source);
	struct place list;

	(void)options;
	if (take_bare_list(&bare, &list)) {
		firejail_push_list(&r, FIREJAIL_DEFAULT_AND_DROP, list, list);
		return !r.bad;
	}
	for (unsigned int pass = 0; pass < 2; pass++) {
		struct scan s = scan_source(stack, source);
		struct place name, value;

		while (s.at < s.end) {
			const struct scan line = s;

			if (split_setting(&s, &name, &value))
				take_line(&r, name, value, pass == 0);
			else if (pass == 0)
				warn_of_line(&r, line);
			scan_skip_line(&s);
		}
	}
	if (!r.bad && stack->depth == depth)
		return note_error(stack->notes, source_whole(source), "seccomp.drop mount,ptrace",
				  "has no line of seccomp");
	return !r.bad;
}

const struct reader read_firejail = {
	.name = "firejail",
	.what = "firejail profile, option, or list of calls and @groups",
	.recognise = recognise_firejail,
	.read = read_firejail_file,
};
