/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_kafel.c - kafel's policies: POLICY name { ALLOW { read, mmap { (prot & 4) == 0 } } } USE
 * name DEFAULT KILL. The first filter that matches a call decides. [kafel: src/parser.y]
 */
#include <string.h>

#include "kafel.h"
#include "read.h"

static bool take_define(struct kafel *k)
{
	struct kafel_constant *c = arena_zalloc(k->stack->arena, sizeof(*c));
	const struct kafel_constant *before;

	if (!kafel_expect(k, "define", "#define NAME 1, or #include \"file\""))
		return false;
	if (k->token.kind != KAFEL_NAME)
		return !k->failed && kafel_error(k, "#define NAME 1", "a name is missing here");
	c->name = k->token.text;
	before = kafel_find(k, c->name);
	kafel_next(k);
	if (k->token.kind != KAFEL_NUMBER)
		return !k->failed && kafel_error(k, "#define NAME 1", "a number is wanted here");
	c->value = k->token.number;
	if (before != NULL && before->value != c->value)
		return kafel_error(
			k, "",
			arena_print(k->stack->arena, "%s was %llu before", c->name, (unsigned long long)before->value));
	c->next = k->constants;
	k->constants = c;
	kafel_next(k);
	return !k->failed;
}

static bool take_policy(struct kafel *k)
{
	struct kafel_policy *p = arena_zalloc(k->stack->arena, sizeof(*p));

	if (k->token.kind != KAFEL_NAME)
		return !k->failed &&
		       kafel_error(k, "POLICY name { ALLOW { read } }", "the policy's name is missing here");
	p->name = k->token.text;
	for (const struct kafel_policy *q = k->policies; q != NULL; q = q->next)
		if (strcmp(q->name, p->name) == 0)
			return kafel_error(k, "give one of them another name",
					   "there is a policy of that name already");
	kafel_next(k);
	if (!kafel_expect(k, "{", "POLICY name { ALLOW { read } }"))
		return false;
	if (!kafel_take(k, "}") &&
	    (!kafel_statements(k, p) || !kafel_expect(k, "}", "a comma between ACTION { } and USE name")))
		return false;
	p->next = k->policies;
	k->policies = p;
	return !k->failed;
}

static bool take_default(struct kafel *k, struct place at)
{
	if (k->has_default)
		return note_error(k->stack->notes, at, "drop one", "there is a DEFAULT already");
	k->has_default = true;
	k->policy->otherwise_at = k->token.at;
	return kafel_action(k, &k->policy->otherwise);
}

/*
 * Only the first USE of a policy counts. A policy is known to those below it only, so that none can
 * use itself.
 */
static void add_rules(struct kafel *k, struct kafel_policy *p)
{
	for (const struct kafel_entry *e = p->first; e != NULL; e = e->next) {
		if (e->used != NULL && !e->used->used) {
			e->used->used = true;
			add_rules(k, e->used);
		}
		for (size_t i = 0; i < e->n_rules; i++)
			*policy_add_rule(k->stack, k->policy, e->rules[i].at) = e->rules[i];
	}
}

/* Over blanks and whole comments. */
static void skip_between(struct scan *s)
{
	do
		scan_skip_space(s);
	while (scan_skip_comment(s));
}

/* An action and a brace, which is what no other form has. */
static unsigned int recognise_kafel(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };

	/* In nsjail's configuration, kafel's text is in quotes. */
	if (memchr(source->text, '\0', source->size) != NULL ||
	    memmem(source->text, source->size, "seccomp_string", 14) != NULL)
		return 0;
	while (s.at < s.end) {
		const size_t from = s.at;

		struct scan after;

		if (scan_take_name(&s, "") == 0) {
			s.at++;
			continue;
		}
		after = s;
		skip_between(&after);
		if (s.at - from == 6 && memcmp(source->text + from, "POLICY", 6) == 0) {
			scan_take_name(&after, "");
			skip_between(&after);
			if (scan_take(&after, "{"))
				return 86;
		} else if (s.at - from == 7 && memcmp(source->text + from, "DEFAULT", 7) == 0) {
			const size_t word = after.at;

			if (kafel_is_action(source->text + word, scan_take_name(&after, "")))
				return 86;
		}
		if (!kafel_is_action(source->text + from, s.at - from))
			continue;
		if (scan_take(&after, "("))
			while (after.at < after.end && !scan_take(&after, ")"))
				after.at++;
		skip_between(&after);
		if (scan_take(&after, "{"))
			return 86;
	}
	return 0;
}

static bool read_kafel_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct kafel *k = arena_zalloc(stack->arena, sizeof(*k));

	k->stack = stack;
	k->files[0] = scan_source(stack, source);
	k->policy = stack_push(stack, source->name, "kafel policy", source_whole(source));
	k->policy->otherwise = SECCOMP_RET_KILL_THREAD;
	k->policy->foreign = SECCOMP_RET_KILL_THREAD;
	(void)options;
	kafel_next(k);
	while (k->token.kind != KAFEL_END && !k->failed) {
		const struct place at = k->token.at;

		if (kafel_take(k, "#"))
			k->failed |= !take_define(k);
		else if (kafel_take(k, "POLICY"))
			k->failed |= !take_policy(k);
		else if (kafel_take(k, "DEFAULT"))
			k->failed |= !take_default(k, at);
		else
			k->failed |= !kafel_statements(k, &k->main);
	}
	if (k->failed)
		return false;
	add_rules(k, &k->main);
	if (k->main.first == NULL && k->policies != NULL)
		note_warning(stack->notes, source_whole(source), arena_print(stack->arena, "USE %s", k->policies->name),
			     "no policy is used: the default is all that is left");
	return true;
}

const struct reader read_kafel = {
	.name = "kafel",
	.what = "kafel policy, as nsjail has them",
	.recognise = recognise_kafel,
	.read = read_kafel_file,
};
