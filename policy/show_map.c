/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_map.c - the answers to numbers 0 to 511, 64 a line.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "action_words.h"
#include "build.h"
#include "foreign.h"
#include "show.h"

/* What the letters mean; those that two actions share, once. */
static void print_legend(FILE *to, uint32_t arch)
{
	const struct shade *before = NULL;

	for (size_t i = 0; i < SECCOMP_ACTIONS; i++) {
		const struct shade *s = &action_words[i].shade;

		if (before == NULL || strcmp(before->letter, s->letter) != 0)
			fprintf(to, "%s%s %s", before == NULL ? "" : "  ", s->letter, s->name);
		if (before == NULL)
			fputs("  ? by its arguments", to);
		before = s;
	}
	fprintf(to, "\n. %s has no such call\n", seccomp_arch_name(arch));
}

void show_map(FILE *to, struct asker *asker, const struct run_stack *run, uint32_t arch)
{
	fputs("   0        8        16       24       32       40       48       56\n", to);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct seccomp_data data = { .nr = (int)nr, .arch = arch };
		const uint32_t ret = seccomp_evaluate(run->newest, 0, &data).ret;
		bool constant = true;
		uint32_t one;

		for (size_t i = 0; i < run->side.n; i++) {
			const struct outcomes o = show_outcomes(asker, &run->side.subjects[i], arch, nr);

			constant &= outcomes_constant(&o, &one);
		}
		if (nr % 64 == 0)
			fprintf(to, "%3" PRIu32 "", nr);
		if (nr % 8 == 0)
			fputc(' ', to);
		if (arch_call(arch, nr) == NULL && constant)
			fputc('.', to);
		else
			fputs(constant ? action_row(ret)->shade.letter : "?", to);
		if (nr % 64 == 63)
			fputc('\n', to);
	}
	print_legend(to, arch);
}
