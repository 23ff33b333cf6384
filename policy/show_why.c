/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_why.c - which comparison of a program led to its answer: wanted and seen.
 */
#include <inttypes.h>
#include <string.h>

#include "build.h"
#include "foreign.h"
#include "names.h"
#include "say.h"
#include "show.h"

/* A comparison on the way of a call. */
struct comparison {
	uint32_t pc, word, mask, op, k, seen;
	bool holds;
};

/*
 * What A holds at PC on the way of the call; false: the way does not lead there. The program ends
 * at an instruction that it reaches as soon as a RET stands in its place; COPY is for that.
 */
static bool reaches_insn(struct sock_filter *copy, uint32_t len, uint32_t pc, const struct seccomp_data *data,
			 uint32_t *a)
{
	const struct sock_filter saved = copy[pc];
	struct seccomp_result at;

	copy[pc] = (struct sock_filter){ BPF_RET | BPF_A, 0, 0, 0 };
	at = seccomp_run(copy, len, data);
	copy[pc] = saved;
	*a = at.ret;
	return at.pc == pc;
}

/* Does A still hold a word of the call, masked, after the instruction? */
static bool still_compares(const struct sock_filter *i, struct comparison *held)
{
	if (i->code == (BPF_LD | BPF_W | BPF_ABS)) {
		*held = (struct comparison){ .word = i->k, .mask = UINT32_MAX };
		return true;
	}
	if (i->code != (BPF_ALU | BPF_AND | BPF_K))
		return false;
	held->mask &= i->k;
	return true;
}

static bool is_comparison(const struct sock_filter *i)
{
	return BPF_CLASS(i->code) == BPF_JMP && BPF_SRC(i->code) == BPF_K && BPF_OP(i->code) != BPF_JA;
}

/*
 * The last comparison of an argument on the way. *NAMED: one looked for the call's number, and
 * found it.
 */
static bool last_comparison(struct arena *arena, const struct sock_filter *insns, uint32_t len,
			    const struct seccomp_data *data, struct comparison *last, bool *named)
{
	struct sock_filter *copy = arena_zalloc(arena, len * sizeof(*copy));
	struct comparison held = { 0 };
	bool known = false, found = false;

	memcpy(copy, insns, len * sizeof(*copy));
	*named = false;
	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter *i = &insns[pc];
		uint32_t a;

		if (!reaches_insn(copy, len, pc, data, &a))
			continue;
		if (BPF_CLASS(i->code) == BPF_LD || BPF_CLASS(i->code) == BPF_ALU)
			known = still_compares(i, &held) && (known || BPF_CLASS(i->code) == BPF_LD);
		if (!is_comparison(i) || !known)
			continue;
		held.pc = pc;
		held.op = BPF_OP(i->code);
		held.k = i->k;
		held.seen = a;
		held.holds = seccomp_holds(i->code, a, i->k);
		*named |= held.word == SECCOMP_NR && held.op == BPF_JEQ && held.holds;
		if (held.word < SECCOMP_ARG0_LO)
			continue;
		*last = held;
		found = true;
	}
	return found;
}

static void print_comparison(FILE *to, struct arena *arena, const struct comparison *c, const struct query *q,
			     const char *indent)
{
	const struct call *call = query_call(q);
	const unsigned int i = (c->word - SECCOMP_ARG0_LO) / 8;
	const bool high = (c->word - SECCOMP_ARG0_LO) % 8 != 0;
	const struct argument *a = call != NULL && i < call->nargs ? &call->args[i] : NULL;
	const char *name = a != NULL ? a->name : arena_print(arena, "args[%u]", i);
	const char *test = c->op == BPF_JEQ ? "==" : c->op == BPF_JGT ? ">" : c->op == BPF_JGE ? ">=" : "&";
	const char *mask = c->mask == UINT32_MAX ? "" : arena_print(arena, " & 0x%" PRIx32, c->mask);

	if (!q->known[i])
		return;
	fprintf(to, "%spc=%" PRIu32 ": the %s half of %s%s is 0x%" PRIx32 ", and %s 0x%" PRIx32 " %s\n", indent, c->pc,
		high ? "upper" : "lower", name, mask, c->seen, test, c->k, c->holds ? "holds" : "does not hold");
	if (!high || a == NULL || argument_bits(a->type) == 64)
		return;
	if (c->seen == UINT32_MAX && (uint32_t)q->data.args[i] > INT32_MAX)
		fprintf(to, "%s%s is an int, which programs pass sign-extended: compare its lower half alone\n", indent,
			name);
	else if (c->seen != 0)
		fprintf(to, "%s%s is an int: Linux looks at its lower half alone\n", indent, name);
}

/* Is the call answered as numbers of no call are, with and without x32's bit? */
static bool is_of_others(const struct sock_filter *insns, uint32_t len, const struct seccomp_data *data)
{
	const uint32_t ret = seccomp_run(insns, len, data).ret;
	struct seccomp_data other = *data;

	other.nr = X32_BIT - 1;
	if (seccomp_run(insns, len, &other).ret != ret)
		return false;
	other.nr = INT32_MAX;
	return seccomp_run(insns, len, &other).ret == ret;
}

void show_why(FILE *to, struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
	      const char *indent)
{
	struct comparison last = { 0 };
	bool named;

	if (last_comparison(arena, insns, len, &q->data, &last, &named))
		print_comparison(to, arena, &last, q, indent);
	else if (!named)
		fprintf(to, "%sno instruction looks for number %d: %s\n", indent, q->data.nr,
			is_of_others(insns, len, &q->data) ? "this is what the filter answers to all others"
							   : "it is in a range of numbers that are answered so");
}
