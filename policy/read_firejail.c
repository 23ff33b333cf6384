/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_firejail.c - firejail's lists: lines of a profile (seccomp, seccomp LIST, seccomp.drop LIST,
 * seccomp.keep LIST, seccomp-error-action) or the same as options (--seccomp.drop=LIST). A list is
 * names, @groups, !exceptions and name:ERRNO, with commas between.
 *
 * `seccomp` denies @default and what is listed, `.drop` just what is listed, `.keep` everything
 * else. Calls of other architectures are allowed. What firejail itself still calls,
 * @default-keep, is denied only after execve, by a second filter; here both are one.
 * [firejail(1); firejail: src/fseccomp/seccomp.c]
 */
#include <ctype.h>
#include <string.h>

#include "read.h"
#include "scan.h"

static const struct {
	const char *name, *members;
} groups[] = {
#define GROUP(name, members) { name, members },
#include "firejail_groups.def"
#undef GROUP
};

struct reading {
	struct stack *stack;
	const struct source *source;
	uint32_t denied;
	bool bad;
};

enum kind { DEFAULT_AND_DROP, DROP, KEEP };

static const char *find_group(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strlen(groups[i].name) == n && memcmp(groups[i].name, name, n) == 0)
			return groups[i].members;
	return NULL;
}

static void add_members(struct reading *r, struct policy *p, const char *members, uint32_t ret, struct place at)
{
	while (*members != '\0') {
		const size_t n = strcspn(members, " ");
		const char *inner = find_group(members, n);
		const struct call *call = call_by_name(members, n);

		if (inner != NULL)
			add_members(r, p, inner, ret, at);
		else if (call != NULL)
			scan_rule(r->stack, p, call, ret, at, at);
		members += n + (members[n] == ' ');
	}
}

static uint32_t take_errno(struct reading *r, struct place at)
{
	uint32_t number = 0;

	if (at.length == 4 && memcmp(at.source->text + at.offset, "kill", 4) == 0)
		return SECCOMP_RET_KILL_THREAD;
	if (at.length == 3 && memcmp(at.source->text + at.offset, "log", 3) == 0)
		return SECCOMP_RET_LOG;
	if (!scan_errno(r->stack, at, 4095, &number))
		r->bad = true;
	return SECCOMP_RET_ERRNO | number;
}

/* One entry of a list. RET: what the listed get; EXCEPTION: is the pass for those with a `!`? */
static void take_entry(struct reading *r, struct policy *p, struct place at, uint32_t ret, bool exception,
		       uint32_t opposite)
{
	const char *text = at.source->text + at.offset;
	const bool is_exception = at.length > 1 && text[0] == '!';
	const char *colon = memchr(text, ':', at.length);
	struct place name = at;
	const struct call *call;

	if (is_exception != exception)
		return;
	name.offset += is_exception;
	name.length -= is_exception;
	if (colon != NULL && colon > text && (size_t)(colon - text) + 1 < at.length) {
		name.length = (uint32_t)(colon - text) - is_exception;
		ret = take_errno(r, source_place(at.source, at.offset + (size_t)(colon - text) + 1,
						 at.length - (size_t)(colon - text) - 1));
	}
	if (text[is_exception] == '@') {
		const char *members = find_group(at.source->text + name.offset, name.length);

		if (members == NULL) {
			note_error(r->stack->notes, name, "`firejail --debug-syscalls` lists the groups",
				   "firejail has no group %.*s", (int)name.length, at.source->text + name.offset);
			r->bad = true;
			return;
		}
		add_members(r, p, members, ret, at);
		return;
	}
	if (name.length > 1 && text[is_exception] == '$') {
		uint64_t nr = 0;

		name.offset++;
		name.length--;
		if (scan_value(r->stack, name, &nr)) {
			struct rule *rule = scan_rule(r->stack, p, NULL, exception ? opposite : ret, at, name);

			rule->every_call = false;
			rule->nr = (uint32_t)nr;
		} else {
			r->bad = true;
		}
		return;
	}
	call = scan_call(r->stack, p, name, true, &r->bad);
	if (call != NULL)
		scan_rule(r->stack, p, call, exception ? opposite : ret, at, name);
}

/* Exceptions, then the group that goes with every list of its kind, then what is listed. */
static void take_list(struct reading *r, struct policy *p, struct place list, uint32_t ret, uint32_t opposite,
		      const char *group)
{
	const char *text = list.source->text;
	const size_t end = list.offset + list.length;

	for (unsigned int pass = 0; pass < 2; pass++) {
		if (pass == 1 && group != NULL)
			add_members(r, p, find_group(group, strlen(group)), ret, p->at);
		for (size_t at = list.offset; at < end; at++) {
			const size_t from = at;

			while (at < end && text[at] != ',' && !isspace((unsigned char)text[at]))
				at++;
			if (at > from)
				take_entry(r, p, source_place(list.source, from, at - from), ret, pass == 0, opposite);
		}
	}
}

static void push_list(struct reading *r, enum kind kind, struct place list, struct place at)
{
	struct policy *p = stack_push(r->stack, r->source->name, "firejail list", at);

	p->foreign = SECCOMP_RET_ALLOW;
	p->otherwise = kind == KEEP ? r->denied : SECCOMP_RET_ALLOW;
	p->otherwise_at = p->foreign_at = at;
	if (kind == KEEP)
		take_list(r, p, list, SECCOMP_RET_ALLOW, r->denied, "@default-keep");
	else
		take_list(r, p, list, r->denied, SECCOMP_RET_ALLOW, kind == DROP ? NULL : "@default-nodebuggers");
}

/*
 * "seccomp.keep read,write" or "--seccomp.keep=read,write": the name and what
 * follows; false for another setting.
 */
static bool split(struct scan *s, struct place *name, struct place *value)
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

static bool is(struct place at, const char *word)
{
	return at.length == strlen(word) && memcmp(at.source->text + at.offset, word, at.length) == 0;
}

static void take_line(struct reading *r, struct place name, struct place value, bool errors)
{
	if (errors) {
		if (is(name, "seccomp-error-action"))
			r->denied = take_errno(r, value);
		return;
	}
	if (is(name, "seccomp.block-secondary") || is(name, "seccomp.32") || is(name, "seccomp.32.drop") ||
	    is(name, "seccomp.32.keep"))
		note_note(r->stack->notes, name, "", "%.*s is about 32-bit calls, and riscv64 has none",
			  (int)name.length, name.source->text + name.offset);
	else if (is(name, "seccomp"))
		push_list(r, DEFAULT_AND_DROP, value, name);
	else if (is(name, "seccomp.drop") && value.length > 0)
		push_list(r, DROP, value, name);
	else if (is(name, "seccomp.keep") && value.length > 0)
		push_list(r, KEEP, value, name);
	else if (!is(name, "seccomp-error-action"))
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
		if (split(&s, &name, &value) &&
		    (is(name, "seccomp") || is(name, "seccomp.drop") || is(name, "seccomp.keep")))
			return 89;
		scan_skip_line(&s);
	}
	return 0;
}

static bool read_firejail_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct reading r = { stack, source, SECCOMP_RET_ERRNO | 1, false };
	const unsigned int depth = stack->depth;

	(void)options;
	for (unsigned int pass = 0; pass < 2; pass++) {
		struct scan s = scan_source(stack, source);
		struct place name, value;

		while (s.at < s.end) {
			if (split(&s, &name, &value))
				take_line(&r, name, value, pass == 0);
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
	.what = "firejail profile or option with a list of calls",
	.recognise = recognise_firejail,
	.read = read_firejail_file,
};
