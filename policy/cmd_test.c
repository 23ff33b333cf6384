/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_test.c - `portcullis test`: a policy's own regression tests;
 * expect.h has the form of the file.
 */
#include <inttypes.h>
#include <string.h>

#include "expect.h"
#include "github.h"
#include "output.h"
#include "say.h"

struct result {
	const char *file, *text; /* the expectation's */
	struct place at;
	struct verdict_of_test v;
	struct result *next;
};

struct results {
	struct invocation *in;
	bool github;
	struct result *first, **last;
	unsigned int n, failed, undecided, unread;
};

static void put_escaped(FILE *to, const char *text, const char *escaped)
{
	for (; *text != '\0'; text++)
		fprintf(to, strchr(escaped, *text) != NULL ? "\\%c" : "%c", source_shown((unsigned char)*text));
}

/* TAP 14: a line for each expectation, with what was found below one that does not hold. */
static void print_tap(const struct results *r, const struct result *one)
{
	FILE *to = r->in->out;

	fprintf(to, "%sok %u - ", one->v.answer == ASK_YES ? "" : "not ", r->n);
	put_escaped(to, one->text, "");
	if (one->v.answer != ASK_YES) {
		const char *at = say_place(&r->in->arena, one->at, false);

		fprintf(to, "\n  ---\n  at: %s\n  found: \"", *at != '\0' ? at : one->file);
		put_escaped(to, one->v.why, "\"\\");
		fputs("\"\n  ...", to);
	}
	fputc('\n', to);
}

static void put_xml(FILE *to, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '<':
			fputs("&lt;", to);
			break;
		case '>':
			fputs("&gt;", to);
			break;
		case '&':
			fputs("&amp;", to);
			break;
		case '"':
			fputs("&quot;", to);
			break;
		default:
			putc(source_shown((unsigned char)*text), to);
		}
	}
}

static bool write_junit(const struct results *r, const char *name)
{
	struct output output;
	FILE *to = output_begin(&output);

	if (to == NULL)
		return false;
	fprintf(to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"portcullis\" tests=\"%u\" failures=\"%u\" errors=\"%u\">\n",
		r->n, r->failed, r->undecided);
	for (const struct result *one = r->first; one != NULL; one = one->next) {
		fputs("  <testcase classname=\"", to);
		put_xml(to, one->file);
		fputs("\" name=\"", to);
		put_xml(to, one->text);
		if (one->v.answer == ASK_YES) {
			fputs("\"/>\n", to);
			continue;
		}
		fprintf(to, "\"><%s message=\"", one->v.answer == ASK_NO ? "failure" : "error");
		put_xml(to, one->v.why);
		fputs("\"/></testcase>\n", to);
	}
	fputs("</testsuite>\n", to);
	return output_end(&output, name);
}

static struct result *add_result(struct results *r, const char *file, const char *text, struct place at,
				 struct verdict_of_test v)
{
	struct result *one = arena_zalloc(&r->in->arena, sizeof(*one));

	*one = (struct result){ file, text, at, v, NULL };
	*r->last = one;
	r->last = &one->next;
	r->n++;
	r->failed += v.answer == ASK_NO;
	r->undecided += v.answer == ASK_UNDECIDED;
	r->unread += v.unread;
	if (!r->github)
		print_tap(r, one);
	return one;
}

/* A file of expectations, or a policy that it names, of which nothing can be asked. */
static enum status fail_file(struct results *r, const char *name, struct place at, enum status status)
{
	const struct verdict_of_test v = { ASK_NO, "it cannot be read, or not compiled; stderr says why", true };
	struct result *one = add_result(r, name, name, at, v);

	if (r->github && status == STATUS_UNDECIDED)
		github_print(r->in->out, NOTE_ERROR, at, one->v.why);
	return status;
}

static enum status test_file(struct results *r, const char *name)
{
	struct test_file *file = arena_zalloc(&r->in->arena, sizeof(*file));
	const enum note_kind least = option(r->in, "quiet") != NULL ? NOTE_ERROR : NOTE_WARNING;
	const bool good = expect_read(r->in, name, file);
	const struct place whole = source_whole(file->source);
	struct run_stack run;
	struct asker asker;
	enum status status;

	if (r->github)
		github_notes(r->in->out, &r->in->notes, least);
	notes_print(stderr, &r->in->notes, least);
	if (!good)
		return fail_file(r, name, whole, STATUS_BAD);
	status = ask_begin(r->in, &asker);
	if (status == STATUS_YES)
		status = run_stack_make(r->in, &file->stack, &asker, &run);
	if (status != STATUS_YES)
		fail_file(r, name, whole, status);
	for (const struct expect *e = file->first; e != NULL && status == STATUS_YES; e = e->next) {
		struct result *one = add_result(r, name, e->text, e->at, expect_check(r->in, &asker, &run, file, e));

		if (r->github && one->v.answer != ASK_YES)
			github_print(r->in->out, NOTE_ERROR, e->at,
				     arena_print(&r->in->arena, "%s: %s", e->text, one->v.why));
		fflush(r->in->out);
	}
	return ask_end(&asker, status, &file->stack, NULL);
}

static enum status run_test(struct invocation *in)
{
	struct results r = { .in = in, .last = &r.first };
	const char *format = option(in, "format"), *junit = option(in, "junit");
	enum status status = STATUS_YES, one;

	if (in->n_operands == 0)
		return bad_usage(in, "a FILE with expectations is wanted");
	if (format != NULL && strcmp(format, "tap") != 0 && strcmp(format, "github") != 0)
		return bad_usage(in, "--format %s: tap or github", format);
	r.github = format != NULL && strcmp(format, "github") == 0;
	if (!r.github)
		fputs("TAP version 14\n", in->out);
	for (int i = 0; i < in->n_operands; i++) {
		one = test_file(&r, in->operands[i]);
		status = one > status ? one : status;
	}
	if (!r.github)
		fprintf(in->out, "1..%u\n", r.n);
	if (junit != NULL && !write_junit(&r, junit))
		return STATUS_BAD;
	if (status != STATUS_YES)
		return status;
	if (r.unread != 0)
		return STATUS_BAD;
	if (r.failed != 0)
		return STATUS_NO;
	return r.undecided != 0 ? STATUS_UNDECIDED : STATUS_YES;
}

static const struct option_row test_options[] = {
	{ 0, "junit", "FILE", "write the results into FILE, too, as JUnit has them" },
	{ 0, "format", "FORM", "tap, or github: its annotations, for what does not hold (tap)" },
	{ 0 },
};

const struct command command_test = {
	.name = "test",
	.operands = "FILE...",
	.summary = "a policy's own regression tests: what it must answer, for all arguments",
	.details = "FILE has a line for each thing that must hold, `#` begins a comment:\n"
		   "    policy docker.json           the policies; several are a stack, oldest first\n"
		   "    allow read(*, *, *)          for all values of what is `*`\n"
		   "    errno EPERM socket(AF_VSOCK, *, *)\n"
		   "    kill-process ptrace(*)       log, trace, notify, trap, kill-thread as well\n"
		   "    never ioctl(*, TIOCSTI)      for no value may it run, nor for any upper half\n"
		   "                                 of an int, which Linux does not look at\n"
		   "    same-as reference.bpf        equal for every call\n"
		   "    never-weaker-than base.json\n"
		   "    run ./app --help => status 0, refused: mount, swapon\n"
		   "Names of policies are read from FILE's folder; one with blanks stands in quotes:\n"
		   "\"my policy.json\". All but `run` are decided by the solver, without a boot; what\n"
		   "does not hold comes with a call that shows it.\n",
	.options = test_options,
	.reads = true,
	.run = run_test,
};
