/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_test.c - `portcullis test`: a policy's own regression tests;
 * expect.h has the form of the file.
 */
#include <inttypes.h>
#include <string.h>

#include "expect.h"

struct result {
	const struct test_file *file;
	const struct expect *e;
	struct verdict_of_test v;
	struct result *next;
};

struct results {
	struct invocation *in;
	struct result *first, **last;
	unsigned int n, failed, undecided;
};

/* TAP 14: a line for each expectation, with what was found below one that does not hold. */
static void print_tap(const struct results *r, const struct result *one)
{
	FILE *to = r->in->out;
	unsigned int line, column;

	fprintf(to, "%sok %u - %s\n", one->v.answer == ASK_YES ? "" : "not ", r->n, one->e->text);
	if (one->v.answer == ASK_YES)
		return;
	source_line(one->e->at, &line, &column);
	fprintf(to, "  ---\n  at: %s:%u\n  found: \"", one->file->source->name, line);
	for (const char *s = one->v.why; *s != '\0'; s++)
		fprintf(to, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
	fputs("\"\n  ...\n", to);
}

/* A line that GitHub shows beside the file's line. */
static void print_github(const struct results *r, const struct result *one)
{
	unsigned int line, column;

	if (one->v.answer == ASK_YES)
		return;
	source_line(one->e->at, &line, &column);
	fprintf(r->in->out, "::error file=%s,line=%u::%s: %s\n", one->file->source->name, line, one->e->text,
		one->v.why);
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
			putc((unsigned char)*text < 0x20 ? '?' : *text, to);
		}
	}
}

static bool write_junit(const struct results *r, const char *name)
{
	FILE *to = fopen(name, "w");

	if (to == NULL)
		return false;
	fprintf(to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"portcullis\" tests=\"%u\" failures=\"%u\" errors=\"%u\">\n",
		r->n, r->failed, r->undecided);
	for (const struct result *one = r->first; one != NULL; one = one->next) {
		fputs("  <testcase classname=\"", to);
		put_xml(to, one->file->source->name);
		fputs("\" name=\"", to);
		put_xml(to, one->e->text);
		if (one->v.answer == ASK_YES) {
			fputs("\"/>\n", to);
			continue;
		}
		fprintf(to, "\"><%s message=\"", one->v.answer == ASK_NO ? "failure" : "error");
		put_xml(to, one->v.why);
		fputs("\"/></testcase>\n", to);
	}
	fputs("</testsuite>\n", to);
	return fclose(to) == 0;
}

static enum status test_file(struct results *r, const char *name)
{
	struct test_file *file = arena_zalloc(&r->in->arena, sizeof(*file));
	const bool github = option(r->in, "format") != NULL && strcmp(option(r->in, "format"), "github") == 0;
	struct run_stack run;
	struct asker asker;
	enum status status;

	if (!expect_read(r->in, name, file))
		return STATUS_BAD;
	ask_init(&asker);
	status = run_stack_make(r->in, &file->stack, &asker, &run);
	for (const struct expect *e = file->first; e != NULL && status == STATUS_YES; e = e->next) {
		struct result *one = arena_zalloc(&r->in->arena, sizeof(*one));

		*one = (struct result){ file, e, expect_check(r->in, &asker, &run, file, e), NULL };
		*r->last = one;
		r->last = &one->next;
		r->n++;
		r->failed += one->v.answer == ASK_NO;
		r->undecided += one->v.answer == ASK_UNDECIDED;
		if (github)
			print_github(r, one);
		else
			print_tap(r, one);
		fflush(r->in->out);
	}
	ask_free(&asker);
	return status;
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
	if (format == NULL || strcmp(format, "tap") == 0)
		fputs("TAP version 14\n", in->out);
	for (int i = 0; i < in->n_operands; i++) {
		one = test_file(&r, in->operands[i]);
		status = one > status ? one : status;
	}
	if (format == NULL || strcmp(format, "tap") == 0)
		fprintf(in->out, "1..%u\n", r.n);
	if (junit != NULL && !write_junit(&r, junit)) {
		fprintf(stderr, "portcullis: %s: cannot be written\n", junit);
		return STATUS_BAD;
	}
	if (status != STATUS_YES)
		return status;
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
		   "    never execve(*)              for no value may it run\n"
		   "    same-as reference.bpf        equal for every call\n"
		   "    never-weaker-than base.json\n"
		   "    run ./app --help => status 0, refused: mount, swapon\n"
		   "Names of policies are read from FILE's folder. All but `run` are decided by the\n"
		   "solver, without a boot; what does not hold comes with a call that shows it.\n",
	.options = test_options,
	.reads = true,
	.run = run_test,
};
