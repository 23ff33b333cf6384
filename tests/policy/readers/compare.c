/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * compare.c - does a policy mean what a program answers? compare POLICY PROGRAM [OPTION=VALUE...]:
 * every number of 0 to 511 and some beyond, riscv64's and another architecture, with arguments made
 * of the numbers in both. from=, select=, runtime= and systemd= are options of portcullis; index=
 * which filter of POLICY's stack, 0 is the oldest; but= a number that is left out. Prints the calls
 * that differ, at most ten; status 1 if there is one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>

#include "build.h"
#include "constants.h"
#include "disasm.h"
#include "generate.h"
#include "read.h"
#include "seccomp.h"

#define VALUES_MAX 4096

static uint64_t values[VALUES_MAX];
static size_t n_values;
static bool left_out[512];

static void add_value(uint64_t v)
{
	const uint64_t near[] = { v,
				  v - 1,
				  v + 1,
				  ~v,
				  v | 1ULL << 32,
				  v << 32,
				  v | UINT32_MAX,
				  v & ~(uint64_t)UINT32_MAX,
				  (uint64_t)(int64_t)(int32_t)v };

	for (size_t i = 0; i < sizeof(near) / sizeof(near[0]) && n_values < VALUES_MAX; i++)
		values[n_values++] = near[i];
}

static uint64_t pick(uint64_t *seed)
{
	const uint64_t a = values[chance(seed, (uint32_t)n_values)];

	switch (chance(seed, 8)) {
	case 0:
		return a | values[chance(seed, (uint32_t)n_values)];
	case 1:
		return a & values[chance(seed, (uint32_t)n_values)];
	case 2:
		return (uint64_t)chance(seed, 0xffffffff) << 32 | chance(seed, 0xffffffff);
	case 3:
		return (uint32_t)a;
	default:
		return a;
	}
}

static uint32_t ours(const struct policy *p, const struct seccomp_data *data)
{
	return p->program != NULL ? seccomp_run(p->program, p->len, data).ret : policy_meaning(p, data, NULL);
}

/* Does either look at an argument? */
static bool looks_at_arguments(const struct policy *p, const struct policy *program)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (p->rules[i].n_conditions > 0)
			return true;
	for (uint32_t i = 0; i < program->len; i++)
		if (program->program[i].code == (BPF_LD | BPF_W | BPF_ABS) && program->program[i].k >= SECCOMP_IP_LO)
			return true;
	return p->program != NULL;
}

static unsigned int compare(const struct policy *p, const struct policy *program, uint64_t *seed)
{
	const unsigned int most = looks_at_arguments(p, program) ? 150 : 10;
	unsigned int differ = 0;

	for (uint32_t i = 0; i < 3 * 520; i++) {
		const uint32_t nr = i % 520;
		const unsigned int tries = nr < 512 ? most : 10;

		for (unsigned int t = 0; t < tries && differ < 10; t++) {
			struct seccomp_data data = { .nr = (int)(nr < 512 ? nr : chance(seed, 0xffffffff)),
						     .arch = chance(seed, 30) != 0 ? AUDIT_ARCH_RISCV64
										   : AUDIT_ARCH_X86_64 };
			char text[2][SECCOMP_TEXT_MAX];
			uint32_t a, b;

			for (unsigned int k = 0; k < 6; k++)
				data.args[k] = pick(seed);
			a = ours(p, &data);
			b = seccomp_run(program->program, program->len, &data).ret;
			if (a == b || (nr < 512 && left_out[nr]))
				continue;
			differ++;
			seccomp_answer_text(text[0], a);
			seccomp_answer_text(text[1], b);
			printf("nr=%d arch=%#x (%#llx, %#llx, %#llx, %#llx, %#llx, %#llx): the policy %s, the program %s\n",
			       data.nr, (unsigned int)data.arch, (unsigned long long)data.args[0],
			       (unsigned long long)data.args[1], (unsigned long long)data.args[2],
			       (unsigned long long)data.args[3], (unsigned long long)data.args[4],
			       (unsigned long long)data.args[5], text[0], text[1]);
		}
	}
	return differ;
}

int main(int argc, char **argv)
{
	struct arena arena = { 0 };
	struct notes notes = { .arena = &arena };
	struct stack one = { .arena = &arena, .notes = &notes }, other = one;
	struct read_options options = { .from = NULL };
	const struct policy *p;
	uint64_t seed = 88172645463325252ULL;
	unsigned int index = 0, differ;

	for (int i = 3; i < argc; i++) {
		options.from = strncmp(argv[i], "from=", 5) == 0 ? argv[i] + 5 : options.from;
		options.select = strncmp(argv[i], "select=", 7) == 0 ? argv[i] + 7 : options.select;
		options.runtime = strncmp(argv[i], "runtime=", 8) == 0 ? argv[i] + 8 : options.runtime;
		options.systemd = strncmp(argv[i], "systemd=", 8) == 0 ? argv[i] + 8 : options.systemd;
		index = strncmp(argv[i], "index=", 6) == 0 ? (unsigned int)atoi(argv[i] + 6) : index;
		if (strncmp(argv[i], "but=", 4) == 0)
			left_out[atoi(argv[i] + 4) % 512] = true;
	}
	if (argc < 3 || !read_file(&one, argv[1], &options) ||
	    !read_file(&other, argv[2], &(struct read_options){ .from = NULL }) || other.newest->program == NULL) {
		notes_print(stderr, &notes, NOTE_WARNING);
		arena_free(&arena);
		return 2;
	}
	for (p = one.oldest; index > 0 && p != NULL; index--)
		p = p->newer;
	if (p == NULL)
		return 2;
	add_value(0);
	for (size_t i = 0; i < p->n_rules; i++)
		for (size_t k = 0; k < p->rules[i].n_conditions; k++) {
			add_value(p->rules[i].conditions[k].value);
			add_value(p->rules[i].conditions[k].mask);
		}
	for (uint32_t i = 0; i < other.newest->len; i++)
		if ((other.newest->program[i].code & 7) == BPF_JMP || (other.newest->program[i].code & 7) == BPF_ALU)
			add_value(other.newest->program[i].k);
	differ = compare(p, other.newest, &seed);
	printf("%u differ\n", differ);
	arena_free(&arena);
	return differ != 0;
}
