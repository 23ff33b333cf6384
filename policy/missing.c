/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * missing.c - names in a policy that riscv64 has no call for, told together: what C libraries call
 * in their place, and whether the policy names that.
 */
#include <stdlib.h>
#include <string.h>

#include "names.h"
#include "rules.h"

/* Does an active rule of the policy name that call? */
static bool names_call(const struct policy *p, const struct call *call)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].inactive == NULL && !p->rules[i].every_call && p->rules[i].nr == call->nr)
			return true;
	return false;
}

static bool is_repeated(const struct policy *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(p->missing[k].name, p->missing[i].name) == 0)
			return true;
	return false;
}

/* Appends "NAME (INSTEAD)" to a list. */
static const char *append_missing(struct arena *arena, const char *list, const char *name, const char *instead)
{
	return arena_print(arena, "%s%s%s%s%s%s", list, *list != '\0' ? ", " : "", name, *instead != '\0' ? " (" : "",
			   instead, *instead != '\0' ? ")" : "");
}

void policy_report_missing(struct stack *stack, const struct policy *p)
{
	const char *open = "", *covered = "";
	size_t n_open = 0, n_covered = 0;
	struct place first_open = p->at, first_covered = p->at;

	if (stack->tells_missing)
		return;
	for (size_t i = 0; i < p->n_missing; i++) {
		const struct missing *m = &p->missing[i];
		const char *instead = call_instead(m->name, strlen(m->name));
		const struct call *call = instead != NULL ? call_by_name(instead, strlen(instead)) : NULL;

		if (is_repeated(p, i))
			continue;
		if (instead == NULL) {
			const char *advice = call_advice(stack->arena, m->name, strlen(m->name));

			note_warning(stack->notes, m->at, advice != NULL ? advice : "",
				     "no architecture has a call of that name: %s; the name counts for nothing",
				     m->name);
		} else if (call != NULL && !names_call(p, call)) {
			first_open = n_open == 0 ? m->at : first_open;
			open = append_missing(stack->arena, open, m->name, instead);
			n_open++;
		} else {
			first_covered = n_covered == 0 ? m->at : first_covered;
			covered = append_missing(stack->arena, covered, m->name, instead);
			n_covered++;
		}
	}
	if (n_open > 0)
		note_warning(stack->notes, first_open,
			     "name the calls in brackets, too: they are what C libraries make",
			     "riscv64 has no such %s, and of what is called instead the policy says nothing: %s",
			     n_open == 1 ? "call" : "calls", open);
	if (n_covered > 0)
		note_note(stack->notes, first_covered, "", "riscv64 has no such %s (what is called instead): %s",
			  n_covered == 1 ? "call" : "calls", covered);
}
