/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * action_words.c - see action_words.h.
 */
#include "action_words.h"

#include <string.h>

const struct action_words action_words[SECCOMP_ACTIONS] = {
#define ACTION(action, test, oci, kafel, minijail, seccompiler, class, letter, name, fate) \
	{ SECCOMP_RET_##action, { test, oci, kafel, minijail, seccompiler }, { class, letter, name }, fate },
#include "actions.def"
#undef ACTION
};

/* What stands before and behind a word of a form in a hint, and behind one with a number. */
static const struct {
	const char *before, *behind, *before_number, *behind_number;
} quotes[ACTION_FORMS] = {
	[ACTION_TEST] = { "", "", "", " NAME" },
	[ACTION_OCI] = { "SCMP_ACT_", "", "SCMP_ACT_", "" },
	[ACTION_KAFEL] = { "", "", "", "(n)" },
	[ACTION_MINIJAIL] = { "", "", "", " EPERM" },
	[ACTION_SECCOMPILER] = { "\"", "\"", "{\"", "\": 1}" },
};

const struct action_words *action_row(uint32_t ret)
{
	const struct action_words *killed = NULL;

	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		if (action_words[i].ret == (ret & SECCOMP_RET_ACTION_FULL))
			return &action_words[i];
		if (action_words[i].ret == SECCOMP_RET_KILL_PROCESS)
			killed = &action_words[i];
	}
	return killed;
}

bool action_find(enum action_form form, const char *text, size_t n, uint32_t *ret, bool *number)
{
	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const char *words = action_words[i].in[form];

		while (*words != '\0') {
			const size_t length = strcspn(words, " (");

			if (length == n && memcmp(words, text, n) == 0) {
				*ret = action_words[i].ret;
				*number = words[length] == '(';
				return true;
			}
			words += strcspn(words, " ");
			words += strspn(words, " ");
		}
	}
	return false;
}

const char *action_word(enum action_form form, uint32_t ret, int *n, bool *number)
{
	const char *words = action_row(ret)->in[form];

	*n = (int)strcspn(words, " (");
	*number = words[*n] == '(';
	return words;
}

const char *action_proposals(struct arena *arena, enum action_form form)
{
	const char *text = "";

	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		bool number;
		int n;
		const char *word = action_word(form, action_words[i].ret, &n, &number);

		if (n > 0)
			text = arena_print(arena, "%s%s%s%.*s%s", text, *text == '\0' ? "" : ", ",
					   number ? quotes[form].before_number : quotes[form].before, n, word,
					   number ? quotes[form].behind_number : quotes[form].behind);
	}
	return text;
}

bool action_runs(uint32_t ret)
{
	return seccomp_decide(ret, false).todo == SECCOMP_DO_RUN;
}

bool action_kills(uint32_t ret)
{
	switch (seccomp_decide(ret, false).todo) {
	case SECCOMP_DO_KILL_PROCESS:
	case SECCOMP_DO_KILL_THREAD:
	case SECCOMP_DO_SIGNAL:
		return true;
	case SECCOMP_DO_RETURN:
	case SECCOMP_DO_NOTIFY:
	case SECCOMP_DO_TRACE:
	case SECCOMP_DO_RUN:
		break;
	}
	return false;
}
