/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_seccompiler.c - JSON of rust-vmm's seccompiler, as Firecracker and Cloud Hypervisor have it:
 * filters by thread. --select NAME picks one; without it, every thread is a policy of its own, and
 * several are an error, since no task runs under them all.
 *
 * A dword is the lower half of an argument, a qword all of it. [seccompiler: docs/json_format.md,
 * src/frontend/json.rs, src/backend]
 */
#include <string.h>

#include "action_words.h"
#include "json.h"
#include "read.h"
#include "scan.h"

#define CONDITIONS_MAX 64U

struct reading {
	struct stack *stack;
	struct policy *policy;
	uint32_t match;
	bool bad;
};

static bool note_wrong(struct reading *r, struct place at, const char *hint, const char *what)
{
	note_error(r->stack->notes, at, hint, "%s", what);
	r->bad = true;
	return false;
}

/* Is every key of the object in KEYS? A misspelt key would leave something out in silence. */
static bool has_only(struct reading *r, const struct json *object, const char *const keys[])
{
	for (const struct json *v = object->first; v != NULL; v = v->next) {
		const char *all = "";
		size_t i = 0;

		for (; keys[i] != NULL && strcmp(keys[i], v->key) != 0; i++)
			all = arena_print(r->stack->arena, "%s%s%s", all, i > 0 ? ", " : "", keys[i]);
		if (keys[i] == NULL)
			return note_wrong(r, v->key_at, arena_print(r->stack->arena, "there are: %s", all),
					  arena_print(r->stack->arena, "seccompiler knows no %s here", v->key));
	}
	return true;
}

/* What OBJECT has under KEY, of that kind; else an error. */
static const struct json *get_member(struct reading *r, const struct json *object, const char *key, enum json_kind kind)
{
	const struct json *v = json_get(object, key);

	if (v != NULL && v->kind == kind)
		return v;
	note_wrong(r, v != NULL ? v->at : object->at, "",
		   v != NULL ? arena_print(r->stack->arena, "%s is %s here", key, json_kind_name(v))
			     : arena_print(r->stack->arena, "%s is missing", key));
	return NULL;
}

/* "allow", or { "errno": 1 } */
static bool take_action(struct reading *r, const struct json *v, uint32_t *ret)
{
	const struct json *value = NULL;
	const char *name = v->kind == JSON_STRING ? v->text : NULL;
	uint64_t number = 0;
	bool numbered;

	if (v->kind == JSON_OBJECT && v->n == 1) {
		value = v->first;
		name = value->key;
	}
	if (name == NULL || !action_find(ACTION_SECCOMPILER, name, strlen(name), ret, &numbered) ||
	    numbered != (value != NULL))
		return note_wrong(r, v->at, action_proposals(r->stack->arena, ACTION_SECCOMPILER),
				  "no action of seccompiler's");
	if (value != NULL && (value->kind != JSON_NUMBER || !json_number(value, &number) || number > UINT32_MAX))
		return note_wrong(r, value->at, "0 to 4294967295, of which the lower 16 bits count",
				  "no number for an action");
	if (number > SECCOMP_RET_DATA)
		note_warning(r->stack->notes, value->at, "an errno is at most 4095", "only the lower 16 bits count: %u",
			     (unsigned int)(number & SECCOMP_RET_DATA));
	else if (number > 4095 && *ret == SECCOMP_RET_ERRNO)
		note_warning(r->stack->notes, value->at, "", "an errno over 4095 is delivered as 4095");
	*ret |= (uint32_t)(number & SECCOMP_RET_DATA);
	return true;
}

/* {"index": 1, "type": "dword", "op": "eq", "val": 5}; op may be {"masked_eq": mask} */
static bool take_condition(struct reading *r, const struct json *v, struct condition *c)
{
	static const char *const keys[] = { "index", "type", "op", "val", "comment", NULL };
	static const struct {
		const char *name;
		enum test test;
	} operators[] = { { "eq", TEST_EQ }, { "ne", TEST_NE }, { "ge", TEST_GE },
			  { "gt", TEST_GT }, { "le", TEST_LE }, { "lt", TEST_LT } };
	const struct json *index, *type, *val, *op;
	uint64_t number = 0, value = 0, mask = UINT64_MAX;
	size_t i = 0;

	if (v->kind != JSON_OBJECT)
		return note_wrong(r, v->at, "{\"index\": 0, \"type\": \"dword\", \"op\": \"eq\", \"val\": 1}",
				  "a condition is an object");
	index = get_member(r, v, "index", JSON_NUMBER);
	type = get_member(r, v, "type", JSON_STRING);
	val = get_member(r, v, "val", JSON_NUMBER);
	op = json_get(v, "op");
	if (!has_only(r, v, keys) || index == NULL || type == NULL || val == NULL)
		return false;
	if (!json_number(index, &number) || number > 5)
		return note_wrong(r, index->at, "0 to 5", "no argument of a call");
	if (!json_number(val, &value))
		return note_wrong(
			r, val->at,
			"0 to 2^64 - 1; a negative int is written as its bits: of a dword, -100 is 4294967196",
			"no value of an argument");
	if (op == NULL)
		return note_wrong(r, v->at, "eq, ne, ge, gt, le, lt or {\"masked_eq\": 15}", "op is missing");
	if (op->kind == JSON_OBJECT && op->n == 1 && strcmp(op->first->key, "masked_eq") == 0) {
		if (op->first->kind != JSON_NUMBER || !json_number(op->first, &mask))
			return note_wrong(r, op->first->at, "a whole number of 0 to 2^64 - 1", "no mask");
	} else {
		while (i < 6 && (op->kind != JSON_STRING || strcmp(op->text, operators[i].name) != 0))
			i++;
		if (i == 6)
			return note_wrong(r, op->at, "eq, ne, ge, gt, le, lt or {\"masked_eq\": 15}",
					  "no operator of seccompiler's");
	}
	*c = condition_on((enum field)(FIELD_ARG0 + number), operators[i].test, value & mask, v->at);
	c->mask = mask;
	if (strcmp(type->text, "dword") == 0) {
		c->width = 32;
		c->value &= UINT32_MAX;
		if (value > UINT32_MAX)
			note_warning(r->stack->notes, val->at, "write \"qword\", or the number without its upper half",
				     "of a dword, only the lower 32 bits are compared");
	} else if (strcmp(type->text, "qword") != 0) {
		return note_wrong(r, type->at, "\"dword\" or \"qword\"", "no size of an argument");
	}
	return true;
}

static void take_rule(struct reading *r, const struct json *v)
{
	static const char *const keys[] = { "syscall", "args", "comment", NULL };
	struct condition conditions[CONDITIONS_MAX];
	const struct json *name, *args, *comment;
	const struct call *call;
	struct rule *rule;
	size_t n = 0;

	if (v->kind != JSON_OBJECT) {
		note_wrong(r, v->at, "{\"syscall\": \"read\"}", "a rule is an object");
		return;
	}
	name = get_member(r, v, "syscall", JSON_STRING);
	args = json_get(v, "args");
	comment = json_get(v, "comment");
	if (!has_only(r, v, keys) || name == NULL)
		return;
	if (args != NULL && args->kind == JSON_NULL)
		args = NULL;
	if (args != NULL && (args->kind != JSON_ARRAY || args->n == 0 || args->n > CONDITIONS_MAX)) {
		note_wrong(r, args->at, "leave args out to mean any", "args is an array of 1 to 64 conditions");
		return;
	}
	for (const struct json *c = args != NULL ? args->first : NULL; c != NULL; c = c->next)
		if (!take_condition(r, c, &conditions[n++]))
			return;
	call = call_by_name(name->text, strlen(name->text));
	if (call == NULL) {
		struct place inner = name->at;

		if (inner.length > 2 && inner.source->text[inner.offset] == '"') {
			inner.offset++;
			inner.length -= 2;
		}
		scan_call(r->stack, r->policy, inner, true, &r->bad);
		return;
	}
	rule = scan_rule(r->stack, r->policy, call, r->match, v->at, name->at);
	rule_set_conditions(r->stack, rule, conditions, n);
	if (comment != NULL && comment->kind == JSON_STRING)
		rule->comment = comment->text;
}

/* Where a call has rules with conditions, seccompiler forgets that it has one without. */
static void forget_unconditional(struct reading *r)
{
	for (size_t i = 0; i < r->policy->n_rules; i++) {
		struct rule *rule = &r->policy->rules[i];

		for (size_t k = 0; rule->n_conditions == 0 && k < r->policy->n_rules; k++) {
			const struct rule *other = &r->policy->rules[k];

			if (other->nr != rule->nr || other->n_conditions == 0 || rule->inactive != NULL)
				continue;
			rule->inactive = "seccompiler forgets it, since another rule of the same call has conditions";
			rule->inactive_at = other->at;
			note_warning(r->stack->notes, rule->at, "drop one of both rules",
				     "seccompiler looks at no rule without conditions once %s has one with them",
				     rule->name);
		}
	}
}

static void take_thread(struct reading *r, const struct json *v, const struct source *source)
{
	static const char *const keys[] = { "mismatch_action", "default_action", "match_action",
					    "filter_action",   "filter",	 NULL };
	const struct json *mismatch = json_get(v, "mismatch_action"), *match = json_get(v, "match_action");
	const struct json *filter;

	if (v->kind != JSON_OBJECT) {
		note_wrong(r, v->at, "", "a thread's filter is an object");
		return;
	}
	mismatch = mismatch != NULL ? mismatch : json_get(v, "default_action");
	match = match != NULL ? match : json_get(v, "filter_action");
	r->policy = stack_push(r->stack, arena_print(r->stack->arena, "%s (thread %s)", source->name, v->key),
			       "seccompiler filter", v->at);
	filter = get_member(r, v, "filter", JSON_ARRAY);
	if (mismatch == NULL || match == NULL)
		note_wrong(r, v->key_at, "\"mismatch_action\": \"trap\", \"match_action\": \"allow\"",
			   "both actions are wanted");
	if (!has_only(r, v, keys) || filter == NULL || mismatch == NULL || match == NULL ||
	    !take_action(r, mismatch, &r->policy->otherwise) || !take_action(r, match, &r->match))
		return;
	r->policy->otherwise_at = mismatch->at;
	r->policy->foreign = SECCOMP_RET_KILL_PROCESS;
	if (r->policy->otherwise == r->match) {
		note_wrong(r, match->at, "",
			   "match_action is mismatch_action: seccompiler takes no filter that does nothing");
		return;
	}
	for (const struct json *one = filter->first; one != NULL; one = one->next)
		take_rule(r, one);
	forget_unconditional(r);
}

/* Words that only this form has. */
static unsigned int recognise_seccompiler(const struct source *source)
{
	if (!json_likely(source) || memmem(source->text, source->size, "\"filter\"", 8) == NULL)
		return 0;
	return memmem(source->text, source->size, "match_action", 12) != NULL ||
			       memmem(source->text, source->size, "filter_action", 13) != NULL
		       ? 90
		       : 0;
}

static bool read_seccompiler_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct reading r = { .stack = stack };
	const struct json *root = json_parse(stack->arena, stack->notes, source);
	const char *names = "";
	const struct json *chosen = NULL;

	if (root == NULL)
		return false;
	if (root->kind != JSON_OBJECT || root->n == 0)
		return note_error(stack->notes, root->at, "{\"vcpu\": {\"mismatch_action\": ...}}",
				  "is no object that has filters by thread");
	for (const struct json *v = root->first; v != NULL; v = v->next) {
		names = arena_print(stack->arena, "%s%s%s", names, v != root->first ? ", " : "", v->key);
		if (options->select != NULL && strcmp(options->select, v->key) == 0)
			chosen = v;
		if (json_get(root, v->key) != v)
			return note_error(stack->notes, v->key_at, "give one of them another name",
					  "%s stands here twice", v->key);
	}
	if (options->select == NULL && root->n > 1 && options->every_part) {
		stack->apart = true;
		for (const struct json *v = root->first; v != NULL; v = v->next)
			take_thread(&r, v, source);
		return !r.bad;
	}
	if (options->select == NULL && root->n > 1)
		return note_error(stack->notes, root->at,
				  arena_print(stack->arena, "`--select NAME` says which one: %s", names),
				  "has the filters of %zu threads", root->n);
	if (options->select == NULL)
		chosen = root->first;
	if (chosen == NULL)
		return note_error(stack->notes, root->at, arena_print(stack->arena, "there are: %s", names),
				  "has no filter for a thread %s", options->select);
	take_thread(&r, chosen, source);
	return !r.bad;
}

const struct reader read_seccompiler = {
	.name = "seccompiler",
	.what = "seccompiler JSON, as Firecracker has it",
	.recognise = recognise_seccompiler,
	.read = read_seccompiler_file,
};
