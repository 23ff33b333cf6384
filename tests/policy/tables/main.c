/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * main.c - checks of policy/names.h and constants.h that need their
 * insides; called by ../tables.sh.
 *
 *	tables constants	what differs from Linux's and the C library's, or is out of order
 *	tables newer		what differs from newer.txt on standard input
 *	tables calls		what the tables of calls say of one another that cannot be
 *	tables unknown		those of the names on standard input that nobody knows
 *	tables prototypes	the arguments of Linux 6.1's calls: call, place, type, name
 *	tables print NR ARG...	the call as portcullis writes it
 *	tables dependences	for each word of an argument that depends on another a call with it:
 *				name, arguments, and as portcullis writes it
 *	tables value TEXT	the value of constants, or what is wrong with them
 *	tables nearest NAME	the call that is most like it
 */
#include "tables.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "constants.h"

static void compare(const struct value *theirs)
{
	for (; theirs->name != NULL; theirs++) {
		const struct constant *c = constant_find(theirs->name, strlen(theirs->name));

		if (c == NULL)
			printf("%s: not found\n", theirs->name);
		else if (c->value != theirs->value)
			printf("%s: ours %#" PRIx64 ", theirs %#llx\n", c->name, c->value, theirs->value);
	}
}

static void constants(void)
{
	size_t n;
	const struct constant *all = constant_all(&n);
	static const char *const words[] = {
#define EMPTY
#define V(name, mask) #name,
#define KIND(kind, base, list) list
#include "kinds.def"
#undef KIND
#undef V
#undef EMPTY
	};

	compare(linux_has);
	compare(libc_has);
	for (size_t i = 1; i < n; i++)
		if (strcmp(all[i - 1].name, all[i].name) >= 0)
			printf("%s: stands before %s\n", all[i - 1].name, all[i].name);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (constant_find(words[i], strlen(words[i])) == NULL)
			printf("%s: in kinds.def, but no constant\n", words[i]);
}

static void newer(void)
{
	char line[256], name[128], text[64], args[16];
	size_t told = 0, n;
	const struct constant *all = constant_all(&n);

	while (fgets(line, sizeof(line), stdin) != NULL) {
		if (sscanf(line, "call %127s %63s %15s", name, text, args) == 3) {
			const struct call *c = call_by_name(name, strlen(name));

			if (c == NULL || c->nr != strtoul(text, NULL, 0) || c->since == NULL ||
			    (args[0] != '-' && c->nargs != strtoul(args, NULL, 0)))
				printf("%s: not so\n", name);
			told++;
		} else if (sscanf(line, "constant %127s %63s", name, text) == 2) {
			const struct constant *c = constant_find(name, strlen(name));

			if (c == NULL || c->value != strtoull(text, NULL, 0) || c->since == NULL)
				printf("%s: not so\n", name);
			told++;
		}
	}
	for (size_t i = 0; i < n; i++)
		told -= all[i].since != NULL;
	for (uint32_t nr = 0; nr < 1000; nr++)
		told -= call_by_number(nr) != NULL && call_by_number(nr)->since != NULL;
	if (told != 0)
		printf("%zd more lines than newer names\n", (ssize_t)told);
}

static void calls(void)
{
	static const struct {
		const char *name;
		unsigned int nargs;
	} lists[] = {
#define NONE
#define A(type, name, kind) +1
#define CALL(name, list) { #name, 0 list },
#include "args.def"
#undef CALL
#undef A
#undef NONE
	};
	static const struct {
		const char *name, *instead;
	} absent[] = {
#define ABSENT(name, instead) { #name, instead },
#include "absent.def"
#undef ABSENT
	};
	const size_t n = sizeof(lists) / sizeof(lists[0]);
	size_t count;
	const struct call *all = call_all(&count);

	if (n != count)
		printf("%zu lists of arguments for %zu calls\n", n, count);
	for (size_t i = 0; i < n; i++) {
		const struct call *c = call_by_name(lists[i].name, strlen(lists[i].name));

		if (c == NULL || c->nargs != lists[i].nargs)
			printf("%s: %u arguments in args.def\n", lists[i].name, lists[i].nargs);
	}
	for (size_t i = 1; i < count; i++)
		if (all[i - 1].nr >= all[i].nr || call_by_number(all[i].nr) != &all[i])
			printf("%s: out of order\n", all[i].name);
	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
		const char *at = absent[i].instead;

		if (call_by_name(absent[i].name, strlen(absent[i].name)) != NULL)
			printf("%s: is there\n", absent[i].name);
		while (*at != '\0' && strcmp(at, "...") != 0) {
			const size_t length = strcspn(at, ", ");

			if (call_by_name(at, length) == NULL)
				printf("%s: no call in place of %s\n", at, absent[i].name);
			at += length + strspn(at + length, ", ");
		}
	}
}

static void unknown(void)
{
	char name[128];

	while (scanf("%127s", name) == 1)
		if (call_by_name(name, strlen(name)) == NULL && call_instead(name, strlen(name)) == NULL)
			puts(name);
}

static void prototypes(void)
{
	static const char *const types[] = { "INT", "UINT", "SHORT", "LONG", "ULONG", "PTR" };
	size_t n;
	const struct call *all = call_all(&n);

	for (size_t i = 0; i < n; i++)
		for (unsigned int k = 0; k < all[i].nargs && all[i].since == NULL; k++)
			printf("%s %u %s %s\n", all[i].name, k, types[all[i].args[k].type], all[i].args[k].name);
}

struct dependence {
	const char *call, *constant, *kind;
	unsigned int by, argument;
};

static const struct dependence dependences[] = {
#define WHERE(call, by, constant, argument, type, kind) { #call, #constant, #kind, by, argument },
#define USES(call, by, constant, n)
#include "depends.def"
#undef USES
#undef WHERE
};

static const struct {
	const char *kind;
	const char *const *words;
} kinds[] = {
#define EMPTY
#define V(name, mask) #name,
#define KIND(kind, base, list) { #kind, (const char *const[]){ list NULL } },
#include "kinds.def"
#undef KIND
#undef V
#undef EMPTY
};

static const char *const *words_of(const char *kind)
{
	size_t i = 0;

	while (strcmp(kinds[i].kind, kind) != 0)
		i++;
	return kinds[i].words;
}

static uint64_t constant(const char *name)
{
	return constant_find(name, strlen(name))->value;
}

/* Fills in those of ARGS on which D depends. */
static void depend(const struct dependence *d, uint64_t args[6])
{
	args[d->by] = constant(d->constant);
	for (size_t i = 0; d->by > 0 && i < sizeof(dependences) / sizeof(dependences[0]); i++) {
		const struct dependence *e = &dependences[i];

		for (const char *const *w = words_of(e->kind); *w != NULL; w++)
			if (e->argument == d->by && strcmp(e->call, d->call) == 0 && strcmp(*w, d->constant) == 0)
				args[e->by] = constant(e->constant);
	}
}

static void print_dependences(struct arena *arena)
{
	for (size_t i = 0; i < sizeof(dependences) / sizeof(dependences[0]); i++) {
		const struct dependence *d = &dependences[i];
		const uint32_t nr = call_by_name(d->call, strlen(d->call))->nr;

		for (const char *const *w = words_of(d->kind); *w != NULL; w++) {
			uint64_t args[6] = { 99 };

			depend(d, args);
			args[d->argument] = constant(*w);
			printf("%s", d->call);
			for (int k = 0; k < 6; k++)
				printf(" %" PRIx64, args[k]);
			printf("\t%s\n", constant_print_call(arena, nr, args));
		}
	}
}

static void value_of(const char *text)
{
	uint64_t value;
	size_t at, length;
	const char *wrong = constant_evaluate(text, strlen(text), &value, &at, &length);

	if (wrong == NULL)
		printf("%#" PRIx64 "\n", value);
	else
		printf("%zu+%zu: %s\n", at, length, wrong);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	struct arena arena = { 0 };
	uint64_t args[6] = { 0 };

	if (strcmp(what, "constants") == 0)
		constants();
	else if (strcmp(what, "newer") == 0)
		newer();
	else if (strcmp(what, "calls") == 0)
		calls();
	else if (strcmp(what, "unknown") == 0)
		unknown();
	else if (strcmp(what, "dependences") == 0)
		print_dependences(&arena);
	else if (strcmp(what, "prototypes") == 0)
		prototypes();
	else if (strcmp(what, "value") == 0 && argc > 2)
		value_of(argv[2]);
	else if (strcmp(what, "nearest") == 0 && argc > 2)
		puts(call_nearest(argv[2], strlen(argv[2])) ?: "none");
	else if (strcmp(what, "print") == 0 && argc > 2) {
		for (int i = 3; i < argc && i < 9; i++)
			args[i - 3] = strtoull(argv[i], NULL, 0);
		puts(constant_print_call(&arena, (uint32_t)strtoul(argv[2], NULL, 0), args));
	} else
		return 2;
	arena_free(&arena);
	return 0;
}
