/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_map.c - the answers to numbers 0 to 511, 64 a line.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "foreign.h"
#include "show.h"

static char letter_of(uint32_t ret)
{
	switch (ret & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ALLOW:
		return '+';
	case SECCOMP_RET_LOG:
		return 'l';
	case SECCOMP_RET_TRACE:
		return 't';
	case SECCOMP_RET_USER_NOTIF:
		return 'n';
	case SECCOMP_RET_ERRNO:
		return 'e';
	case SECCOMP_RET_TRAP:
		return 's';
	default:
		return 'K';
	}
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
			fputc(constant ? letter_of(ret) : '?', to);
		if (nr % 64 == 63)
			fputc('\n', to);
	}
	fprintf(to,
		"+ ALLOW  ? by its arguments  e ERRNO  K KILL  s TRAP (SIGSYS)  l LOG  t TRACE  n USER_NOTIF\n"
		". %s has no such call\n",
		seccomp_arch_name(arch));
}
