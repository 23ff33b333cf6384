/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kafel.h - reading kafel's language, between its parts: kafel_lex.c (words, #define, #include),
 * kafel_expr.c (conditions), read_kafel.c (policies).
 */
#pragma once

#include "scan.h"

#define KAFEL_INCLUDE_MAX 16U /* as kafel's MAX_INCLUDE_DEPTH */
#define KAFEL_DEPTH_MAX 64U   /* of brackets and ! in one another */

enum kafel_kind { KAFEL_END, KAFEL_NAME, KAFEL_NUMBER, KAFEL_SIGN };

struct kafel_token {
	enum kafel_kind kind;
	struct place at;
	uint64_t number;
	const char *text; /* of a name, and of a sign */
};

struct kafel_constant {
	struct kafel_constant *next;
	const char *name;
	uint64_t value;
};

struct kafel_policy;

/* Action blocks and USE statements, in their order. */
struct kafel_entry {
	struct kafel_entry *next;
	struct kafel_policy *used;
	struct rule *rules; /* in the order in which they are tried */
	size_t n_rules;
};

struct kafel_policy {
	struct kafel_policy *next;
	const char *name;
	struct kafel_entry *first, **last;
	bool used;
};

struct kafel {
	struct stack *stack;
	struct policy *policy;
	struct scan files[KAFEL_INCLUDE_MAX + 1]; /* the file that is read is files[depth] */
	unsigned int depth;
	unsigned int inside; /* brackets */
	bool failed;	     /* an error note was made */
	struct kafel_token token;
	struct kafel_constant *constants;
	struct kafel_policy *policies;
	struct kafel_policy main;
	bool has_default;
};

/* What an identifier in a condition may mean: the arguments of the call. */
struct kafel_args {
	struct {
		const char *name, *alias; /* NULL: it has no other */
		unsigned int bits;
	} arg[6];
	unsigned int n;
	const char *call; /* NULL: the call is not riscv64's; anything is taken, and means nothing */
};

/* Alternatives, of which each is conditions that must all hold. */
struct kafel_clause {
	struct kafel_clause *next;
	struct condition *conditions;
	size_t n;
};

/* The next token. After an error note it is KAFEL_END, and failed is set. */
void kafel_next(struct kafel *k);

/* Is the token that sign or that keyword? Takes it then. */
bool kafel_take(struct kafel *k, const char *text);

/* Takes it, or makes an error note. */
bool kafel_expect(struct kafel *k, const char *text, const char *hint);

/* An error note at the token. Returns false. */
bool kafel_error(struct kafel *k, const char *hint, const char *what);

const struct kafel_constant *kafel_find(const struct kafel *k, const char *name);

/*
 * Takes a condition, as alternatives (NULL: it never holds; one without conditions:
 * always). False after an error note.
 */
bool kafel_condition(struct kafel *k, const struct kafel_args *args, struct kafel_clause **clauses);

/*
 * kafel_filter.c: an action, with its number. ACTION { filters } and USE name, with commas, into a
 * policy. False after an error note.
 */
bool kafel_action(struct kafel *k, uint32_t *ret);
bool kafel_statements(struct kafel *k, struct kafel_policy *p);

/* Is that the name of an action? */
bool kafel_is_action(const char *name, size_t n);
