/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rules.h - the common form of a policy: what every reader makes, and every question is asked of.
 *
 * A policy is an ordered list of rules, of which the first that matches a call answers it, and a
 * default; or it is a program already. What a format means by its own order (the last line wins,
 * the most specific one wins) is the reader's business: here, the order is the meaning. Every rule
 * and condition knows where it stands. Policies that are installed one after the other, as a unit
 * file's or several -f, are a stack.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/bpf.h>
#include <abi/seccomp.h>

#include "source.h"

/* What a condition looks at. */
enum field {
	FIELD_ARG0 = 0,
	FIELD_ARG1,
	FIELD_ARG2,
	FIELD_ARG3,
	FIELD_ARG4,
	FIELD_ARG5,
	FIELD_NR = 6, /* the call's number, 32 bits */
	FIELD_IP = 7, /* the instruction pointer */
	FIELDS,
};

enum test {
	TEST_EQ = 0,
	TEST_NE,
	TEST_LT, /* all comparisons are of unsigned numbers */
	TEST_LE,
	TEST_GT,
	TEST_GE,
	TESTS,
};

/*
 * Holds when (FIELD & MASK) TEST VALUE; of a WIDTH of 32, only the lower
 * half of the field is looked at.
 */
struct condition {
	enum field field;
	enum test test;
	unsigned int width; /* 32 or 64 */
	uint64_t mask;	    /* all ones where the format has no mask */
	uint64_t value;
	struct place at;
};

/*
 * One call (or every one) with conditions of which all must hold. Alternatives are several rules.
 */
struct rule {
	const char *name; /* as written, NULL if the policy has a number or means every call */
	bool every_call;
	uint32_t nr;  /* riscv64's number; 0 where every_call or missing */
	uint32_t ret; /* action and data, a SECCOMP_RET_* word */
	const struct condition *conditions;
	size_t n_conditions;
	struct place at;      /* the rule, or the entry of the list of rules that it is part of */
	struct place name_at; /* the name */
	/*
	 * Why the rule does not stand for the machine and the task that is asked about; NULL: it
	 * does. It answers nothing, but is shown.
	 */
	const char *inactive;
	struct place inactive_at;
	const char *comment; /* the policy's own words about the rule, or NULL */
	bool implied;	     /* the policy has no word of it: what installs it adds it */
};

/* A name of which riscv64 has no call, or that nobody knows. */
struct missing {
	const char *name;
	struct place at;
};

struct policy {
	struct policy *newer; /* the next one of the stack */
	const char *name;     /* "docker.json", or with the part of the file: "vmm.json (thread vcpu)" */
	const char *form;     /* "OCI profile" */
	struct place at;      /* the whole file, or the part */

	struct rule *rules;
	size_t n_rules, room_rules;
	uint32_t otherwise; /* what is answered when no rule matches */
	struct place otherwise_at;
	uint32_t arch;	  /* AUDIT_ARCH_* that the rules are for */
	bool every_arch;  /* the policy does not look at the architecture */
	uint32_t foreign; /* what calls of another architecture are answered, unless every_arch */
	struct place foreign_at;

	/*
	 * The program, if the policy is one: it has passed seccomp_check(), and there are no rules.
	 * Else NULL.
	 */
	const struct sock_filter *program;
	uint32_t len;
	const struct place *program_at; /* for each instruction where it stands, or NULL */

	uint32_t flags; /* SECCOMP_FILTER_FLAG_* that the policy asks for */
	struct place flags_at;

	struct missing *missing;
	size_t n_missing, room_missing;
};

/*
 * Policies, oldest first. All zero but arena and notes is the empty stack, which allows everything.
 */
struct stack {
	struct arena *arena;
	struct notes *notes;
	struct policy *oldest, *newest;
	unsigned int depth;
	bool apart;	    /* the policies are for one thread each, and not installed one after the other */
	bool tells_missing; /* who asked tells of names that riscv64 has not: no notes of them */
};

/* Puts a policy on the stack: no rules, ALLOW, for riscv64, other architectures KILL_PROCESS. */
struct policy *stack_push(struct stack *stack, const char *name, const char *form, struct place at);

/*
 * Appends a rule: every call, no condition, ALLOW; the caller fills in the rest,
 * before the next one is appended.
 */
struct rule *policy_add_rule(struct stack *stack, struct policy *p, struct place at);

/* Gives the rule a copy of N conditions. */
void rule_set_conditions(struct stack *stack, struct rule *r, const struct condition *conditions, size_t n);

/* A condition on a whole field without a mask. */
struct condition condition_on(enum field field, enum test test, uint64_t value, struct place at);

/*
 * Notes that the policy names a call that riscv64 has not. Told together,
 * by policy_report_missing().
 */
void policy_add_missing(struct stack *stack, struct policy *p, const char *name, struct place at);

/*
 * missing.c: tells of the names that riscv64 has not, together, unless STACK->tells_missing; for
 * read.c, when a policy has been read.
 */
void policy_report_missing(struct stack *stack, const struct policy *p);

/*@
  // The field that the condition looks at.
  logic integer field_of{L}(struct condition *c, struct seccomp_data *d) =
    c->field == FIELD_NR ? (uint32_t)d->nr :
    0 <= c->field <= 5 ? d->args[c->field] : d->instruction_pointer;

  logic integer seen{L}(struct condition *c, struct seccomp_data *d) =
    (c->width == 32 ? (uint32_t)field_of(c, d) : field_of(c, d)) & c->mask;

  predicate holds{L}(struct condition *c, struct seccomp_data *d) =
    c->test == TEST_EQ ? seen(c, d) == c->value :
    c->test == TEST_NE ? seen(c, d) != c->value :
    c->test == TEST_LT ? seen(c, d) < c->value :
    c->test == TEST_LE ? seen(c, d) <= c->value :
    c->test == TEST_GT ? seen(c, d) > c->value :
    c->test == TEST_GE ? seen(c, d) >= c->value : \false;

  predicate readable{L}(struct rule *r) =
    \valid_read(r) && (r->n_conditions > 0 ==> \valid_read(r->conditions + (0 .. r->n_conditions - 1)));

  predicate matches{L}(struct rule *r, struct seccomp_data *d) =
    r->inactive == \null && (r->every_call || r->nr == (uint32_t)d->nr) &&
    \forall integer i; 0 <= i < r->n_conditions ==> holds(r->conditions + i, d);

  predicate ours{L}(struct policy *p, struct seccomp_data *d) = p->every_arch || d->arch == p->arch;
*/

/* What the field of a call holds that a condition looks at, mask and width applied. */
/*@ requires \valid_read(c) && \valid_read(data);
    assigns \nothing;
    ensures \result == seen(c, data);
*/
uint64_t condition_seen(const struct condition *c, const struct seccomp_data *data);

/* Does the condition hold? */
/*@ requires \valid_read(c) && \valid_read(data);
    assigns \nothing;
    ensures \result <==> holds(c, data);
*/
bool condition_holds(const struct condition *c, const struct seccomp_data *data);

/* Is the rule active, and does it match the call? The architecture is not looked at. */
/*@ requires readable(r) && \valid_read(data);
    assigns \nothing;
    ensures \result <==> matches(r, data);
*/
bool rule_matches(const struct rule *r, const struct seccomp_data *data);

/*
 * What a policy of rules answers to a call. *BY, unless NULL: the rule that did, or NULL: the
 * default, or the answer to a foreign architecture. Not for a policy that is a program.
 */
/*@ requires \valid_read(p) && \valid_read(data);
    requires p->n_rules > 0 ==> \valid_read(p->rules + (0 .. p->n_rules - 1));
    requires \forall integer i; 0 <= i < p->n_rules ==> readable(p->rules + i);
    requires by == \null || \valid(by);
    requires by != \null ==> \separated(by, p, data);
    assigns *by;
    ensures foreign: !ours{Pre}(p, data) ==> \result == \old(p->foreign);
    ensures none: ours{Pre}(p, data) && (\forall integer i; 0 <= i < \old(p->n_rules) ==> !matches{Pre}(\old(p->rules) + i, data)) ==>
      \result == \old(p->otherwise);
    ensures first: \forall integer i; ours{Pre}(p, data) && 0 <= i < \old(p->n_rules) && matches{Pre}(\old(p->rules) + i, data) &&
      (\forall integer k; 0 <= k < i ==> !matches{Pre}(\old(p->rules) + k, data)) ==> \result == \old(p->rules[i].ret);
*/
uint32_t policy_meaning(const struct policy *p, const struct seccomp_data *data, const struct rule **by);
