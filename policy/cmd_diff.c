/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_diff.c - `portcullis diff OLD NEW`: for which calls NEW is weaker, stricter, or otherwise
 * different, each with a call that shows it.
 */
#include <string.h>

#include "diff_say.h"

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

static enum status report_differences(struct invocation *in, struct diff *d, bool flags)
{
	size_t n;
	const struct diff_group *groups = diff_groups(d, &n);
	const size_t weaker = diff_count(groups, n, CHANGE_WEAKER), stricter = diff_count(groups, n, CHANGE_STRICTER),
		     other = diff_count(groups, n, CHANGE_OTHER);

	if (d->wrong) {
		fputs("portcullis: the solver claims a difference that running the filters does not show; please report this\n",
		      stderr);
		return STATUS_UNDECIDED;
	}
	if (d->n == 0 && !flags && !d->undecided)
		fputs("NEW answers every call as OLD does\n", in->out);
	else if (d->n > 0)
		fprintf(in->out, "NEW is %s than OLD for %zu call%s, stricter for %zu, otherwise different for %zu\n",
			weaker > 0 ? "WEAKER" : "weaker", weaker, weaker == 1 ? "" : "s", stricter, other);
	for (enum change c = CHANGE_WEAKER; c < CHANGES; c++)
		for (size_t i = 0; i < n; i++)
			if (groups[i].first->change == c)
				diff_print_group(in->out, &in->arena, &groups[i], option(in, "all") != NULL);
	if (d->undecided)
		return STATUS_UNDECIDED;
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
	/* The policies of -f are below both. */
	if (!read_stack(in, &old, 0, 1) || !read_stack(in, &new, 1, in->n_operands))
		return STATUS_BAD;
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &old, &asker, &runs[0]);
	if (status == STATUS_YES)
		status = run_stack_make(in, &new, &asker, &runs[1]);
	d = (struct diff){ .arena = &in->arena, .old = &runs[0], .new = &runs[1] };
	if (status == STATUS_YES) {
		diff_find(&d, &asker);
		status = report_differences(in, &d, print_flags(in->out, &old, &new));
		if (asker.agreed > 0 && status != STATUS_UNDECIDED)
			fprintf(in->out, "cvc5 agrees: asked %u question%s\n", asker.agreed,
				asker.agreed == 1 ? "" : "s");
	}
	return ask_end(&asker, status, &old, &new);
}

static const struct option_row diff_options[] = {
	{ 'a', "all", NULL, "every name, however many" },
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
