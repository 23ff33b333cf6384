/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_check.c - `portcullis check`: what is wrong with policies, by a catalogue of checks.
 */
#include <string.h>
#include <unistd.h>

#include <abi/audit.h>
#include "check.h"
#include "run.h"
#include "summary.h"

/* Is ID a word of a list with commas between? */
static bool is_in(const char *list, const char *id)
{
	const size_t n = strlen(id);

	while (list != NULL && *list != '\0') {
		const size_t length = strcspn(list, ",");

		if (length == n && strncmp(list, id, n) == 0)
			return true;
		list += length;
		list += *list == ',';
	}
	return false;
}

/* Do --only and --skip leave the check? Each may be given several times. */
static bool is_wanted(const struct invocation *in, const struct check *check)
{
	bool only = false, named = false;

	for (size_t i = 0; i < in->n_given; i++) {
		const struct given_option *g = &in->given[i];

		if (strcmp(g->name, "skip") == 0 && is_in(g->value, check->id))
			return false;
		only |= strcmp(g->name, "only") == 0;
		named |= strcmp(g->name, "only") == 0 && is_in(g->value, check->id);
	}
	return !only || named;
}

/* Is every word of --only and --skip the id of a check? */
static bool ids_are_known(const struct invocation *in)
{
	for (size_t i = 0; i < in->n_given; i++) {
		const struct given_option *g = &in->given[i];
		const bool ids = strcmp(g->name, "only") == 0 || strcmp(g->name, "skip") == 0;

		for (const char *s = ids ? g->value : ""; *s != '\0';) {
			const size_t n = strcspn(s, ",");
			bool known = n == 0;

			for (size_t k = 0; k < CHECKS; k++)
				known |= strlen(checks[k].id) == n && strncmp(checks[k].id, s, n) == 0;
			if (!known) {
				bad_usage(in, "--%s: no such check: %.*s; --list shows them", g->name, (int)n, s);
				return false;
			}
			s += n;
			s += *s == ',';
		}
	}
	return true;
}

/* Takes a program off the operands, if one of them is: the last one, an ELF file. */
static bool take_program(struct invocation *in, struct checked_program *program, const struct checked_program **taken)
{
	*taken = NULL;
	if (in->n_operands == 0 || !program_likely(in->operands[in->n_operands - 1]))
		return true;
	*taken = program;
	return program_read(&in->arena, &in->notes, in->operands[--in->n_operands], program);
}

/* What is wrong with a policy whatever the machine that it is for. */
static void check_calls(struct checker *c)
{
	static void (*const families[])(struct checker *) = { check_args, check_flags, check_siblings, check_libc };

	check_whole(c);
	check_answers(c);
	check_rules(c);
	if (c->arch == AUDIT_ARCH_RISCV64)
		check_names(c);
	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]) && !c->trivial && !is_out_of_time(c); i++)
		families[i](c);
}

/* A filter that is made for other machines: what is wrong with it there. */
static void check_elsewhere(struct checker *c, const struct policy *p, const struct subject *subject)
{
	static const uint32_t known[] = { AUDIT_ARCH_X86_64, AUDIT_ARCH_I386, AUDIT_ARCH_AARCH64 };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!summary_names_arch(p->program, p->len, known[i]))
			continue;
		check_facts(c, p, subject, known[i]);
		check_x32(c);
		check_calls(c);
	}
}

static void check_policy(struct checker *c, size_t i)
{
	const struct policy *p = c->run->policies[i];
	const struct subject *subject = &c->run->subjects[i];

	if (is_out_of_time(c))
		return;
	if (summary_other_arch(p->program, p->len) != 0)
		check_elsewhere(c, p, subject);
	check_facts(c, p, subject, AUDIT_ARCH_RISCV64);
	check_arch(c);
	check_calls(c);
	if (!c->trivial)
		check_target(c);
}

static void keep_wanted(const struct invocation *in, struct checker *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_findings; i++)
		if (is_wanted(in, c->findings[i].check))
			c->findings[n++] = c->findings[i];
	c->n_findings = n;
}

static enum status report_findings(struct invocation *in, struct checker *c)
{
	bool found = false;

	keep_wanted(in, c);
	if (option(in, "json") != NULL)
		check_print_json(in->out, c);
	else if (option(in, "sarif") != NULL)
		check_print_sarif(in->out, c);
	else
		check_print_text(in->out, c);
	for (size_t i = 0; i < c->n_findings; i++)
		found |= c->findings[i].severity != SEVERITY_NOTE;
	return found ? STATUS_NO : STATUS_YES;
}

/* What WORDS, with blanks between, has as arguments; how many. */
static unsigned int split_words(struct arena *arena, const char *words, const char **arguments)
{
	unsigned int n = 0;

	for (words += strspn(words, " "); *words != '\0'; words += strspn(words, " ")) {
		const size_t length = strcspn(words, " ");

		arguments[n++] = arena_copy(arena, words, length);
		words += length;
	}
	return n;
}

/* PROGRAM under the policies: nothing may be refused, and it must end well. */
static enum status try_program(struct invocation *in, const char *program)
{
	const char *words = option(in, "run");
	const size_t room = 3 + in->n_given + (size_t)in->n_operands + strlen(words);
	const char **arguments = arena_zalloc(&in->arena, room * sizeof(*arguments));
	unsigned int n = 0;
	int status;

	arguments[n++] = "--deny-is-failure";
	n += run_options_given(in, arguments + n);
	for (int i = 0; i < in->n_operands; i++)
		arguments[n++] = arena_print(&in->arena, "--file=%s", in->operands[i]);
	arguments[n++] = "--";
	arguments[n++] = program;
	n += split_words(&in->arena, words, arguments + n);
	status = run_program(arguments, n, false);
	if (status == 0)
		fprintf(in->out, "under the policy %s ends with status 0, and is refused nothing\n", program);
	if (status == 0 && !isatty(STDOUT_FILENO) && option(in, "tty") == NULL)
		fputs("it had no terminal, which a packed program has: --tty tries that\n", in->out);
	if (status > 0)
		fprintf(stderr, "portcullis: under the policy %s %s\n", program,
			status == STATUS_UNDECIDED ? "is refused a call"
						   : arena_print(&in->arena, "ends with status %d", status));
	return status < 0 ? STATUS_BAD : status == 0 ? STATUS_YES : STATUS_NO;
}

/* What only a run takes wants one. False after a line on stderr. */
static bool options_fit(const struct invocation *in)
{
	for (size_t i = 0; option(in, "run") == NULL && i < in->n_given; i++) {
		const char *name = in->given[i].name;

		if (option_is_in(running_options, name) && !option_is_in(reading_options, name)) {
			bad_usage(in, "--%s is for --run", name);
			return false;
		}
	}
	return true;
}

static enum status run_check(struct invocation *in)
{
	struct stack stack = new_stack(in);
	struct checker c = { .arena = &in->arena };
	struct checked_program program;
	struct run_stack run;
	struct asker asker;
	enum status status;

	if (option(in, "list") != NULL) {
		check_print_list(in->out);
		return STATUS_YES;
	}
	if (!ids_are_known(in) || !options_fit(in))
		return STATUS_BAD;
	if (!target_parse(&in->notes, option(in, "target") != NULL ? option(in, "target") : "", &c.target) ||
	    !take_program(in, &program, &c.program)) {
		notes_print(stderr, &in->notes, NOTE_ERROR);
		return STATUS_BAD;
	}
	if (in->n_operands == 0 && option(in, "file") == NULL)
		return bad_usage(in, "a POLICY is wanted");
	if (option(in, "run") != NULL &&
	    (c.program == NULL || option(in, "json") != NULL || option(in, "sarif") != NULL))
		return bad_usage(in, "--run is for a PROGRAM, and neither for --json nor for --sarif");
	stack.tells_missing = true;
	if (!read_quietly(in, &stack, 0, in->n_operands)) {
		notes_print(stderr, &in->notes, NOTE_WARNING);
		return STATUS_BAD;
	}
	status = ask_begin(in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(in, &stack, &asker, &run);
	if (status == STATUS_YES) {
		c.run = &run;
		c.asker = &asker;
		check_notes(&c, &in->notes);
		for (size_t i = 0; i < run.side.n; i++)
			check_policy(&c, i);
		if (!stack.apart) {
			check_stack(&c);
			check_start_of_programs(&c);
		}
		status = report_findings(in, &c);
	} else {
		notes_print(stderr, &in->notes, NOTE_ERROR);
	}
	status = ask_end(&asker, status, &stack, NULL);
	if (option(in, "run") != NULL && status != STATUS_BAD) {
		const enum status tried = try_program(in, in->operands[in->n_operands]);

		status = status == STATUS_YES ? tried : status;
	}
	return status;
}

static const struct option_row check_options[] = {
	{ 0, "json", NULL, "the findings as JSON" },
	{ 0, "sarif", NULL, "the findings as SARIF 2.1.0, which code hosts show at the line" },
	{ 'l', "list", NULL, "the catalogue of checks: id, severity, what is found" },
	{ 0, "only", "ID[,ID...]", "no other checks" },
	{ 0, "skip", "ID[,ID...]", "not these checks" },
	{ 0, "run", "[=ARGS]", "run PROGRAM under the policies, too: it must end with 0, and nothing be refused" },
	{ 0, "target", "LIST", "for which kernels and libraries: linux-6.1..7.0,glibc-2.41" },
	{ 0 },
};

const struct command command_check = {
	.name = "check",
	.operands = "POLICY... [PROGRAM]",
	.summary = "what is wrong with a policy: holes, traps, rules that never answer",
	.details = "Goes through a catalogue of checks (--list). Each finding has its place, why it\n"
		   "matters and what to do. What is claimed for all arguments is asked of a solver,\n"
		   "and a call that is shown has been answered so. Several policies are a stack,\n"
		   "oldest first. With PROGRAM, an ELF file for riscv64: whether it starts; and with\n"
		   "--run, what is refused when it runs. With\n"
		   "--target: what kernels and libraries of those versions have and call. Status 1\n"
		   "if there is an error or a warning; notes do not count.\n",
	.options = check_options,
	.reads = true,
	.runs = true,
	.run = run_check,
};
