/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_siblings.c - checks: what a policy refuses in one call and allows in another, and calls
 * that reach far.
 */
#include <string.h>

#include <abi/errno.h>
#include "check.h"
#include "say.h"
#include "show.h"

/* Cuts the next word off *LIST into WORD; false at the end. */
static bool next_word(const char **list, char word[32])
{
	size_t n;

	*list += strspn(*list, " ");
	n = strcspn(*list, " ");
	if (n == 0 || n >= 32)
		return false;
	memcpy(word, *list, n);
	word[n] = '\0';
	*list += n;
	return true;
}

/*
 * Does the policy mean to refuse the call, or does it only not list it, or send C libraries to an
 * older one?
 */
static bool is_meant(const struct checker *c, const struct checked_call *call)
{
	const struct rule *r = call->outcomes.list[0].rule;

	if (call->constant && call->ret == (SECCOMP_RET_ERRNO | ENOSYS) && show_fallback(call->call->name) != NULL)
		return false;
	return !always_fails(call) || c->above.may_run || (r != NULL && !r->implied);
}

/* Is more of the sibling allowed than of the call, also by the other filters of the stack? */
static bool is_freer(struct checker *c, const struct checked_call *call, const struct checked_call *sibling)
{
	if (sibling == NULL || (always_fails(call) ? !sibling->may_run : !call->may_fail || !always_runs(sibling)))
		return false;
	return !fails_elsewhere(c, sibling->call->nr);
}

static void check_sibling(struct checker *c, enum check_id id, const char *name, const char *siblings, const char *deed)
{
	const struct checked_call *call = checked(c, name);
	const char *freer = "", *rest = siblings;
	char word[32];

	while (call != NULL && is_meant(c, call) && next_word(&rest, word))
		if (is_freer(c, call, checked(c, word)))
			freer = append_word(c->arena, freer, word);
	if (*freer != '\0')
		check_found(c, id, answer_place(c, call), NULL, "%s is %s; what %s, too, is allowed: %s", name,
			    always_fails(call)
				    ? arena_print(c->arena, "answered %s", show_answers(c->arena, &call->outcomes))
				    : "refused by its arguments",
			    deed, freer);
}

/* io_uring does what these calls do, and no filter sees it. */
static void check_io_uring(struct checker *c)
{
	static const char *const done[] = { "openat", "read", "write", "socket", "connect", "sendto", "unlinkat" };
	const struct checked_call *setup = checked(c, "io_uring_setup"), *enter = checked(c, "io_uring_enter");
	const char *refused = "";

	if (!setup->may_run || !enter->may_run || fails_elsewhere(c, setup->call->nr) ||
	    fails_elsewhere(c, enter->call->nr))
		return;
	for (size_t i = 0; i < sizeof(done) / sizeof(done[0]); i++)
		if (checked(c, done[i])->may_fail)
			refused = append_word(c->arena, refused, done[i]);
	if (*refused != '\0')
		check_found(c, CHECK_IO_URING, answer_place(c, setup), NULL,
			    "io_uring is allowed, and does what is refused without a call that a filter sees: %s",
			    refused);
}

/* Of NAMES, calls that reach far, those that are allowed. */
static void check_reach(struct checker *c, enum check_id id, const char *names)
{
	const struct checked_call *first = NULL;
	const char *reaching = "";
	char word[32];

	while (next_word(&names, word)) {
		const struct checked_call *k = checked(c, word);

		if (k == NULL || !k->may_run || fails_elsewhere(c, k->call->nr))
			continue;
		reaching = append_word(c->arena, reaching, word);
		first = first != NULL ? first : k;
	}
	if (first != NULL)
		check_found(c, id, answer_place(c, first), NULL, "allows %s", reaching);
}

/* A call that the policy names, where C libraries make another one for it. */
static void check_instead(struct checker *c, const char *name, const char *instead)
{
	const struct checked_call *call = checked(c, name), *other = checked(c, instead);

	if (call == NULL || other == NULL)
		return;
	if (always_runs(call) && always_fails(other) && !c->above.may_run)
		check_found(c, CHECK_LIBC_INSTEAD, answer_place(c, call),
			    arena_print(c->arena, "allow %s, too", instead),
			    "%s is allowed, and %s() of C libraries calls %s: %s", name, name, instead,
			    show_answers(c->arena, &other->outcomes));
	if (always_fails(call) && always_runs(other) && is_meant(c, call))
		check_found(c, CHECK_LIBC_INSTEAD, answer_place(c, call),
			    arena_print(c->arena, "refuse %s, too", instead),
			    "%s is answered %s, and %s() of C libraries calls %s, which is allowed", name,
			    show_answers(c->arena, &call->outcomes), name, instead);
}

void check_siblings(struct checker *c)
{
#define INSTEAD(call, other)
#define SIBLING(id, call, siblings, deed) check_sibling(c, CHECK_##id, call, siblings, deed);
#include "siblings.def"
#undef SIBLING
#undef INSTEAD
#define SIBLING(id, call, siblings, deed)
#define INSTEAD(call, other) check_instead(c, call, other);
#include "siblings.def"
#undef SIBLING
#undef INSTEAD
	check_io_uring(c);
	/* Where all is allowed but what is named, that is said already. */
	if (c->above.may_run)
		return;
#define REACH(id, names) check_reach(c, CHECK_##id, names);
#include "reaches.def"
#undef REACH
}
