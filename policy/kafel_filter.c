/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kafel_filter.c - actions and the filters in their braces: ALLOW { read, mmap {
 * (prot & 4) == 0 } }, USE name.
 */
#include <string.h>

#include "action_words.h"
#include "kafel.h"

/*
 * Kafel's names that are not Linux's, and arguments that it calls
 * otherwise than Linux's prototypes do.
 */
static const struct {
	const char *name, *real;
} aliases[] = { { "newfstat", "fstat" },
		{ "newuname", "uname" },
		{ "umount", "umount2" },
		{ "newstat", "stat" },
		{ "newlstat", "lstat" },
		{ "sysctl", "_sysctl" },
		{ "sync_file_range2", "sync_file_range" } };

static const struct {
	const char *call;
	unsigned int arg;
	const char *name;
} argument_aliases[] = {
	{ "unlinkat", 2, "flags" }, { "fchownat", 4, "flags" },	 { "vmsplice", 1, "iov" },
	{ "mmap", 5, "off" },	    { "setns", 1, "nstype" },	 { "sched_getattr", 2, "size" },
	{ "getrandom", 0, "buf" },  { "getrandom", 1, "count" }, { "statx", 4, "statxbuf" },
	{ "fsopen", 0, "fs_name" }, { "fsconfig", 2, "key" },	 { "fsconfig", 3, "value" },
	{ "openat2", 3, "size" },
};

bool kafel_action(struct kafel *k, uint32_t *ret)
{
	bool number;

	if (k->token.kind != KAFEL_NAME ||
	    !action_find(ACTION_KAFEL, k->token.text, strlen(k->token.text), ret, &number))
		return !k->failed &&
		       kafel_error(k, action_proposals(k->stack->arena, ACTION_KAFEL), "no action of kafel's");
	kafel_next(k);
	if (!number)
		return !k->failed;
	if (!kafel_expect(k, "(", "ERRNO(1)"))
		return false;
	if (k->token.kind != KAFEL_NUMBER || k->token.number > UINT16_MAX) {
		const struct constant *c = constant_find(k->token.text, strlen(k->token.text));

		return !k->failed && kafel_error(k,
						 c != NULL ? arena_print(k->stack->arena, "%s is %llu", c->name,
									 (unsigned long long)c->value)
							   : "",
						 "a number of 0 to 65535 is wanted here");
	}
	*ret |= (uint32_t)k->token.number;
	kafel_next(k);
	return kafel_expect(k, ")", "ERRNO(1)");
}

bool kafel_is_action(const char *name, size_t n)
{
	uint32_t ret;
	bool number;

	return action_find(ACTION_KAFEL, name, n, &ret, &number);
}

/* A number as a call, SYSCALL[5], or a name; then perhaps names of its arguments. */
static bool take_call(struct kafel *k, struct rule *r, struct kafel_args *args)
{
	const struct call *call;
	const struct kafel_constant *c;
	const char *name;

	r->at = r->name_at = k->token.at;
	if (kafel_take(k, "SYSCALL")) {
		if (!kafel_expect(k, "[", "SYSCALL[5]"))
			return false;
		if (k->token.kind != KAFEL_NUMBER)
			return !k->failed && kafel_error(k, "SYSCALL[5]", "a number is wanted here");
		if (k->token.number > UINT32_MAX)
			return kafel_error(k, "0 to 4294967295", "the number of a call has 32 bits");
		r->nr = (uint32_t)k->token.number;
		kafel_next(k);
		args->call = "a number";
		return kafel_expect(k, "]", "SYSCALL[5]");
	}
	if (k->token.kind != KAFEL_NAME)
		return !k->failed && kafel_error(k, "ALLOW { read, write }", "the name of a call is missing here");
	c = kafel_find(k, k->token.text);
	if (c != NULL) {
		r->nr = (uint32_t)c->value;
		args->call = c->name;
		kafel_next(k);
		return !k->failed;
	}
	name = k->token.text;
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcmp(k->token.text, aliases[i].name) == 0)
			name = aliases[i].real;
	call = call_by_name(name, strlen(name));
	if (call == NULL) {
		r->name = name;
		kafel_next(k);
		return !k->failed;
	}
	r->nr = call->nr;
	r->name = args->call = call->name;
	for (args->n = 0; args->n < call->nargs; args->n++) {
		args->arg[args->n].name = call->args[args->n].name;
		args->arg[args->n].bits = argument_bits(call->args[args->n].type) == 64 ? 64 : 32;
		for (size_t i = 0; i < sizeof(argument_aliases) / sizeof(argument_aliases[0]); i++)
			if (argument_aliases[i].arg == args->n && strcmp(argument_aliases[i].call, call->name) == 0)
				args->arg[args->n].alias = argument_aliases[i].name;
	}
	kafel_next(k);
	return !k->failed;
}

/* (a, b): names for the arguments, all of 64 bits. */
static bool take_arguments(struct kafel *k, struct kafel_args *args)
{
	args->n = 0;
	while (k->token.kind == KAFEL_NAME) {
		if (args->n == 6)
			return kafel_error(k, "", "no call has as many arguments");
		args->arg[args->n].name = k->token.text;
		args->arg[args->n++].bits = 64;
		kafel_next(k);
		if (!kafel_take(k, ","))
			break;
	}
	return kafel_expect(k, ")", "SYSCALL[5](first, second)");
}

/* Kafel's names of architectures, riscv64's first. [kafel: src/syscall.c] */
static const char *const archs[] = { "riscv64", "rv64", "arm",	"aarch64", "arm64",  "x86_64", "amd64",
				     "x86",	"i386", "mips", "mipso32", "mips64", "m68k" };

#define ARCHS (sizeof(archs) / sizeof(archs[0]))

/* ON riscv64, ON { amd64, riscv64 }: is this machine among them? */
static bool take_archs(struct kafel *k, bool *ours)
{
	const bool several = kafel_take(k, "{");
	size_t i;

	*ours = false;
	do {
		if (k->token.kind != KAFEL_NAME)
			return !k->failed &&
			       kafel_error(k, "riscv64, aarch64, amd64 ...", "an architecture is missing here");
		for (i = 0; i < ARCHS && strcmp(k->token.text, archs[i]) != 0; i++)
			;
		if (i == ARCHS)
			return kafel_error(k, "riscv64, aarch64, amd64 ...",
					   "kafel knows no architecture of that name");
		*ours |= i < 2;
		kafel_next(k);
	} while (several && kafel_take(k, ","));
	return !several || kafel_expect(k, "}", "ON { amd64, riscv64 }");
}

static void add_rule(struct kafel *k, struct kafel_entry *e, size_t *room, struct rule r, const struct kafel_clause *c)
{
	rule_set_conditions(k->stack, &r, c != NULL ? c->conditions : NULL, c != NULL ? c->n : 0);
	e->rules = arena_grow(k->stack->arena, e->rules, e->n_rules, 1, sizeof(r), room);
	e->rules[e->n_rules++] = r;
}

/* read, or open(a, b) ON riscv64 { a == 1 } */
static bool take_filter(struct kafel *k, struct kafel_entry *e, size_t *room, uint32_t ret)
{
	struct kafel_args args = { .n = 0 };
	struct kafel_clause *clauses = NULL;
	struct rule r = { .ret = ret };
	bool ours = true, conditional = false;

	if (!take_call(k, &r, &args) || (kafel_take(k, "(") && !take_arguments(k, &args)) ||
	    (kafel_take(k, "ON") && !take_archs(k, &ours)))
		return false;
	if (!ours)
		args.call = NULL;
	if (kafel_take(k, "{") && !kafel_take(k, "}")) {
		conditional = true;
		if (!kafel_condition(k, &args, &clauses) || !kafel_expect(k, "}", "mmap { (prot & 4) == 0 }"))
			return false;
	}
	if (k->failed)
		return false;
	if (r.name != NULL && call_by_name(r.name, strlen(r.name)) == NULL) {
		bool bad = false;

		if (ours && call_instead(r.name, strlen(r.name)) != NULL)
			policy_add_missing(k->stack, k->policy, r.name, r.name_at);
		else if (ours)
			scan_call(k->stack, k->policy, r.name_at, true, &bad);
		k->failed |= bad;
		return !bad;
	}
	r.inactive = ours ? NULL : "is for other architectures";
	r.inactive_at = r.at;
	if (!conditional || !ours)
		add_rule(k, e, room, r, NULL);
	for (const struct kafel_clause *c = clauses; c != NULL && ours; c = c->next)
		add_rule(k, e, room, r, c);
	return true;
}

static struct kafel_entry *add_entry(struct kafel *k, struct kafel_policy *p)
{
	struct kafel_entry *e = arena_zalloc(k->stack->arena, sizeof(*e));

	if (p->last == NULL)
		p->last = &p->first;
	*p->last = e;
	p->last = &e->next;
	return e;
}

/* USE name, or ACTION { filters }; more behind commas. */
bool kafel_statements(struct kafel *k, struct kafel_policy *p)
{
	do {
		struct kafel_entry *e = add_entry(k, p);
		uint32_t ret;
		size_t room = 0;

		if (kafel_take(k, "USE")) {
			for (e->used = k->policies; e->used != NULL; e->used = e->used->next)
				if (k->token.kind == KAFEL_NAME && strcmp(e->used->name, k->token.text) == 0)
					break;
			if (e->used == NULL)
				return !k->failed && kafel_error(k, "it must stand above", "no policy of that name");
			kafel_next(k);
			continue;
		}
		if (!kafel_action(k, &ret) || !kafel_expect(k, "{", "ALLOW { read, write }"))
			return false;
		if (kafel_take(k, "}"))
			continue;
		do
			if (!take_filter(k, e, &room, ret))
				return false;
		while (kafel_take(k, ","));
		if (!kafel_expect(k, "}", "a comma between filters"))
			return false;
	} while (!k->failed && kafel_take(k, ","));
	return !k->failed;
}
