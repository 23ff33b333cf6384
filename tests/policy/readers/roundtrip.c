/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * roundtrip.c - generated programs to assembler text and back, N of them from seed SEED: the same,
 * bit for bit? Called by ../asm.sh.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm_text.h"
#include "generate.h"
#include "read.h"

extern const struct reader read_asm;

int main(int argc, char **argv)
{
	const unsigned int n = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	struct sock_filter insns[GENERATED_MAX];
	unsigned int same = 0;

	for (unsigned int i = 0; i < n; i++) {
		const uint32_t len = generate_program(&seed, insns);
		struct arena arena = { 0 };
		struct notes notes = { .arena = &arena };
		struct stack stack = { .arena = &arena, .notes = &notes };
		const struct read_options options = { .from = NULL };
		const char *text = asm_text(&arena, insns, len);
		const struct source *s = source_text(&arena, "text", text, strlen(text));

		if (read_asm.read(&stack, s, &options) && stack.newest->len == len &&
		    memcmp(stack.newest->program, insns, len * sizeof(insns[0])) == 0) {
			same++;
		} else {
			fputs(text, stdout);
			notes_print(stdout, &notes, NOTE_NOTE);
		}
		arena_free(&arena);
	}
	printf("%u of %u\n", same, n);
	return same != n;
}
