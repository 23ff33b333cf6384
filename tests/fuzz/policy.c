/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * policy.c - fuzzes portcullis' readers: the first line of an input names the one that reads the rest; if it names none, the form is guessed.
 *
 * What was read is asked for its meaning, so that every rule and condition is looked at; a program is run.
 */
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>

#include "read.h"
#include "seccomp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ask_call(const struct policy *p, uint32_t nr)
{
	const struct seccomp_data call = { (int)nr, AUDIT_ARCH_RISCV64, 0x1000, { 1, 2, UINT64_MAX, 0, 5, 6 } };

	if (p->program != NULL ? seccomp_run(p->program, p->len, &call).pc >= p->len
			       : policy_meaning(p, &call, NULL) != policy_meaning(p, &call, NULL))
		abort();
}

static void ask(const struct policy *p)
{
	ask_call(p, 0);
	ask_call(p, UINT32_MAX);
	for (size_t i = 0; i < p->n_rules; i += 1 + p->n_rules / 16)
		ask_call(p, p->rules[i].nr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct notes notes = { .arena = &arena };
	struct stack stack = { .arena = &arena, .notes = &notes };
	struct read_options options = { .from = NULL };
	const char *text = arena_copy(&arena, (const char *)data, size), *line = memchr(text, '\n', size);
	const char *name = line != NULL ? arena_copy(&arena, text, (size_t)(line - text)) : "";
	const size_t skipped = line != NULL ? (size_t)(line - text) + 1 : 0;
	bool good;

	options.from = reader_find(name) != NULL ? name : NULL;
	good = read_source(&stack, source_text(&arena, "input", text + skipped, size - skipped), &options);
	/* A reader that refuses says why; one that does not has read something. */
	if (good == (notes.errors > 0) || (good && stack.depth == 0))
		abort();
	for (const struct policy *p = good ? stack.oldest : NULL; p != NULL; p = p->newer)
		ask(p);
	arena_free(&arena);
	return 0;
}
