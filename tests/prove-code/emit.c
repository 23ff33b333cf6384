/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * emit.c - prints what the kernel would make of stacks of filters: which way each
 * number goes, and the machine code.
 *
 * `emit FILE...` takes raw programs, oldest first, as one stack; a `log:` before a name is
 * SECCOMP_FILTER_FLAG_LOG. `emit -g N` makes N stacks of one to three generated programs. prove.py
 * says what the lines mean. `emit -t` reads lines "CODE JT JF K" and prints the machine code of
 * that one instruction between a load of the first argument and returns: for templates.py.
 */
#include <stdio.h>

#include "chain.h"
#include "generate.h"

#define WAY_CONSTANT 4 /* an answer that only the judge can carry out, KILL for one, whatever the arguments */

static struct chain *chain;

static void add(const struct sock_filter *insns, uint32_t len, bool log)
{
	struct seccomp_program *p = malloc(sizeof(*p) + len * sizeof(*insns));

	p->len = len;
	memcpy(p->insns, insns, len * sizeof(*insns));
	chain_add(chain, p, log);
	free(p);
	printf("program %d", log);
	for (uint32_t pc = 0; pc < len; pc++)
		printf(" %x,%x,%x,%x", insns[pc].code, insns[pc].jt, insns[pc].jf, insns[pc].k);
	printf("\n");
}

static void show(const char *name)
{
	printf("code");
	for (uint32_t i = 0; i < chain->n; i++)
		printf(" %x", chain->memory[i]);
	printf("\n");
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct seccomp_way *w = &chain->way[nr];

		if (w->kind == SECCOMP_WAY_JUDGE && seccomp_answer_is_constant(&chain->answers, nr))
			printf("way %u %d %x 0\n", nr, WAY_CONSTANT, chain->answers.ret[nr]);
		else
			printf("way %u %d %x %u\n", nr, w->kind, w->ret, w->kind == SECCOMP_WAY_CODE ? chain_at(w) : 0);
	}
	printf("end %s\n", name);
	chain_reset(chain);
}

/* Named by the files, without folders and the ending. */
static void show_files(int n, char **files)
{
	char name[256] = "";

	for (int i = 0; i < n; i++) {
		const char *base = strrchr(files[i], '/');
		const size_t used = strlen(name);

		base = base == NULL ? files[i] : base + 1;
		snprintf(name + used, sizeof(name) - used, "%s%.*s", i == 0 ? "" : "+", (int)strcspn(base, "."), base);
	}
	show(name);
}

static int add_file(const char *name)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	static uint16_t written[BPF_MAXINSNS];
	const bool log = strncmp(name, "log:", 4) == 0;
	FILE *f = fopen(log ? name + 4 : name, "rb");
	size_t len;

	if (f == NULL) {
		perror(name);
		return 1;
	}
	len = fread(insns, sizeof(insns[0]), BPF_MAXINSNS, f);
	fclose(f);
	if (len == 0 || seccomp_check(insns, (uint32_t)len, written).err != 0) {
		fprintf(stderr, "emit: %s: no filter\n", name);
		return 1;
	}
	add(insns, (uint32_t)len, log);
	return 0;
}

static void generate(unsigned stacks)
{
	uint64_t seed = 0xc0de;

	for (unsigned i = 0; i < stacks; i++) {
		struct sock_filter insns[GENERATED_MAX];
		char name[32];

		for (uint32_t n = 1 + (i % 4 == 0) * chance(&seed, 3); n > 0; n--) {
			const uint32_t len = generate_program(&seed, insns);

			add(insns, len, chance(&seed, 8) == 0);
		}
		snprintf(name, sizeof(name), "generated %u", i);
		show(name);
	}
}

/*
 * Behind the instruction: RET ALLOW, RET ERRNO(1), RET KILL_PROCESS; JT and JF say
 * which of them a jump leads to.
 */
static void templates(void)
{
	const struct seccomp_rv64_exits exits = { EXIT_RUN, EXIT_REFUSE, EXIT_JUDGE };
	unsigned code, jt, jf, k;

	while (scanf("%x %u %u %x", &code, &jt, &jf, &k) == 4) {
		const struct sock_filter residual[] = {
			BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 16),
			{ (uint16_t)code, (uint8_t)jt, (uint8_t)jf, k },
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
			BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		};
		uint32_t out[SECCOMP_RV64_MAX];
		const uint32_t n = seccomp_rv64_emit(residual, 5, &exits, out);

		for (uint32_t i = 0; i < n; i++)
			printf("%x ", out[i]);
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	chain = chain_new();
	if (argc == 3 && strcmp(argv[1], "-g") == 0) {
		generate((unsigned)atoi(argv[2]));
	} else if (argc == 2 && strcmp(argv[1], "-t") == 0) {
		templates();
	} else {
		for (int i = 1; i < argc; i++)
			if (add_file(argv[i]) != 0)
				return 1;
		show_files(argc - 1, argv + 1);
	}
	free(chain);
	return 0;
}
