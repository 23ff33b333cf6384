/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * policy.c - fuzzes portcullis' readers and its compiler: the first line of an input names the
 * reader of the rest; if it names none, the form is guessed.
 *
 * What was read is asked for its meaning, so that every rule and condition is looked at; a
 * program is run. Rules are compiled: the filter must be legal, and answer calls that their
 * conditions are about as the rules do.
 */
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>

#include "compile.h"
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

/*
 * Calls that a rule's conditions hold for, or just not: all arguments as the
 * conditions have them, one off by D.
 */
static void try_rule(const struct policy *p, const struct sock_filter *insns, uint32_t len, const struct rule *r,
		     size_t off, uint64_t d)
{
	struct seccomp_data call = { (int)r->nr, p->arch, 0, { 0 } };

	for (size_t i = 0; i < r->n_conditions; i++) {
		const uint64_t value = r->conditions[i].value + (i == off ? d : 0);

		if (r->conditions[i].field < 6)
			call.args[r->conditions[i].field] = value;
		else if (r->conditions[i].field == FIELD_NR)
			call.nr = (int)value;
	}
	if (seccomp_run(insns, len, &call).ret != policy_meaning(p, &call, NULL))
		abort();
}

static void ask_compiled(struct stack *stack, const struct policy *p)
{
	uint16_t written[BPF_MAXINSNS];
	uint32_t len;
	const struct sock_filter *insns = p->program == NULL ? compile_policy(stack, p, &len) : NULL;

	if (insns == NULL)
		return;
	if (seccomp_check(insns, len, written).err != 0)
		abort();
	for (size_t i = 0; i < p->n_rules; i += 1 + p->n_rules / 64)
		for (size_t k = 0; k <= p->rules[i].n_conditions && k < 8; k++)
			for (uint64_t d = UINT64_MAX; d != 2; d++)
				try_rule(p, insns, len, &p->rules[i], k, d);
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
	for (const struct policy *p = good ? stack.oldest : NULL; p != NULL; p = p->newer) {
		ask(p);
		ask_compiled(&stack, p);
	}
	arena_free(&arena);
	return 0;
}
