/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_target.c - checks: what the kernels and libraries of --target have, and do not have.
 */
#include <stdlib.h>
#include <string.h>

#include <abi/errno.h>
#include "check.h"
#include "names.h"
#include "say.h"

#define NAMES_MAX 8U
#define CFI_SINCE "7.0" /* shadow stacks and landing pads of programs on riscv64 */

version_t version_parse(const char *text, const char **end)
{
	version_t version = 0, unit = 1000000;
	char *rest;

	for (; unit > 0; unit /= 1000) {
		if (*text < '0' || *text > '9')
			break;
		version += unit * (version_t)strtoul(text, &rest, 10);
		text = rest;
		if (*text != '.' || text[1] == '.')
			break;
		text++;
	}
	if (end != NULL)
		*end = text;
	return version;
}

/* The newest Linux of whose calls the table knows. */
static version_t newest_known(void)
{
	version_t newest = 0;
	size_t n;
	const struct call *calls = call_all(&n);

	for (size_t i = 0; i < n; i++) {
		const version_t since = calls[i].since != NULL ? version_parse(calls[i].since, NULL) : 0;

		newest = since > newest ? since : newest;
	}
	return newest;
}

/* One word of --target: NAME-VERSION or NAME-VERSION..VERSION. */
static bool parse_one(struct notes *notes, const char *word, size_t n, struct target *target)
{
	static const char *const names[] = { "linux-", "glibc-", "musl-", "go-" };
	const char *text = word;
	struct versions v = { .named = true };
	size_t i = 0;

	while (i < 4 && strncmp(word, names[i], strlen(names[i])) != 0)
		i++;
	if (i < 4) {
		v.from = v.to = version_parse(word + strlen(names[i]), &text);
		if (strncmp(text, "..", 2) == 0)
			v.to = version_parse(text + 2, &text);
	}
	if (i == 4 || text != word + n || v.from == 0 || v.to < v.from)
		return note_error(notes, (struct place){ 0 }, "such as linux-6.1..7.0,glibc-2.41,musl-1.2.5,go-1.24",
				  "--target: %.*s is no version of linux, glibc, musl or go", (int)n, word);
	if (i == 0 && v.to > newest_known())
		note_warning(notes, (struct place){ 0 }, "a newer portcullis may know them",
			     "--target: %.*s is newer than any Linux whose calls are known here", (int)n, word);
	*(i == 0 ? &target->kernel : &target->library[i - 1]) = v;
	return true;
}

bool target_parse(struct notes *notes, const char *text, struct target *target)
{
	while (*text != '\0') {
		const size_t n = strcspn(text, ",");

		if (!parse_one(notes, text, n, target))
			return false;
		text += n;
		text += *text == ',';
	}
	return true;
}

/* Does an active rule of the policy name the call? */
static const struct rule *rule_for(const struct policy *p, uint32_t nr)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].inactive == NULL && !p->rules[i].every_call && p->rules[i].nr == nr)
			return &p->rules[i];
	return NULL;
}

static const char *list_call(struct checker *c, const char *list, size_t n, const struct call *call)
{
	if (n > NAMES_MAX)
		return n == NAMES_MAX + 1 ? append_word(c->arena, list, "...") : list;
	return append_word(c->arena, list, arena_print(c->arena, "%s (%s)", call->name, call->since));
}

/* Calls that the policy names, and the oldest kernel lacks. */
static void check_lacking(struct checker *c)
{
	const char *names = "";
	struct place at = c->policy->at;
	size_t n = 0;

	for (size_t i = 0; i < c->n_calls; i++) {
		const struct call *call = c->calls[i].call;
		const struct rule *r = rule_for(c->policy, call->nr);

		if (call->since == NULL || r == NULL || version_parse(call->since, NULL) <= c->target.kernel.from)
			continue;
		if (n++ == 0)
			at = r->name != NULL ? r->name_at : r->at;
		names = list_call(c, names, n, call);
	}
	if (n > 0)
		check_found(c, CHECK_TARGET_LACKS, at, NULL,
			    "the oldest kernel that is meant has not (since when Linux has): %s", names);
}

/*
 * Calls that the newest kernel has, the policy does not name, and its default does not answer with
 * ENOSYS.
 */
static void check_new(struct checker *c)
{
	const char *names = "";
	const struct checked_call *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < c->n_calls; i++) {
		const struct checked_call *k = &c->calls[i];

		if (k->call->since == NULL || rule_for(c->policy, k->call->nr) != NULL || k->may_run || !k->constant ||
		    k->ret == (SECCOMP_RET_ERRNO | ENOSYS) || version_parse(k->call->since, NULL) > c->target.kernel.to)
			continue;
		first = first != NULL ? first : k;
		names = list_call(c, names, ++n, k->call);
	}
	if (n > 0)
		check_found(c, CHECK_TARGET_NEW, answer_place(c, first), NULL,
			    "calls that the newest kernel has and the policy does not know are answered %s: %s",
			    say_answer(c->arena, first->ret), names);
}

/* A policy that lists the options of prctl takes away what newer ones switch on. */
static void check_prctl(struct checker *c)
{
	const struct checked_call *prctl = checked(c, "prctl");
	const struct subject *s = c->subject;
	static const unsigned int options[] = { 74, 75, 76, 80, 81 };

	if (prctl->constant || version_parse(CFI_SINCE, NULL) > c->target.kernel.to)
		return;
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const struct seccomp_data d = { .nr = (int)prctl->call->nr,
						.arch = c->policy->arch,
						.args = { options[i] } };

		if (action_runs(side_answer(&(struct side){ s, 1 }, &d)))
			return;
	}
	check_found(
		c, CHECK_TARGET_PRCTL, answer_place(c, prctl), NULL,
		"prctl is allowed for some options, and not for those of shadow stacks and landing pads (74 to 76, 80, 81)");
}

void check_target(struct checker *c)
{
	if (!c->target.kernel.named)
		return;
	check_lacking(c);
	check_new(c);
	check_prctl(c);
}
