/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_diff.c - `portcullis diff OLD NEW`: for which calls NEW is weaker, stricter, or otherwise
 * different, each with a call that shows it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "diff.h"
#include "foreign.h"
#include "say.h"

/* How many calls a list of differences of one kind is about. */
static size_t count(const struct diff *d, enum change change)
{
	size_t n = 0;

	for (size_t i = 0; i < d->n; i++)
		if (d->list[i].change == change)
			n += d->list[i].box.nr[1] - d->list[i].box.nr[0] < 512
				     ? d->list[i].box.nr[1] - d->list[i].box.nr[0] + 1
				     : 1;
	return n;
}

/* A number means another call in each architecture. */
static const char *name_of(struct arena *arena, uint32_t arch, uint32_t nr)
{
	const char *name = arch == AUDIT_ARCH_RISCV64 ? say_call_name(arena, nr) : foreign_call_name(arch, nr);

	return name != NULL ? name : arena_print(arena, "syscall_%" PRIu32, nr);
}

static const char *calls_of(struct arena *arena, const struct box *box, bool always)
{
	const char *names = "";
	const uint32_t n = box->nr[1] - box->nr[0];

	if (box->arch[0] < box->arch[1] && box->arch[0] <= AUDIT_ARCH_RISCV64 && AUDIT_ARCH_RISCV64 <= box->arch[1])
		return n == UINT32_MAX ? "every call of every architecture"
				       : arena_print(arena, "numbers %" PRIu32 " to %" PRIu32 " of every architecture",
						     box->nr[0], box->nr[1]);
	if (box->arch[0] != box->arch[1] || seccomp_arch_name(box->arch[0]) == NULL)
		return "calls of other architectures";
	if (n > 32)
		return arena_print(arena, "numbers %" PRIu32 " to %" PRIu32, box->nr[0], box->nr[1]);
	for (uint32_t i = 0; i <= n; i++)
		names = arena_print(arena, "%s%s%s%s", names, i > 0 ? " " : "",
				    name_of(arena, box->arch[0], box->nr[0] + i), always ? "(*)" : "");
	if (strcmp(seccomp_arch_name(box->arch[0]), "riscv64") != 0)
		names = arena_print(arena, "%s of %s", names, seccomp_arch_name(box->arch[0]));
	return names;
}

/* What decides in a stack: where all allow, there may be no one. */
static const char *why(struct arena *arena, const struct run_stack *run, const struct seccomp_data *data)
{
	const struct policy *p = run_stack_decider(run, data);

	if (p == NULL && run->stack->depth == 1)
		p = run->stack->oldest;
	return p != NULL ? run_stack_why(arena, p, data) : "all allow";
}

static void print_difference(FILE *to, struct arena *arena, const struct diff *d, const struct difference *x)
{
	static const char *const words[] = { "weaker", "stricter", "different" };

	fprintf(to, "  %-9s %s: %s -> %s\n", words[x->change], calls_of(arena, &x->box, x->always),
		say_answer(arena, x->old), say_answer(arena, x->new));
	if (!x->always || x->box.nr[0] != x->box.nr[1])
		fprintf(to, "            e.g. %s\n", say_call(arena, &x->example));
	fprintf(to, "            old: %s; new: %s\n", why(arena, d->old, &x->example), why(arena, d->new, &x->example));
}

/* SECCOMP_FILTER_FLAG_LOG decides whether a refusal is logged. True if it differs anywhere. */
static bool print_flags(FILE *to, const struct stack *old, const struct stack *new)
{
	const struct policy *a = old->oldest, *b = new->oldest;
	bool differ = false;

	for (; a != NULL && b != NULL; a = a->newer, b = b->newer) {
		if (((a->flags ^ b->flags) & SECCOMP_FILTER_FLAG_LOG) == 0)
			continue;
		differ = true;
		fprintf(to, "  log       %s: what it answers is %s\n", b->name,
			(b->flags & SECCOMP_FILTER_FLAG_LOG) != 0 ? "logged now (SECCOMP_FILTER_FLAG_LOG)"
								  : "logged no longer");
	}
	return differ;
}

static enum status report(struct invocation *in, struct diff *d, bool flags)
{
	const size_t weaker = count(d, CHANGE_WEAKER), stricter = count(d, CHANGE_STRICTER),
		     other = count(d, CHANGE_OTHER);

	if (d->wrong) {
		fputs("portcullis: the solver claims a difference that running the filters does not show; please report this\n",
		      stderr);
		return STATUS_UNDECIDED;
	}
	if (d->n == 0 && !flags)
		fputs("NEW answers every call as OLD does\n", in->out);
	else if (d->n > 0)
		fprintf(in->out, "NEW is %s than OLD for %zu call%s, stricter for %zu, otherwise different for %zu\n",
			weaker > 0 ? "WEAKER" : "weaker", weaker, weaker == 1 ? "" : "s", stricter, other);
	for (enum change c = CHANGE_WEAKER; c < CHANGES; c++)
		for (size_t i = 0; i < d->n; i++)
			if (d->list[i].change == c)
				print_difference(in->out, &in->arena, d, &d->list[i]);
	if (d->undecided) {
		fputs("undecided: the solver could not tell for some calls\n", in->out);
		return STATUS_UNDECIDED;
	}
	fprintf(in->out, "proved: %s for any number, architecture and arguments\n",
		d->n > 0 ? "nothing else differs" : "no answer differs");
	if (option(in, "only-weaker") != NULL)
		return weaker > 0 ? STATUS_NO : STATUS_YES;
	return d->n > 0 || flags ? STATUS_NO : STATUS_YES;
}

static enum status run_diff(struct invocation *in)
{
	struct stack old = new_stack(in), new = new_stack(in);
	struct run_stack runs[2];
	struct asker asker;
	enum status status;
	struct diff d;

	if (in->n_operands < 2)
		return bad_usage(in, "OLD and NEW are wanted");
	/* -f files lie below both. */
	if (!read_stack(in, &old, 0, 1) || !read_stack(in, &new, 1, in->n_operands))
		return STATUS_BAD;
	status = careful_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &old, &asker, &runs[0]);
	if (status == STATUS_YES)
		status = run_stack_make(in, &new, &asker, &runs[1]);
	d = (struct diff){ .arena = &in->arena, .old = &runs[0], .new = &runs[1] };
	if (status == STATUS_YES) {
		diff_find(&d, &asker);
		status = report(in, &d, print_flags(in->out, &old, &new));
		if (asker.agreed > 0 && status != STATUS_UNDECIDED)
			fprintf(in->out, "cvc5 agrees: asked %u question%s\n", asker.agreed,
				asker.agreed == 1 ? "" : "s");
	}
	status = careful_end(&asker, status);
	ask_free(&asker);
	return status;
}

static const struct option_row diff_options[] = {
	{ 0, "careful", NULL, "a second solver, cvc5, is asked, too; status 3 if it does not agree" },
	{ 0, "only-weaker", NULL, "the status tells only whether NEW is weaker anywhere" },
	{ 0 },
};

const struct command command_diff = {
	.name = "diff",
	.operands = "OLD NEW...",
	.summary = "where a policy is weaker or stricter than another",
	.details = "Compares what OLD and NEW (several: a stack, oldest first) answer, for all\n"
		   "numbers, architectures and arguments. Each difference is shown with a call,\n"
		   "which has been run on both. Status 1 if there is one.\n",
	.options = diff_options,
	.reads = true,
	.run = run_diff,
};
