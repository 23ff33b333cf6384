/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * firejail_list.c - a list of firejail's: names, @groups, !exceptions and name:ERRNO, with commas
 * between. What firejail itself still calls, @default-keep, is denied only after execve, by a
 * second filter; here both are one. [firejail: src/fseccomp/seccomp.c]
 */
#include <ctype.h>
#include <string.h>

#include "firejail.h"
#include "scan.h"
#include "seccomp.h"

static const struct {
	const char *name, *members;
} groups[] = {
#define GROUP(name, members) { name, members },
#include "firejail_groups.def"
#undef GROUP
};

static const char *find_group(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		if (strlen(groups[i].name) == n && memcmp(groups[i].name, name, n) == 0)
			return groups[i].members;
	return NULL;
}

static void add_members(struct firejail *r, struct policy *p, const char *members, uint32_t ret, struct place at)
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

uint32_t firejail_take_answer(struct firejail *r, struct place at, bool log)
{
	uint32_t number = 0;

	if (place_is(at, "kill"))
		return SECCOMP_RET_KILL_THREAD;
	if (place_is(at, "log") && log)
		return SECCOMP_RET_LOG;
	if (place_is(at, "log"))
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

static void take_group(struct firejail *r, struct policy *p, const struct entry *e, uint32_t ret)
{
	const char *name = e->name.source->text + e->name.offset, *members = find_group(name, e->name.length);

	if (members == NULL)
		r->bad = !note_error(r->stack->notes, e->name, "`firejail --debug-syscalls` lists the groups",
				     "firejail has no group %.*s", (int)e->name.length, name);
	else
		add_members(r, p, members, ret, e->at);
}

static void take_number(struct firejail *r, struct policy *p, const struct entry *e, uint32_t ret)
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

static void take_name(struct firejail *r, struct policy *p, const struct entry *e, uint32_t ret)
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
static void take_kept(struct firejail *r, struct policy *p, const struct entry *e)
{
	const uint32_t own = e->own_answer ? firejail_take_answer(r, e->answer, false) : SECCOMP_RET_ALLOW;
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

static void take_pass(struct firejail *r, struct policy *p, struct place list, enum pass pass, uint32_t ret,
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
		e.exception &= !place_is(e.name, "io_setup");
		if (pass == PASS_KEPT)
			take_kept(r, p, &e);
		else if (pass == PASS_SPECIAL && e.exception)
			take_name(r, p, &e, opposite);
		else if (pass == PASS_SPECIAL && e.own_answer)
			take_name(r, p, &e, firejail_take_answer(r, e.answer, false));
		else if (pass == PASS_LISTED && !e.exception && !e.own_answer)
			take_name(r, p, &e, ret);
	}
}

/*
 * Makes the rules of a list, in the order in which firejail looks: calls that firejail itself makes
 * (not of KEEP); exceptions, and entries with an answer of their own; the group that belongs to
 * every list of the KIND; all other entries.
 */
static void take_list(struct firejail *r, struct policy *p, struct place list, enum firejail_kind kind)
{
	const uint32_t ret = kind == FIREJAIL_KEEP ? SECCOMP_RET_ALLOW : r->denied,
		       opposite = kind == FIREJAIL_KEEP ? r->denied : SECCOMP_RET_ALLOW;
	const char *group = kind == FIREJAIL_KEEP ? "@default-keep"
			    : r->debuggers	  ? "@default"
						  : "@default-nodebuggers";
	const char *text = list.source->text + list.offset;

	if (memmem(text, list.length, "!io_setup", 9) != NULL)
		note_warning(r->stack->notes, list, "", "firejail takes !io_setup for io_setup, whose number is 0");
	if (kind != FIREJAIL_KEEP)
		take_pass(r, p, list, PASS_KEPT, ret, opposite);
	take_pass(r, p, list, PASS_SPECIAL, ret, opposite);
	if (kind != FIREJAIL_DROP)
		add_members(r, p, find_group(group, strlen(group)), ret, p->at);
	take_pass(r, p, list, PASS_LISTED, ret, opposite);
}

bool firejail_is_list(struct place list)
{
	const struct source *source = list.source;
	size_t n;

	for (size_t at = list.offset, end = at + list.length; at < end; at += n + 1) {
		const char *word = source->text + at, *comma = memchr(word, ',', end - at);
		struct entry e;

		n = comma != NULL ? (size_t)(comma - word) : end - at;
		if (n == 0)
			continue;
		e = split_entry(source_place(source, at, n));
		word = source->text + e.name.offset;
		if (find_group(word, e.name.length) == NULL && call_by_name(word, e.name.length) == NULL &&
		    call_instead(word, e.name.length) == NULL)
			return false;
	}
	return true;
}

void firejail_push_list(struct firejail *r, enum firejail_kind kind, struct place list, struct place at)
{
	struct policy *p = stack_push(r->stack, r->source->name, "firejail list", at);

	p->foreign = r->secondary ? r->denied : SECCOMP_RET_ALLOW;
	p->otherwise = kind == FIREJAIL_KEEP ? r->denied : SECCOMP_RET_ALLOW;
	p->otherwise_at = p->foreign_at = at;
	take_list(r, p, list, kind);
}
