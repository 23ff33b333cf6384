/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * firejail.c - `firejail OURS THEIRS...`: does the riscv64 filter OURS answer each call as
 * fseccomp's filters THEIRS, oldest first, which are for x86-64, answer the call of that name?
 * Names come on standard input. Prints the calls that it does not. Status 1 if there is one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>

#include "foreign.h"
#include "names.h"
#include "say.h"
#include "seccomp.h"

#define X86_64_CALLS 512U

struct filter {
	struct sock_filter insns[4096];
	uint32_t len;
};

static void read_filter(const char *name, struct filter *f)
{
	FILE *from = fopen(name, "rb");

	f->len = from != NULL ? (uint32_t)fread(f->insns, sizeof(f->insns[0]), 4096, from) : 0;
	if (f->len == 0 || fclose(from) != 0)
		exit(2);
}

static uint32_t answer(const struct filter *f, uint32_t arch, uint32_t nr)
{
	const struct seccomp_data data = { .nr = (int)nr, .arch = arch };

	return seccomp_run(f->insns, f->len, &data).ret;
}

/* As Linux does: the newest is asked first, and only a stricter action counts more. */
static uint32_t answer_of_all(const struct filter *all, int n, uint32_t nr)
{
	uint32_t ret = SECCOMP_RET_ALLOW;

	for (int i = n - 1; i >= 0; i--) {
		const uint32_t one = answer(&all[i], AUDIT_ARCH_X86_64, nr);

		if (i == n - 1 || seccomp_stricter(one, ret))
			ret = one;
	}
	return ret;
}

/* The number that x86-64 has for the call of that name. */
static uint32_t number_there(const char *name)
{
	for (uint32_t nr = 0; nr < X86_64_CALLS; nr++) {
		const char *there = foreign_call_name(AUDIT_ARCH_X86_64, nr);

		if (there != NULL && strcmp(there, name) == 0)
			return nr;
	}
	exit(2);
}

int main(int argc, char **argv)
{
	static struct filter ours, theirs[2];
	struct arena arena = { 0 };
	unsigned int common = 0, differ = 0;
	char name[64];

	if (argc < 3 || argc > 4)
		return 2;
	read_filter(argv[1], &ours);
	for (int i = 2; i < argc; i++)
		read_filter(argv[i], &theirs[i - 2]);
	while (scanf("%63s", name) == 1) {
		const struct call *call = call_by_name(name, strlen(name));
		uint32_t here, there;

		if (call == NULL)
			return 2;
		common++;
		here = answer(&ours, AUDIT_ARCH_RISCV64, call->nr);
		there = answer_of_all(theirs, argc - 2, number_there(name));
		if (here != there)
			printf("%s: %s, and fseccomp's %s\n", call->name, say_answer(&arena, here),
			       say_answer(&arena, there));
		differ += here != there;
	}
	printf("%u calls, %u differ\n", common, differ);
	arena_free(&arena);
	return differ != 0 || common < 250;
}
