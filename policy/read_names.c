/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_names.c - plain lists of names of calls, which do not say what they are lists of: --from
 * allow-list or --from deny-list does.
 */
#include <ctype.h>
#include <string.h>

#include "read.h"
#include "scan.h"

/*
 * The next name: letters and digits, between blanks and commas, perhaps with C's SYS_ or __NR_
 * before it; behind a # is a comment. False at the end, or at something else.
 */
static bool next_name(struct scan *s, struct place *name)
{
	size_t from;

	for (;;) {
		scan_skip_space(s);
		if (scan_peek(s, 0) == '#')
			scan_skip_line(s);
		else if (!scan_take(s, ","))
			break;
	}
	from = s->at;
	if (scan_take_name(s, "") == 0)
		return false;
	from += call_prefix(s->source->text + from, s->at - from);
	*name = scan_place(s, from);
	return s->at == s->end || isspace((unsigned char)scan_peek(s, 0)) || scan_peek(s, 0) == ',' ||
	       scan_peek(s, 0) == '#';
}

/* Nothing but names, of which half or more are calls of some machine. */
static unsigned int recognise_names(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	unsigned int names = 0, calls = 0;
	struct place at;

	while (next_name(&s, &at)) {
		const char *name = source->text + at.offset;

		names++;
		calls += call_by_name(name, at.length) != NULL || call_instead(name, at.length) != NULL;
	}
	return s.at == s.end && calls > 0 && calls * 2 >= names ? 60 : 0;
}

static bool refuse_names(struct stack *stack, const struct source *source, const struct read_options *options)
{
	(void)options;
	return note_error(
		stack->notes, source_whole(source),
		"`--from allow-list` (all others are KILL_PROCESS) or `--from deny-list` (these are ERRNO(EPERM)) says which",
		"is a list of names, which does not say whether they are allowed or denied");
}

static bool read_list(struct stack *stack, const struct source *source, bool allow)
{
	struct scan s = scan_source(stack, source);
	struct policy *p = stack_push(stack, source->name, allow ? "list of allowed calls" : "list of denied calls",
				      source_whole(source));
	struct place at;
	bool bad = false;

	p->otherwise = allow ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ALLOW;
	while (next_name(&s, &at)) {
		const struct call *call = scan_call(stack, p, at, true, &bad);

		if (call != NULL)
			scan_rule(stack, p, call, allow ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | 1, at, at);
	}
	if (s.at < s.end)
		return scan_error(&s, "read write exit_group", "a name of a call is wanted here");
	return !bad;
}

static bool read_allow_list(struct stack *stack, const struct source *source, const struct read_options *options)
{
	(void)options;
	return read_list(stack, source, true);
}

static bool read_deny_list(struct stack *stack, const struct source *source, const struct read_options *options)
{
	(void)options;
	return read_list(stack, source, false);
}

static unsigned int recognise_nothing(const struct source *source)
{
	(void)source;
	return 0;
}

const struct reader read_names = {
	.name = "names",
	.what = "list of names (say allow-list or deny-list)",
	.recognise = recognise_names,
	.read = refuse_names,
};

const struct reader read_allow_names = {
	.name = "allow-list",
	.what = "list of names that are allowed",
	.recognise = recognise_nothing,
	.read = read_allow_list,
};

const struct reader read_deny_names = {
	.name = "deny-list",
	.what = "list of names that are denied",
	.recognise = recognise_nothing,
	.read = read_deny_list,
};
