/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_replay.c - `portcullis replay` and `portcullis cover`: a recorded run under another policy,
 * and what of a policy a run used.
 */
#include <inttypes.h>
#include <string.h>

#include "calls.h"
#include "cover.h"
#include "disasm.h"
#include "run_stack.h"
#include "say.h"

/* Reads the policies before the last operand, which is the run's. */
static enum status read_both(struct invocation *in, struct stack *stack, struct asker *asker, struct run_stack *run,
			     struct recorded_call **calls)
{
	if (in->n_operands < 1 || (in->n_operands < 2 && option(in, "file") == NULL))
		return bad_usage(in, "a POLICY and the EVENTS of a run are wanted");
	if (!read_stack(in, stack, 0, in->n_operands - 1) || !calls_read(in, in->operands[in->n_operands - 1], calls))
		return STATUS_BAD;
	return run_stack_make(in, stack, asker, run);
}

static enum status run_replay(struct invocation *in)
{
	struct stack stack = new_stack(in);
	struct recorded_call *calls = NULL;
	struct run_stack run;
	struct asker asker;
	uint64_t all = 0, changed = 0;
	enum status status;

	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = read_both(in, &stack, &asker, &run, &calls);
	for (const struct recorded_call *c = calls; status == STATUS_YES && c != NULL; c = c->next) {
		const struct seccomp_verdict v = seccomp_evaluate(run.newest, 0, &c->data);

		all += c->count;
		if (v.ret == c->ret)
			continue;
		changed += c->count;
		fprintf(in->out, "%s  %s -> %s", c->text, say_answer(&in->arena, c->ret),
			say_answer(&in->arena, v.ret));
		fprintf(in->out, "  %s",
			v.match == NULL ? "all allow"
					: run_stack_why(&in->arena, run.policies[v.match->id - 1], &c->data));
		if (c->count > 1)
			fprintf(in->out, "  %" PRIu64 " times", c->count);
		fputc('\n', in->out);
	}
	status = ask_end(&asker, status, &stack, NULL);
	if (status != STATUS_YES)
		return status;
	fprintf(in->out, "%" PRIu64 " call%s, of which %" PRIu64 " would be answered otherwise\n", all,
		all == 1 ? "" : "s", changed);
	return changed == 0 ? STATUS_YES : STATUS_NO;
}

/* ---- cover ---- */

static void print_count(FILE *to, uint64_t count)
{
	if (count == 0)
		fprintf(to, "%9s", "#####");
	else
		fprintf(to, "%9" PRIu64, count);
}

static void print_rules(struct invocation *in, const struct cover *cover)
{
	const struct policy *p = cover->policy;
	const uint64_t *counts = cover->rules;
	size_t used = 0, active = 0;

	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];
		const char *when = say_conditions(&in->arena, r);

		if (r->inactive != NULL || r->implied)
			continue;
		active++;
		used += counts[i] != 0;
		if (option(in, "unused") != NULL && counts[i] != 0)
			continue;
		print_count(in->out, counts[i]);
		fprintf(in->out, ": %s  %s%s%s  %s\n", say_place(&in->arena, r->at, false),
			r->every_call ? "every call" : say_call_name(&in->arena, r->nr), *when != '\0' ? " when " : "",
			when, say_answer(&in->arena, r->ret));
	}
	print_count(in->out, counts[p->n_rules]);
	fprintf(in->out, ": %s  default  %s\n", say_place(&in->arena, p->otherwise_at, false),
		say_answer(&in->arena, p->otherwise));
	fprintf(in->out, "%s: %zu of %zu rules used\n", p->name, used, active);
}

static void print_instructions(struct invocation *in, const struct cover *cover)
{
	const struct policy *p = cover->policy;
	const struct seccomp_program *program = cover->program;
	const uint64_t *counts = cover->instructions;
	uint32_t used = 0;

	for (uint32_t pc = 0; pc < program->len; pc++) {
		char text[SECCOMP_TEXT_MAX];

		used += counts[pc] != 0;
		if (p->program == NULL || (option(in, "unused") != NULL && counts[pc] != 0))
			continue;
		seccomp_disasm(text, &program->insns[pc]);
		print_count(in->out, counts[pc]);
		fprintf(in->out, ": %4" PRIu32 ": %s\n", pc, text);
	}
	fprintf(in->out, "%s: %" PRIu32 " of %" PRIu32 " instructions used\n", p->name, used, program->len);
}

static enum status run_cover(struct invocation *in)
{
	struct stack stack = new_stack(in);
	struct recorded_call *calls = NULL;
	struct run_stack run;
	struct asker asker;
	enum status status;

	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = read_both(in, &stack, &asker, &run, &calls);
	if (status == STATUS_YES)
		for (const struct seccomp_filter *f = run.newest; f != NULL; f = f->prev) {
			struct cover cover;

			cover_init(&cover, &in->arena, run.policies[f->id - 1], f->program);
			for (const struct recorded_call *c = calls; c != NULL; c = c->next)
				cover_take(&cover, &c->data, c->count);
			if (cover.policy->program == NULL)
				print_rules(in, &cover);
			print_instructions(in, &cover);
		}
	return ask_end(&asker, status, &stack, NULL);
}

const struct command command_replay = {
	.name = "replay",
	.operands = "POLICY... EVENTS",
	.summary = "a recorded run under another policy: which calls would be answered otherwise",
	.details = "Judges every call that EVENTS recorded by POLICY (several: a stack, oldest\n"
		   "first) and prints those whose answer changes, with the rule. What the program\n"
		   "would do after another answer is not known. Status 0: no call changes; 1: some\n"
		   "do.\n",
	.reads = true,
	.run = run_replay,
};

static const struct option_row cover_options[] = {
	{ 0, "unused", NULL, "only what no call used" },
	{ 0 },
};

const struct command command_cover = {
	.name = "cover",
	.operands = "POLICY... EVENTS",
	.summary = "which rules and instructions of a policy a recorded run used",
	.details = "Counts for each rule of POLICY, or for each instruction where POLICY is a\n"
		   "filter, how many of the calls that EVENTS recorded it answered. ##### marks\n"
		   "what none used.\n",
	.options = cover_options,
	.reads = true,
	.run = run_cover,
};
