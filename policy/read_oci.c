/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_oci.c - seccomp profiles of Docker, Podman and the OCI runtime specification (JSON).
 *
 * Read as the runtimes do: moby/profiles and containers/common for what stands in front of the
 * OCI form, runc's libcontainer/seccomp and crun's [seccomp.c] for what is made of it. What those
 * ignore in silence is a warning here.
 */
#include <string.h>

#include "names.h"
#include "oci.h"

void oci_note_unknown_keys(struct oci *o, const struct json *object, const char *const *known)
{
	for (const struct json *e = object->first; e != NULL; e = e->next) {
		size_t i = 0;

		while (known[i] != NULL && strcasecmp(known[i], e->key) != 0)
			i++;
		if (known[i] == NULL)
			note_warning(o->stack->notes, e->key_at, "", "no such key: %s; runtimes ignore it", e->key);
		else if (oci_find(object, e->key) != e)
			note_warning(o->stack->notes, e->key_at, "", "%s stands here twice; the last one counts",
				     e->key);
		else if (strcmp(known[i], e->key) != 0)
			note_warning(o->stack->notes, e->key_at, arena_print(o->stack->arena, "write %s", known[i]),
				     "Docker and Podman take %s for %s; others ignore it", e->key, known[i]);
	}
}

/* The operator OP of the condition ARG, or NULL if it has none. MASKED: its value is a mask. */
static bool read_operator(struct oci *o, const struct json *arg, const struct json *op, enum test *test, bool *masked)
{
	static const struct {
		const char *name;
		enum test test;
	} operators[] = {
		{ "NE", TEST_NE }, { "LT", TEST_LT }, { "LE", TEST_LE },	{ "EQ", TEST_EQ },
		{ "GE", TEST_GE }, { "GT", TEST_GT }, { "MASKED_EQ", TEST_EQ },
	};
	static const char hint[] = "one of SCMP_CMP_NE, LT, LE, EQ, GE, GT, MASKED_EQ, with that beginning";
	size_t i = 0;

	if (op == NULL)
		return note_error(o->stack->notes, arg->at, hint, "op is missing");
	while (i < 7 && (strncmp(op->text, "SCMP_CMP_", 9) != 0 || strcmp(operators[i].name, op->text + 9) != 0))
		i++;
	if (i == 7)
		return note_error(o->stack->notes, op->at, hint, "no such operator: %s", op->text);
	*test = operators[i].test;
	*masked = i == 6;
	return true;
}

/* One condition. */
static bool read_arg(struct oci *o, const struct json *arg, struct condition *c)
{
	bool bad = false;
	const struct json *index, *value, *two, *op;
	uint64_t numbers[3] = { 0 };
	enum test test = TEST_EQ;
	bool masked = false;

	if (arg->kind != JSON_OBJECT)
		return note_error(o->stack->notes, arg->at, "", "a condition is an object, and this is %s",
				  json_kind_name(arg));
	oci_note_unknown_keys(o, arg, WORDS("index", "value", "valueTwo", "op"));
	index = oci_get(o, arg, "index", JSON_NUMBER, &bad);
	value = oci_get(o, arg, "value", JSON_NUMBER, &bad);
	two = oci_get(o, arg, "valueTwo", JSON_NUMBER, &bad);
	op = oci_get(o, arg, "op", JSON_STRING, &bad);
	if (bad || !read_operator(o, arg, op, &test, &masked))
		return false;
	if (index == NULL)
		note_warning(o->stack->notes, arg->at, "\"index\": 0 to 5", "without an index, argument 0 is meant");
	if ((index != NULL && !json_number(index, &numbers[0])) || numbers[0] > 5)
		return note_error(o->stack->notes, index->at, "arguments are numbered 0 to 5", "no such argument");
	for (size_t k = 1; k < 3; k++) {
		const struct json *v = k == 1 ? value : two;

		if (v != NULL && !json_number(v, &numbers[k]))
			return note_error(o->stack->notes, v->at,
					  "a negative int is written as its 64 bits, -100 as 18446744073709551516",
					  "no whole number of 0 to 2^64-1");
	}
	*c = condition_on((enum field)numbers[0], test, numbers[1], arg->at);
	if (masked) {
		c->mask = numbers[1];
		c->value = numbers[2] & numbers[1];
		if (c->value != numbers[2])
			note_warning(o->stack->notes, two->at,
				     "with MASKED_EQ, value is the mask and valueTwo what is wanted",
				     "bits of valueTwo outside of the mask count for nothing");
	}
	return true;
}

/* Adds rules for one name: one, or one for each condition if several look at the same argument. */
static void add_rules(struct oci *o, const struct rule *like, const struct condition *conditions, size_t n)
{
	unsigned int seen = 0;
	bool again = false;

	/* [crun: libcrun_generate_seccomp] */
	if (n > 6 && o->runtime != OCI_DOCKER) {
		note_warning(o->stack->notes, like->at, "write two rules",
			     "crun looks at the first six conditions only");
		n = 6;
	}
	for (size_t i = 0; i < n; i++) {
		again |= (seen >> conditions[i].field & 1) != 0;
		seen |= 1U << conditions[i].field;
	}
	for (size_t i = 0; i < (again ? n : 1); i++) {
		struct rule *r = policy_add_rule(o->stack, o->policy, like->at);

		*r = *like;
		rule_set_conditions(o->stack, r, again ? &conditions[i] : conditions, again ? 1 : n);
	}
}

/*
 * One name of an entry. LIKE_DEFAULT: the rule is inactive for that
 * alone; its names count nevertheless.
 */
static bool read_name(struct oci *o, const struct json *name, struct rule *like, const struct condition *conditions,
		      size_t n, bool like_default)
{
	const bool counts = like->inactive == NULL || like_default;
	const struct call *call;

	if (name->kind != JSON_STRING || *name->text == '\0')
		return note_error(o->stack->notes, name->at, "", "the name of a call should be here");
	if (like->ret == SECCOMP_RET_USER_NOTIF && strcmp(name->text, "write") == 0 && o->runtime == OCI_DOCKER &&
	    like->inactive == NULL)
		return note_error(o->stack->notes, name->at, "runc needs write to hand over the listener",
				  "runc refuses SCMP_ACT_NOTIFY for write");
	call = call_by_name(name->text, strlen(name->text));
	if (call == NULL) {
		if (counts)
			policy_add_missing(o->stack, o->policy, name->text, name->at);
		return true;
	}
	like->name = name->text;
	like->name_at = name->at;
	like->every_call = false;
	like->nr = call->nr;
	if (counts && call->nr > o->largest)
		o->largest = call->nr;
	add_rules(o, like, conditions, n);
	return true;
}

const char oci_left_out[] = "the action is the default's, and runtimes leave out such a rule";

/* One entry of "syscalls". */
static bool read_entry(struct oci *o, const struct json *entry)
{
	struct rule like = { .at = entry->at };
	bool bad = false, good = true, like_default = false;
	const struct json *args, *names, *name, *comment;
	struct condition *conditions;
	size_t n = 0;

	if (entry->kind != JSON_OBJECT)
		return note_error(o->stack->notes, entry->at, "", "a rule is an object, and this is %s",
				  json_kind_name(entry));
	oci_note_unknown_keys(
		o, entry,
		WORDS("names", "name", "action", "errnoRet", "errno", "args", "comment", "includes", "excludes"));
	names = oci_get(o, entry, "names", JSON_ARRAY, &bad);
	name = oci_get(o, entry, "name", JSON_STRING, &bad);
	args = oci_get(o, entry, "args", JSON_ARRAY, &bad);
	comment = oci_get(o, entry, "comment", JSON_STRING, &bad);
	like.inactive = bad ? NULL : oci_inactive(o, entry, &like.inactive_at, &bad);
	if (bad || !oci_action(o, entry, "action", "errnoRet", "errno", &like.ret))
		return false;
	if (like.inactive == NULL && like.ret == o->policy->otherwise) {
		like.inactive = oci_left_out;
		like.inactive_at = oci_find(entry, "action")->at;
		like_default = true;
	}
	if (name != NULL && names != NULL && names->n > 0)
		return note_error(o->stack->notes, name->at, "write all of them under names",
				  "both name and names are here");
	if (name == NULL && (names == NULL || names->n == 0))
		note_warning(o->stack->notes, entry->at, "names is the list of calls", "the rule names no call");
	like.comment = comment != NULL && *comment->text != '\0' ? comment->text : NULL;
	conditions = arena_zalloc(o->stack->arena, (args != NULL ? args->n : 0) * sizeof(*conditions) + 1);
	for (const struct json *a = args != NULL ? args->first : NULL; a != NULL; a = a->next)
		good = read_arg(o, a, &conditions[n++]) && good;
	if (!good)
		return false;
	if (name != NULL)
		good = read_name(o, name, &like, conditions, n, like_default);
	for (const struct json *one = names != NULL ? names->first : NULL; one != NULL; one = one->next)
		good = read_name(o, one, &like, conditions, n, like_default) && good;
	return good;
}

static bool read_profile(struct oci *o, const struct json *profile)
{
	bool bad = false, good;
	const struct json *syscalls = oci_get(o, profile, "syscalls", JSON_ARRAY, &bad);
	const struct json *action = oci_find(profile, "defaultAction");
	struct policy *p = o->policy;

	oci_note_unknown_keys(o, profile,
			      WORDS("defaultAction", "defaultErrnoRet", "defaultErrno", "architectures", "archMap",
				    "flags", "listenerPath", "listenerMetadata", "syscalls"));
	if (action == NULL && (syscalls == NULL || syscalls->n == 0)) {
		note_warning(o->stack->notes, profile->at, "runtimes take this for: no filter at all",
			     "neither defaultAction nor syscalls are here");
		return !bad;
	}
	if (bad || !oci_check_arches(o, profile) || !oci_flags(o, profile) ||
	    !oci_action(o, profile, "defaultAction", "defaultErrnoRet", "defaultErrno", &p->otherwise))
		return false;
	if (o->notifies && o->runtime == OCI_DOCKER)
		return note_error(o->stack->notes, action->at, "", "runc refuses SCMP_ACT_NOTIFY as the default");
	o->notifies = false;
	p->otherwise_at = action->at;
	p->foreign = SECCOMP_RET_KILL_THREAD;
	p->foreign_at = profile->at;
	good = true;
	for (const struct json *e = syscalls != NULL ? syscalls->first : NULL; e != NULL; e = e->next)
		good = read_entry(o, e) && good;
	if (o->notifies)
		p->flags |= SECCOMP_FILTER_FLAG_NEW_LISTENER;
	oci_order(o);
	return good;
}

static unsigned int recognise_oci(const struct source *s)
{
	if (!json_likely(s))
		return 0;
	return memmem(s->text, s->size, "\"defaultAction\"", 15) != NULL ? 90
	       : memmem(s->text, s->size, "SCMP_ACT_", 9) != NULL	 ? 80
									 : 0;
}

static bool read_oci_file(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct oci o = { .stack = stack, .source = source };
	const struct json *v = json_parse(stack->arena, stack->notes, source), *inner;

	if (v == NULL || !oci_set_options(&o, options))
		return false;
	/* A container's whole configuration has the profile inside; so has Kubernetes' object. */
	inner = json_get(json_get(v, "linux"), "seccomp");
	if (inner == NULL && json_get(v, "kind") != NULL)
		inner = json_get(v, "spec");
	if (inner != NULL)
		v = inner;
	if (v->kind != JSON_OBJECT)
		return note_error(stack->notes, v->at, "", "a profile is an object, and this is %s", json_kind_name(v));
	o.policy = stack_push(stack, source->name, "OCI profile", source_whole(source));
	return read_profile(&o, v);
}

const struct reader read_oci = {
	.name = "oci",
	.what = "profile of Docker, Podman or the OCI runtime specification (JSON)",
	.recognise = recognise_oci,
	.read = read_oci_file,
};
