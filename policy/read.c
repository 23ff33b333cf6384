/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read.c - the table of readers, and which one reads a file; see read.h.
 */
#include "read.h"

#include <string.h>

#include "seccomp.h"

#define READER(row) extern const struct reader row;
#include "readers.def"
#undef READER

const struct reader *const readers[] = {
#define READER(row) &(row),
#include "readers.def"
#undef READER
	NULL,
};

const struct reader *reader_find(const char *name)
{
	for (size_t i = 0; readers[i] != NULL; i++)
		if (strcmp(readers[i]->name, name) == 0)
			return readers[i];
	return NULL;
}

static const struct reader *find_surest(const struct source *source)
{
	const struct reader *best = NULL;
	unsigned int most = 0;

	for (size_t i = 0; readers[i] != NULL; i++) {
		const unsigned int sure = readers[i]->recognise(source);

		if (sure > most) {
			most = sure;
			best = readers[i];
		}
	}
	return best;
}

/* The names of all readers, with commas. */
static const char *names_of_readers(struct arena *arena)
{
	const char *all = "";

	for (size_t i = 0; readers[i] != NULL; i++)
		all = arena_print(arena, "%s%s%s", all, i > 0 ? ", " : "", readers[i]->name);
	return all;
}

bool read_source(struct stack *stack, const struct source *source, const struct read_options *options)
{
	const unsigned int errors = stack->notes->errors;
	const struct policy *before = stack->newest;
	const struct reader *reader;

	if (options->from != NULL) {
		reader = reader_find(options->from);
		if (reader == NULL)
			return note_error(stack->notes, (struct place){ 0 },
					  arena_print(stack->arena, "there are: %s", names_of_readers(stack->arena)),
					  "--from %s: no such form", options->from);
	} else {
		reader = find_surest(source);
		if (reader == NULL)
			return identify(stack->notes, source);
	}
	if (!reader->read(stack, source, options) || stack->notes->errors != errors)
		return false;
	for (const struct policy *p = before != NULL ? before->newer : stack->oldest; p != NULL; p = p->newer)
		policy_report_missing(stack, p);
	return true;
}

bool read_file(struct stack *stack, const char *file, const struct read_options *options)
{
	const struct source *source = source_read(stack->arena, stack->notes, file);

	return source != NULL && read_source(stack, source, options);
}

bool push_program(struct stack *stack, const char *name, const char *form, const struct source *source,
		  const struct sock_filter *insns, size_t len, const struct place *places)
{
	struct seccomp_refusal no;
	struct policy *p;

	if (len == 0)
		return note_error(stack->notes, source_whole(source), "",
				  "is empty: a filter has at least one instruction");
	if (len > BPF_MAXINSNS)
		return note_error(stack->notes, places != NULL ? places[BPF_MAXINSNS] : source_whole(source),
				  "two filters can be installed one after the other",
				  "%zu instructions, and a filter may have 4096 (32768 bytes)%s", len,
				  places != NULL ? ": here is one too many" : "");
	no = seccomp_check(insns, (uint32_t)len, arena_zalloc(stack->arena, len * sizeof(uint16_t)));
	if (no.err != 0)
		return note_error(stack->notes, places != NULL ? places[no.pc] : source_whole(source), "",
				  "instruction %u: %s (errno %d, %s)", (unsigned int)no.pc, no.why, no.err,
				  strerror(no.err));
	p = stack_push(stack, name, form, source_whole(source));
	p->program = insns;
	p->len = (uint32_t)len;
	p->program_at = places;
	p->every_arch = true;
	return true;
}
