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
#include "seccomp.h"

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

static bool is_text(struct place at, const char *word)
{
	return at.length == strlen(word) && memcmp(at.source->text + at.offset, word, at.length) == 0;
}

/* "kill", or an errno; LOG: "log", too. */
static uint32_t take_answer(struct reading *r, struct place at, bool log)
{
	uint32_t number = 0;

	if (is_text(at, "kill"))
		return SECCOMP_RET_KILL_THREAD;
	if (is_text(at, "log") && log)
		return SECCOMP_RET_LOG;
	if (is_text(at, "log"))
		r->bad = !note_error(r->stack->notes, at, "seccomp-error-action log is for all of a list",
				     "firejail logs no single call");
	else if (!scan_errno(r->stack, at, 4095, &number))
		r->bad = true;
	return SECCOMP_RET_ERRNO | number;
}

/*
 * An entry of a list: NAME or @GROUP, with a `!` before it (an exception) or :ERRNO behind it (its
 * own answer).
 */
struct entry {
	struct place at, name, answer;
	bool exception, own_answer;
};

static struct entry split_entry(struct place at)
{
	const char *text = at.source->text + at.offset, *colon = memchr(text, ':', at.length);
	struct entry e = { .at = at, .name = at, .exception = at.length > 1 && text[0] == '!' };

	e.name.offset += e.exception;
	e.name.length -= e.exception;
	if (colon != NULL && colon > text && (size_t)(colon - text) + 1 < at.length) {
		e.own_answer = true;
		e.name.length = (uint32_t)(colon - text) - e.exception;
		e.answer = source_place(at.source, at.offset + (size_t)(colon - text) + 1,
					at.length - (size_t)(colon - text) - 1);
	}
	return e;
}

static void take_group(struct reading *r, struct policy *p, const struct entry *e, uint32_t ret)
{
	const char *name = e->name.source->text + e->name.offset, *members = find_group(name, e->name.length);

	if (members == NULL)
		r->bad = !note_error(r->stack->notes, e->name, "`firejail --debug-syscalls` lists the groups",
				     "firejail has no group %.*s", (int)e->name.length, name);
	else
		add_members(r, p, members, ret, e->at);
}

static void take_number(struct reading *r, struct policy *p, const struct entry *e, uint32_t ret)
{
	struct place number = { e->name.source, e->name.offset + 1, e->name.length - 1 };
	struct rule *rule;
	uint64_t nr = 0;

	if (!scan_value(r->stack, number, &nr)) {
		r->bad = true;
		return;
	}
	rule = scan_rule(r->stack, p, NULL, ret, e->at, number);
	rule->every_call = false;
	rule->nr = (uint32_t)nr;
}

static void take_name(struct reading *r, struct policy *p, const struct entry *e, uint32_t ret)
{
	const char first = e->name.source->text[e->name.offset];
	const struct call *call;

	if (first == '@') {
		take_group(r, p, e, ret);
	} else if (first == '$' && e->name.length > 1) {
		take_number(r, p, e, ret);
	} else {
		call = scan_call(r->stack, p, e->name, true, &r->bad);
		if (call != NULL)
			scan_rule(r->stack, p, call, ret, e->at, e->name);
	}
}

/* Is WORD the call of that name of N bytes, or a group that the call is in? */
static bool stands_for(const char *word, size_t length, const char *name, size_t n)
{
	const char *members = find_group(word, length);

	if (members == NULL)
		return length == n && memcmp(word, name, n) == 0;
	for (; *members != '\0'; members += strspn(members, " ")) {
		length = strcspn(members, " ");
		if (stands_for(members, length, name, n))
			return true;
		members += length;
	}
	return false;
}

/*
 * Calls of the list that firejail itself still makes are denied by a second filter, after execve.
 * That is the newer filter, so the first one's answer counts only where it is stricter.
 */
static void take_kept(struct reading *r, struct policy *p, const struct entry *e)
{
	const uint32_t own = e->own_answer ? take_answer(r, e->answer, false) : SECCOMP_RET_ALLOW;
	const char *word = e->name.source->text + e->name.offset, *kept = find_group("@default-keep", 13);

	for (; *kept != '\0' && !e->exception; kept += strspn(kept, " ")) {
		const size_t n = strcspn(kept, " ");

		if (stands_for(word, e->name.length, kept, n))
			scan_rule(r->stack, p, call_by_name(kept, n),
				  seccomp_stricter(own, r->denied) ? own : r->denied, e->at, e->name);
		kept += n;
	}
}

enum pass { PASS_KEPT, PASS_SPECIAL, PASS_LISTED };

static void take_pass(struct reading *r, struct policy *p, struct place list, enum pass pass, uint32_t ret,
		      uint32_t opposite)
{
	const char *text = list.source->text;
	const size_t end = list.offset + list.length;

	for (size_t at = list.offset; at < end; at++) {
		const size_t from = at;
		struct entry e;

		while (at < end && text[at] != ',' && !isspace((unsigned char)text[at]))
			at++;
		if (at == from)
			continue;
		e = split_entry(source_place(list.source, from, at - from));
		e.exception &= !is_text(e.name, "io_setup");
		if (pass == PASS_KEPT)
			take_kept(r, p, &e);
		else if (pass == PASS_SPECIAL && e.exception)
			take_name(r, p, &e, opposite);
		else if (pass == PASS_SPECIAL && e.own_answer)
			take_name(r, p, &e, take_answer(r, e.answer, false));
		else if (pass == PASS_LISTED && !e.exception && !e.own_answer)
			take_name(r, p, &e, ret);
	}
}

/*
 * Makes the rules of a list, in the order in which firejail looks: calls that firejail itself makes
 * (not of KEEP); exceptions, and entries with an answer of their own; the group that belongs to
 * every list of the KIND; all other entries.
 */
static void take_list(struct reading *r, struct policy *p, struct place list, enum kind kind)
{
	static const char *const groups_of[] = {
		[DEFAULT_AND_DROP] = "@default-nodebuggers", [KEEP] = "@default-keep"
	};
	const uint32_t ret = kind == KEEP ? SECCOMP_RET_ALLOW : r->denied,
		       opposite = kind == KEEP ? r->denied : SECCOMP_RET_ALLOW;
	const char *group = kind == DROP ? NULL : groups_of[kind], *text = list.source->text + list.offset;

	if (memmem(text, list.length, "!io_setup", 9) != NULL)
		note_warning(r->stack->notes, list, "", "firejail takes !io_setup for io_setup, whose number is 0");
	if (kind != KEEP)
		take_pass(r, p, list, PASS_KEPT, ret, opposite);
	take_pass(r, p, list, PASS_SPECIAL, ret, opposite);
	if (group != NULL)
		add_members(r, p, find_group(group, strlen(group)), ret, p->at);
	take_pass(r, p, list, PASS_LISTED, ret, opposite);
}

static void push_list(struct reading *r, enum kind kind, struct place list, struct place at)
{
	struct policy *p = stack_push(r->stack, r->source->name, "firejail list", at);

	p->foreign = SECCOMP_RET_ALLOW;
	p->otherwise = kind == KEEP ? r->denied : SECCOMP_RET_ALLOW;
	p->otherwise_at = p->foreign_at = at;
	take_list(r, p, list, kind);
}

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

static void take_line(struct reading *r, struct place name, struct place value, bool errors)
{
	if (errors) {
		if (is_text(name, "seccomp-error-action"))
			r->denied = take_answer(r, value, true);
		return;
	}
	if (is_text(name, "seccomp.block-secondary") || is_text(name, "seccomp.32") ||
	    is_text(name, "seccomp.32.drop") || is_text(name, "seccomp.32.keep"))
		note_note(r->stack->notes, name, "", "%.*s is about 32-bit calls, and riscv64 has none",
			  (int)name.length, name.source->text + name.offset);
	else if (is_text(name, "seccomp"))
		push_list(r, DEFAULT_AND_DROP, value, name);
	else if (is_text(name, "seccomp.drop") && value.length > 0)
		push_list(r, DROP, value, name);
	else if (is_text(name, "seccomp.keep") && value.length > 0)
		push_list(r, KEEP, value, name);
	else if (!is_text(name, "seccomp-error-action"))
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
		    (is_text(name, "seccomp") || is_text(name, "seccomp.drop") || is_text(name, "seccomp.keep")))
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
			if (split_setting(&s, &name, &value))
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
