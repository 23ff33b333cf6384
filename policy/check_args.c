/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_args.c - checks: arguments of which a policy looks at another part than Linux does.
 *
 * Asked of the answers as functions, so programs are asked as rules are: does the answer change
 * when a part of an argument does, with all else the same? A call that is shown has been answered
 * by the policy in both ways.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "check.h"
#include "foreign.h"
#include "names.h"
#include "say.h"
#include "show.h"
#include "summary.h"

/* One argument of one call. */
struct arg {
	struct checker *c;
	const struct checked_call *k;
	unsigned int i;
	const struct argument *is;
	Z3_ast answer, low, high;
	struct seccomp_data example; /* a call that shows what is wrong */
};

/* The answer, if the upper half of the argument were HIGH. */
static Z3_ast with_high(const struct arg *a, Z3_ast high)
{
	return Z3_substitute(a->c->asker->sym.z3, a->answer, 1, &a->high, &high);
}

/*
 * Terms are shared: an answer that does not mention a word is the same term with another one in its
 * place.
 */
static Z3_ast terms_differ(const struct arg *a, Z3_ast x, Z3_ast y)
{
	if (x == y)
		return Z3_mk_false(a->c->asker->sym.z3);
	return Z3_mk_not(a->c->asker->sym.z3, Z3_mk_eq(a->c->asker->sym.z3, x, y));
}

/* Some other word, in place of a word of the argument. */
static Z3_ast other_word(const struct arg *a, const char *name)
{
	const Z3_context z3 = a->c->asker->sym.z3;

	return Z3_mk_const(z3, Z3_mk_string_symbol(z3, name), Z3_mk_bv_sort(z3, 32));
}

static bool is_shown(const struct arg *a, Z3_ast claim, struct seccomp_data *example)
{
	return shown(a->c, a->k->call->nr, claim, example);
}

static uint32_t answer_to(const struct arg *a, const struct seccomp_data *data)
{
	return side_answer(&(struct side){ a->c->subject, 1 }, data);
}

/* The condition of the rule on the argument; NULL: it has none. */
static const struct condition *condition_in(const struct arg *a, const struct rule *rule)
{
	for (size_t i = 0; i < rule->n_conditions; i++)
		if ((unsigned int)rule->conditions[i].field == a->i)
			return &rule->conditions[i];
	return NULL;
}

/*
 * The condition on the argument that answers the example, or else the first one; NULL: none of the
 * policy's words is about it.
 */
static const struct condition *condition_of(const struct arg *a)
{
	const struct policy *p = a->c->policy;
	const struct rule *by = NULL;

	if (p->program == NULL)
		policy_meaning(p, &a->example, &by);
	if (by != NULL && condition_in(a, by) != NULL)
		return condition_in(a, by);
	for (const struct rule *rule = p->rules; rule != NULL && rule < p->rules + p->n_rules; rule++)
		if (rule->inactive == NULL && !rule->every_call && rule->nr == a->k->call->nr &&
		    condition_in(a, rule) != NULL)
			return condition_in(a, rule);
	return NULL;
}

/* Where a condition on the argument stands, or at least the rule or the answer. */
static struct place place_of(const struct arg *a)
{
	const struct condition *condition = condition_of(a);

	return condition != NULL && condition->at.source != NULL ? condition->at : answer_place(a->c, a->k);
}

static const char *lower_half(const struct arg *a)
{
	return advise_lower_half(a->c, a->k->call, a->i, condition_of(a));
}

/* The call with plain numbers as arguments, so that every bit is seen. */
static const char *raw_call(const struct arg *a, const struct seccomp_data *d)
{
	const char *text = arena_print(a->c->arena, "%s(", a->k->call->name);

	for (unsigned int i = 0; i < a->k->call->nargs; i++)
		text = arena_print(a->c->arena, "%s%s0x%" PRIx64, text, i > 0 ? ", " : "", d->args[i]);
	return arena_print(a->c->arena, "%s)", text);
}

/* ---- an int of which all 64 bits are compared ---- */

/* Is it the way in which programs pass the value that is refused? */
static bool is_meant_unsigned(const struct arg *a, const struct seccomp_data *plain, const struct seccomp_data *wide)
{
	return (a->is->type == ARG_INT || a->is->kind == KIND_IOCTL) &&
	       (!action_runs(answer_to(a, wide)) || action_runs(answer_to(a, plain)));
}

/* The same value, sign-extended, gets another answer than with zeros above it. */
static bool check_sign(struct arg *a)
{
	struct symbols *sym = &a->c->asker->sym;
	const Z3_ast zero = symbol_constant(sym, 0), ones = symbol_constant(sym, UINT32_MAX);
	const Z3_ast negative = Z3_mk_bvslt(sym->z3, a->low, zero);
	struct seccomp_data d, wide;
	Z3_ast claim = both_terms(sym, negative, terms_differ(a, with_high(a, zero), with_high(a, ones)));
	Z3_ast known = claim;

	/* A descriptor that is negative is AT_FDCWD. */
	if (a->is->kind == KIND_DIRFD)
		known = both_terms(sym, claim, Z3_mk_eq(sym->z3, a->low, symbol_constant(sym, (uint32_t)-100)));
	if (!is_shown(a, known, &d) && (known == claim || !is_shown(a, claim, &d)))
		return false;
	d.args[a->i] &= UINT32_MAX;
	wide = d;
	wide.args[a->i] |= UINT64_C(0xffffffff00000000);
	if (answer_to(a, &d) == answer_to(a, &wide))
		return false;
	a->example = action_runs(answer_to(a, &d)) ? d : wide;
	check_found_call(a->c, CHECK_INT_SIGN, is_meant_unsigned(a, &d, &wide) ? SEVERITY_WARNING : SEVERITY_NOTE,
			 place_of(a), lower_half(a), raw_call(a, &wide),
			 "%s: %s is an int, and the policy compares 64 bits: 0x%" PRIx64
			 " is answered %s, and 0x%" PRIx64 ", which is how %s it, %s",
			 a->k->call->name, a->is->name, d.args[a->i], say_answer(a->c->arena, answer_to(a, &d)),
			 wide.args[a->i], a->is->type == ARG_INT ? "programs pass" : "some C libraries pass",
			 say_answer(a->c->arena, answer_to(a, &wide)));
	return true;
}

/*
 * With something in the upper half, which Linux does not look at, a call runs that otherwise does
 * not.
 */
static bool check_passes(struct arg *a)
{
	struct symbols *sym = &a->c->asker->sym;
	const Z3_ast zero = symbol_constant(sym, 0), ones = symbol_constant(sym, UINT32_MAX);
	const Z3_ast sign = Z3_mk_ite(sym->z3, Z3_mk_bvslt(sym->z3, a->low, zero), ones, zero);
	const Z3_ast claims[] = { runs_term(sym, a->answer), Z3_mk_not(sym->z3, runs_term(sym, with_high(a, zero))),
				  Z3_mk_not(sym->z3, runs_term(sym, with_high(a, sign))) };
	struct seccomp_data d, plain, one;

	if (!is_shown(a, Z3_mk_and(sym->z3, 3, claims), &d))
		return false;
	one = plain = d;
	plain.args[a->i] &= UINT32_MAX;
	one.args[a->i] = plain.args[a->i] | UINT64_C(1) << 32;
	if (action_runs(answer_to(a, &one))) /* the plainest example: each solver comes upon another */
		d = one;
	if (!action_runs(answer_to(a, &d)) || action_runs(answer_to(a, &plain)))
		return false;
	a->example = d;
	check_found_call(a->c, CHECK_INT_UPPER_HALF, SEVERITY_ERROR, place_of(a), lower_half(a), raw_call(a, &d),
			 "%s: Linux looks at the lower 32 bits of %s, the policy at all 64: 0x%" PRIx64
			 " is answered %s, and 0x%" PRIx64 ", which is the same to Linux, %s",
			 a->k->call->name, a->is->name, plain.args[a->i], say_answer(a->c->arena, answer_to(a, &plain)),
			 d.args[a->i], say_answer(a->c->arena, answer_to(a, &d)));
	return true;
}

static void check_int(struct arg *a)
{
	struct seccomp_data d;

	if (!is_shown(a, terms_differ(a, a->answer, with_high(a, other_word(a, "other"))), &d))
		return;
	if (check_passes(a) || check_sign(a))
		return;
	check_found(a->c, CHECK_INT_DIRTY, place_of(a), lower_half(a),
		    "%s: Linux looks at the lower 32 bits of %s, the policy at all 64", a->k->call->name, a->is->name);
}

/* ---- 64 bits of which half is compared; pointers; what the call has not ---- */

static bool is_flags(enum argument_kind kind)
{
	switch (kind) {
	case KIND_NUMBER:
	case KIND_POINTER:
	case KIND_PATH:
	case KIND_STRING:
	case KIND_SIZE:
	case KIND_OFFSET:
	case KIND_ID:
	case KIND_FD:
		return false;
	default:
		return true;
	}
}

static void check_wide(const struct arg *a)
{
	struct symbols *sym = &a->c->asker->sym;
	const Z3_ast zero = symbol_constant(sym, 0), low = other_word(a, "low"), high = other_word(a, "high");
	Z3_ast both[] = { a->low, a->high }, others[] = { low, high };
	const Z3_ast other = Z3_substitute(sym->z3, a->answer, 2, both, others);
	struct seccomp_data d;
	bool by_low, by_high;
	Z3_ast claims[3];

	by_low = is_shown(a, terms_differ(a, a->answer, Z3_substitute(sym->z3, a->answer, 1, &a->low, &low)), &d);
	by_high = possible(a->c, a->k->call->nr, terms_differ(a, a->answer, with_high(a, high)), &d);
	if (by_low && !by_high && !is_flags(a->is->kind) && !arch_is_narrow(a->c->arch))
		check_found(a->c, CHECK_LOWER_HALF, place_of(a), NULL,
			    "%s: %s has 64 bits, and the policy looks at the lower 32", a->k->call->name, a->is->name);
	if (a->is->type != ARG_PTR || (!by_low && !by_high))
		return;
	claims[0] = Z3_mk_not(sym->z3, Z3_mk_eq(sym->z3, Z3_mk_bvor(sym->z3, a->low, a->high), zero));
	claims[1] = Z3_mk_not(sym->z3, Z3_mk_eq(sym->z3, Z3_mk_bvor(sym->z3, low, high), zero));
	claims[2] = terms_differ(a, a->answer, other);
	if (is_shown(a, Z3_mk_and(sym->z3, 3, claims), &d))
		check_found(a->c, CHECK_POINTER, place_of(a), NULL,
			    "%s: %s is a pointer, and the policy compares the address", a->k->call->name, a->is->name);
}

static void check_call(struct checker *c, const struct checked_call *k)
{
	struct symbols *sym = &c->asker->sym;
	const Z3_ast answer = outcomes_term(sym, &k->outcomes);
	struct seccomp_data d;

	for (unsigned int i = 0; i < 6; i++) {
		static const struct argument none = { "", ARG_ULONG, KIND_NUMBER };
		const struct argument *is = i < k->call->nargs ? &k->call->args[i] : &none;
		struct arg a = { .c = c, .k = k, .i = i, .is = is, .answer = answer };
		Z3_ast both[2], others[2];

		both[0] = a.low = symbol_word(sym, SECCOMP_ARG0_LO + 8 * i);
		both[1] = a.high = symbol_word(sym, SECCOMP_ARG0_HI + 8 * i);
		others[0] = other_word(&a, "low");
		others[1] = other_word(&a, "high");
		a.example = (struct seccomp_data){ .nr = (int)k->call->nr, .arch = c->arch };
		if (i >= k->call->nargs) {
			if (is_shown(&a, terms_differ(&a, answer, Z3_substitute(sym->z3, answer, 2, both, others)), &d))
				check_found(c, CHECK_ARG_BEYOND, place_of(&a), NULL,
					    "%s has %u argument%s, and the policy looks at args[%u]", k->call->name,
					    k->call->nargs, k->call->nargs == 1 ? "" : "s", i);
		} else if (argument_bits(is->type) == 64) {
			check_wide(&a);
		} else if (!arch_is_narrow(c->arch)) {
			check_int(&a);
		}
	}
}

/* Filters compare unsigned numbers: a negative int is a large one. */
static void check_order(struct checker *c)
{
	const struct policy *p = c->policy;
	uint32_t told = UINT32_MAX;

	for (size_t r = 0; r < p->n_rules; r++) {
		const struct rule *rule = &p->rules[r];
		const struct call *call = rule->every_call ? NULL : call_by_number(rule->nr);

		for (size_t i = 0; i < rule->n_conditions && call != NULL && rule->inactive == NULL; i++) {
			const struct condition *x = &rule->conditions[i];

			if (x->test < TEST_LT || (unsigned int)x->field >= call->nargs || x->mask < UINT32_MAX ||
			    call->nr == told ||
			    (call->args[x->field].type != ARG_INT && call->args[x->field].type != ARG_LONG))
				continue;
			check_found(c, CHECK_SIGNED_ORDER, x->at.source != NULL ? x->at : rule->at, NULL,
				    "%s: %s: seccomp compares unsigned numbers, and %s may be negative", call->name,
				    say_condition(c->arena, call_by_number(rule->nr), x), call->args[x->field].name);
			told = call->nr;
		}
	}
}

void check_args(struct checker *c)
{
	struct place at = c->policy->at;
	const bool by_ip = summary_looks_at_ip(c->policy, &at), every = !c->above.constant && !by_ip;

	if (every)
		check_found(c, CHECK_NUMBER_UNCHECKED, answer_place(c, &c->above), NULL,
			    "looks at arguments of calls whose number it does not know: %s",
			    show_answers(c->arena, &c->above.outcomes));
	for (size_t i = 0; i < c->n_calls && !every; i++)
		if (!c->calls[i].constant && !is_left_open(c, c->calls[i].call->nr))
			check_call(c, &c->calls[i]);
	check_order(c);
	if (by_ip)
		check_found(c, CHECK_IP, at, NULL, "looks at the instruction pointer");
}
