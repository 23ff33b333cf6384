/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_minijail.c - minijail's .policy files: `name: expression; action` lines, as
 * tools/compile_seccomp_policy of minijail reads them.
 *
 * An expression is alternatives (||) of conditions (&&) on arg0 to arg5; filters in braces are
 * tried in their order. `kill` kills the thread, as the compiler does it without options.
 * @frequency only makes filters quicker and is not looked at.
 */
#include <ctype.h>
#include <string.h>

#include "action_words.h"
#include "minijail.h"
#include "read.h"

/* [arch=x86_64,arm;key=value]: is riscv64 among the architectures? */
static bool take_metadata(struct scan *s, bool *ours)
{
	*ours = true;
	do {
		size_t from;
		bool is_arch, found = false;

		minijail_skip(s);
		from = s->at;
		if (scan_take_name(s, "-") == 0)
			return scan_error(s, "name[arch=riscv64]", "a key is missing here");
		is_arch = s->at - from == 4 && memcmp(s->source->text + from, "arch", 4) == 0;
		if (!minijail_expect(s, "=", "name[arch=riscv64]"))
			return false;
		do {
			minijail_skip(s);
			from = s->at;
			if (scan_take_name(s, "-") == 0)
				return scan_error(s, "name[arch=riscv64]", "a value is missing here");
			found |= s->at - from == 7 && memcmp(s->source->text + from, "riscv64", 7) == 0;
			minijail_skip(s);
		} while (scan_take(s, ","));
		*ours &= !is_arch || found;
	} while (scan_take(s, ";"));
	return minijail_expect(s, "]", "name[arch=riscv64]");
}

static bool take_call(struct minijail *m, struct scan *s, struct minijail_calls *calls)
{
	struct place at;
	bool ours = true, bad = false;
	const struct call *call;
	size_t from;

	minijail_skip(s);
	from = s->at;
	if (scan_take_name(s, "-") == 0)
		return scan_error(s, "read: allow", "the name of a call is missing here");
	if (scan_peek(s, 0) == '@')
		return scan_error(s, "name the calls of the group",
				  "groups stand in minijail's constants.json, not here");
	at = scan_place(s, from);
	minijail_skip(s);
	if (scan_take(s, "[") && !take_metadata(s, &ours))
		return false;
	if (!ours && call_by_name(s->source->text + at.offset, at.length) == NULL)
		return true; /* of another architecture, and said to be */
	call = scan_call(m->stack, m->policy, at, true, &bad);
	if (call == NULL)
		return !bad;
	calls->list = arena_grow(m->stack->arena, calls->list, calls->n, 1, sizeof(*calls->list), &calls->room);
	calls->list[calls->n++] = (struct minijail_call){ call, at, ours ? NULL : "is for other architectures" };
	return true;
}

/*
 * minijail has two parsers. To its compiler, whose filters are made here, the errno of
 * `arg0 == 1; return EPERM` is for what fits; to minijail0 itself, for what does not.
 * [minijail0(5)]
 */
static void warn_of_both(struct minijail *m, struct place filter)
{
	const char *text = filter.source->text + filter.offset;

	if (memchr(text, ';', filter.length) != NULL && memmem(text, filter.length, "return", 6) != NULL)
		note_warning(m->stack->notes, filter, "for that, write {EXPRESSION; allow, return ERRNO}",
			     "the errno is for calls that fit, as compile_seccomp_policy.py takes it; minijail0 takes "
			     "the same line for: allowed where they fit, else the errno");
}

/* name: filter, or {name, name}: {filter, filter} */
static bool take_statement(struct minijail *m, struct scan *s)
{
	struct minijail_calls calls = { .n = 0 };
	const bool several = scan_take(s, "{");
	bool braces;
	size_t from;

	do {
		if (!take_call(m, s, &calls))
			return false;
		minijail_skip(s);
	} while (several && scan_take(s, ","));
	if ((several && !minijail_expect(s, "}", "{read, write}: allow")) || !minijail_expect(s, ":", "read: allow"))
		return false;
	minijail_skip(s);
	braces = scan_take(s, "{");
	from = s->at;
	do {
		if (!minijail_filter(m, s, &calls))
			return false;
		if (!braces)
			warn_of_both(m, source_place(s->source, from, s->at - from));
		minijail_skip(s);
	} while (braces && scan_take(s, ","));
	return !braces || minijail_expect(s, "}", "{arg0 == 1; allow, return EPERM}");
}

static bool read_lines(struct minijail *m, const struct source *source);

static bool take_directive(struct minijail *m, struct scan *s)
{
	const bool include = scan_take_word(s, "@include"), frequency = !include && scan_take_word(s, "@frequency");
	const struct source *other;
	size_t from;

	minijail_skip(s);
	from = s->at;
	if (include || frequency) {
		while (s->at < s->end && !isspace((unsigned char)scan_peek(s, 0)))
			s->at++;
		if (frequency)
			return true;
		if (m->depth == MINIJAIL_DEPTH_MAX)
			return note_error(m->stack->notes, scan_place(s, from), "",
					  "files include one another too deep");
		other = scan_include(m->stack, s->source, scan_text(s, scan_place(s, from)), scan_place(s, from));
		m->depth++;
		if (other == NULL || !read_lines(m, other))
			return false;
		m->depth--;
		return true;
	}
	if (scan_take_word(s, "@denylist"))
		return true;
	if (!scan_take_word(s, "@default"))
		return scan_error(s, "@include, @default, @frequency or @denylist", "no such directive");
	minijail_skip(s);
	from = s->at;
	if (!minijail_action(m, s, &m->policy->otherwise))
		return false;
	m->policy->otherwise_at = scan_place(s, from);
	return m->policy->otherwise != SECCOMP_RET_ALLOW ||
	       note_error(m->stack->notes, m->policy->otherwise_at,
			  "kill, kill-process, kill-thread, trap or user-notify",
			  "minijail takes no default that allows");
}

static bool read_lines(struct minijail *m, const struct source *source)
{
	struct scan s = scan_source(m->stack, source);

	for (;;) {
		minijail_skip(&s);
		if (s.at == s.end)
			return true;
		if (scan_take(&s, "\n"))
			continue;
		if (!(scan_peek(&s, 0) == '@' ? take_directive(m, &s) : take_statement(m, &s)))
			return false;
		minijail_skip(&s);
		if (s.at < s.end && scan_peek(&s, 0) != '\n')
			return scan_error(&s, "one call, or one {list} of calls, a line",
					  "more than the line ought to have");
	}
}

/* Is the rest of the line behind "name:" what only minijail writes? */
static bool is_expression(struct scan *s)
{
	uint32_t ret;
	bool number;
	size_t from;

	do
		scan_skip_blanks(s);
	while (scan_take(s, "("));
	if (scan_peek(s, 0) == '{' || (scan_take(s, "arg") && isdigit((unsigned char)scan_peek(s, 0))))
		return true;
	from = s->at;
	return action_find(ACTION_MINIJAIL, s->source->text + from, scan_take_name(s, "-"), &ret, &number);
}

/* To behind the line and those that it goes on in. */
static void skip_whole_line(struct scan *s)
{
	do
		scan_skip_line(s);
	while (s->at > 1 && s->at < s->end && s->source->text[s->at - 2] == '\\');
}

static unsigned int recognise_minijail(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	unsigned int good = 0, lines = 0;

	while (s.at < s.end && lines < 64) {
		minijail_skip(&s);
		if (scan_peek(&s, 0) != '\n' && s.at < s.end) {
			lines++;
			if (scan_take_word(&s, "@include") || scan_take_word(&s, "@default") ||
			    scan_take_word(&s, "@frequency") || scan_take_word(&s, "@denylist"))
				good++;
			else if (scan_take(&s, "{") || scan_take_name(&s, "-@") > 0) {
				/* {read, write} or read[arch=riscv64] */
				while (scan_take_name(&s, "-@,{}[]=; \t") > 0)
					;
				good += scan_take(&s, ":") && is_expression(&s);
			}
		}
		skip_whole_line(&s);
	}
	return good * 2 > lines ? good * 88 / lines : 0;
}

static bool read_minijail_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct minijail m = { .stack = stack };
	struct policy *p = stack_push(stack, source->name, "minijail policy", source_whole(source));

	(void)options;
	m.policy = p;
	m.ended = arena_zalloc(stack->arena, 512 * sizeof(*m.ended));
	m.deny_list = memmem(source->text, source->size, "\n@denylist\n", 11) != NULL ||
		      (source->size > 9 && memcmp(source->text, "@denylist", 9) == 0);
	p->otherwise = m.deny_list ? SECCOMP_RET_ALLOW : SECCOMP_RET_KILL_THREAD;
	p->foreign = m.deny_list ? SECCOMP_RET_ERRNO | 1 : SECCOMP_RET_KILL_THREAD;
	return read_lines(&m, source);
}

const struct reader read_minijail = {
	.name = "minijail",
	.what = "minijail .policy file",
	.recognise = recognise_minijail,
	.read = read_minijail_file,
};
