/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_advice.c - what to do about what a check found, in the words of the policy's form.
 */
#include <inttypes.h>
#include <string.h>

#include "check.h"

/* WORDS with BETWEEN in place of each blank. */
static const char *join_words(struct arena *arena, const char *words, const char *between)
{
	const char *text = "";

	while (*words != '\0') {
		const size_t n = strcspn(words, " ");

		text = arena_print(arena, "%s%.*s%s", text, (int)n, words, words[n] != '\0' ? between : "");
		words += n + (words[n] != '\0');
	}
	return text;
}

const char *advise_enosys(struct checker *c, const char *names)
{
	const char *form = c->policy->form;

	if (strstr(form, "OCI") != NULL)
		return arena_print(c->arena,
				   "write { \"names\": [\"%s\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 38 }",
				   join_words(c->arena, names, "\", \""));
	/* What is not in a list of what is allowed has one errno. */
	if (strstr(form, "systemd") != NULL && !action_runs(c->policy->otherwise))
		return arena_print(c->arena, "allow %s, or write SystemCallErrorNumber=ENOSYS", names);
	if (strstr(form, "systemd") != NULL)
		return arena_print(c->arena, "add SystemCallFilter=~%s:ENOSYS",
				   join_words(c->arena, names, ":ENOSYS "));
	if (strstr(form, "firejail") != NULL)
		return arena_print(c->arena, "put into the list: %s:ENOSYS", join_words(c->arena, names, ":ENOSYS,"));
	if (strstr(form, "minijail") != NULL)
		return arena_print(c->arena, "write %s: return ENOSYS",
				   join_words(c->arena, names, ": return ENOSYS; "));
	if (strstr(form, "kafel") != NULL)
		return arena_print(c->arena, "write ERRNO(38) { %s }", join_words(c->arena, names, ", "));
	return arena_print(c->arena, "answer ERRNO(ENOSYS) (38) to %s", names);
}

/* minijail cannot look at some bits of an argument, but has "or". */
static const char *minijail_lower_half(struct arena *arena, unsigned int i, const struct condition *condition)
{
	const uint32_t low = condition != NULL ? (uint32_t)condition->value : 0;

	if (condition == NULL || condition->test != TEST_EQ || low <= INT32_MAX)
		return "minijail has no word for the lower 32 bits alone: name the values that may be";
	return arena_print(arena, "for both ways to write it: arg%u == 0x%" PRIx32 " || arg%u == 0x%" PRIx64, i, low, i,
			   (uint64_t)(int64_t)(int32_t)low);
}

const char *advise_lower_half(struct checker *c, const struct call *call, unsigned int i,
			      const struct condition *condition)
{
	const char *form = c->policy->form;

	if (strstr(form, "systemd") != NULL)
		return arena_print(
			c->arena, "systemd makes this comparison; SystemCallFilter=~%s refuses the call whatever it is",
			call->name);

	if (strstr(form, "OCI") != NULL && condition != NULL && condition->test == TEST_EQ)
		return arena_print(
			c->arena,
			"compare the lower 32 bits: \"op\": \"SCMP_CMP_MASKED_EQ\", \"value\": 4294967295, \"valueTwo\": %" PRIu32,
			(uint32_t)condition->value);
	if (strstr(form, "OCI") != NULL)
		return "a profile compares the lower 32 bits for equality alone: a rule for each value, with "
		       "\"op\": \"SCMP_CMP_MASKED_EQ\", \"value\": 4294967295, and the value as \"valueTwo\"";
	if (strstr(form, "seccompiler") != NULL)
		return "compare the lower 32 bits: \"type\": \"dword\"";
	if (strstr(form, "minijail") != NULL)
		return minijail_lower_half(c->arena, i, condition);
	if (c->policy->program != NULL)
		return arena_print(c->arena, "look at the lower 32 bits alone: ld [args[%u].lo]", i);
	return arena_print(c->arena, "compare the lower 32 bits alone: %s & 0xffffffff", call->args[i].name);
}

const char *advise_foreign(const struct policy *p)
{
	if (strstr(p->form, "firejail") != NULL)
		return "add seccomp.block-secondary";
	return strstr(p->form, "systemd") != NULL ? "add SystemCallArchitectures=native" : NULL;
}
