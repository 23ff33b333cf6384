/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sweep.c - the code that seccomp/rv64.c makes of each instruction, for every operand that there
 * is, is the shape that templates.py has proved for the operand's form. `sweep SHAPES [CODE]`: of
 * all instructions, or of one (hexadecimal).
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rv64.c" /* for its static functions */

#define WORDS 8
enum { SHORT, LUI, BOTH, NONE, SHIFT, FORMS }; /* NONE: zero, where a register holds the operand */
static const char *const form_names[FORMS] = { "short", "lui", "both", "zero", "shift" };

/* A word of a shape: what it is, and which parts of the operand are added to it. */
struct word {
	uint32_t base, hi, low;
};

struct shape {
	uint32_t n;
	struct word word[WORDS];
};

/* A row of SHAPES, less the form: an instruction, and where its jumps lead to. */
struct instruction {
	unsigned code, jt, jf;
	struct shape shape[FORMS];
};

static struct instruction all[64];
static unsigned count, next;
static uint64_t swept, wrong;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static unsigned form_of(unsigned code, uint32_t y)
{
	const bool zero_is_short = code == 0x04 || code == 0x14 || code == 0x44 || code == 0x54 || code == 0xa4 ||
				   code == 0x45 || code == 6;

	if (code == 0x64 || code == 0x74 || code == 0x84)
		return SHIFT;
	if (y == 0 && !zero_is_short)
		return NONE;
	if (y < 0x800 || y >= 0xfffff800)
		return SHORT;
	return y % 4096 == 0 ? LUI : BOTH;
}

/* The template of I alone, as seccomp_rv64_emit() makes it before returns of 2, 3 and 2 words. */
static void make(struct rv64_code *c, const struct instruction *i, uint32_t k)
{
	static const uint32_t returns[] = { 0, 8, 20 };
	const struct sock_filter insn = { (uint16_t)i->code, (uint8_t)i->jt, (uint8_t)i->jf, k };
	const struct seccomp_rv64_exits exits = { UINT64_MAX, UINT64_MAX, UINT64_MAX };

	if (i->code == (BPF_RET | BPF_K)) {
		rv64_put_return(c, k, &exits);
		c->n -= 2; /* its jump */
	} else if (BPF_CLASS(i->code) == BPF_JMP) {
		struct rv64_code length = { .out = NULL };

		put_test(&length, insn, 0, 0);
		put_test(c, insn, 4 * length.n + returns[i->jt], 4 * length.n + returns[i->jf]);
	} else {
		rv64_put_alu(c, insn);
	}
}

static inline bool is_right(const struct instruction *i, uint32_t k)
{
	const uint32_t y = i->code == (BPF_RET | BPF_K) ? 0 - (k & 0xffff) : i->code == 0x14 ? 0 - k : k;
	const struct shape *shape = &i->shape[form_of(i->code, y)];
	uint32_t out[WORDS];
	struct rv64_code c = { .out = out };

	make(&c, i, k);
	if (c.bad || c.n != shape->n)
		return false;
	for (uint32_t w = 0; w < c.n; w++) {
		const struct word *s = &shape->word[w];

		if (out[w] != (s->base | ((y + 0x800) & s->hi) | (y << 20 & s->low)))
			return false;
	}
	return true;
}

/* clang-format off */
#define CODES(EACH)                                                                               \
	EACH(0x04) EACH(0x14) EACH(0x24) EACH(0x34) EACH(0x44) EACH(0x54) EACH(0x64) EACH(0x74)   \
	EACH(0x84) EACH(0xa4) EACH(0x15) EACH(0x25) EACH(0x35) EACH(0x45) EACH(0x06)

/*
 * The first operand from FIRST to LAST whose code has another shape, or LAST + 1. For each CODE all
 * that it calls is compiled for that code alone, which takes a half to a third of the time.
 */
#define SWEEP(CODE)                                                                                                \
	__attribute__((flatten)) static uint64_t sweep_##CODE(struct instruction i, uint64_t first, uint64_t last) \
	{                                                                                                          \
		i.code = CODE;                                                                                     \
		while (first <= last && is_right(&i, (uint32_t)first))                                             \
			first++;                                                                                   \
		return first;                                                                                      \
	}
CODES(SWEEP)
/* clang-format on */

static uint64_t first_wrong(const struct instruction *i, uint64_t first, uint64_t last)
{
	switch (i->code) {
#define CASE(CODE) \
	case CODE: \
		return sweep_##CODE(*i, first, last);
		CODES(CASE)
	}
	return first; /* a kind that is not known here is wrong */
}

static void sweep(const struct instruction *i)
{
	uint64_t first = 0, last = UINT32_MAX, k;
	bool bad;

	if (i->code == 0x64 || i->code == 0x74) /* the number of a shift */
		last = 31;
	if (i->code == 0x34) /* a division by 0 has no template */
		first = 1;
	if (i->code == (BPF_RET | BPF_K)) {
		first = SECCOMP_RET_ERRNO;
		last = SECCOMP_RET_ERRNO | MAX_ERRNO;
	}
	k = first_wrong(i, first, last);
	bad = k <= last;
	pthread_mutex_lock(&lock);
	if (bad) {
		printf("# %#x, jumps to %u and %u: the code of operand %#x has another shape\n", i->code, i->jt, i->jf,
		       (uint32_t)k);
	} else {
		swept += last - first + 1;
		printf("# %#x, jumps to %u and %u: %llu operands\n", i->code, i->jt, i->jf,
		       (unsigned long long)(last - first + 1));
	}
	fflush(stdout);
	wrong += bad;
	pthread_mutex_unlock(&lock);
}

static void *worker(void *unused)
{
	for (;;) {
		pthread_mutex_lock(&lock);
		const unsigned i = next++;
		pthread_mutex_unlock(&lock);

		if (i >= count)
			return unused;
		sweep(&all[i]);
	}
}

static bool read_shapes(FILE *f, unsigned only)
{
	unsigned code, jt, jf, n;
	char form[16], what[16];

	while (fscanf(f, "%x %u %u %15s %u", &code, &jt, &jf, form, &n) == 5) {
		struct instruction *i = count > 0 ? &all[count - 1] : NULL;
		unsigned which = 0;

		if (i == NULL || i->code != code || i->jt != jt || i->jf != jf)
			i = &all[count++];
		i->code = code;
		i->jt = jt;
		i->jf = jf;
		while (which < FORMS && strcmp(form_names[which], form) != 0)
			which++;
		if (which == FORMS || n > WORDS || count == sizeof(all) / sizeof(all[0]))
			return false;
		i->shape[which].n = n;
		for (unsigned w = 0; w < n; w++) {
			struct word *word = &i->shape[which].word[w];

			if (fscanf(f, "%x %15s", &word->base, what) != 2)
				return false;
			word->hi = strcmp(what, "hi") == 0 ? 0xfffff000 : 0;
			word->low = strcmp(what, "low") == 0 ? 0xfff00000 : strcmp(what, "shift") == 0 ? 0x1f00000 : 0;
		}
		if (only != 0 && code != only)
			count--;
	}
	return count > 0;
}

int main(int argc, char **argv)
{
	FILE *f = argc >= 2 ? fopen(argv[1], "r") : NULL;
	pthread_t other;

	if (f == NULL || !read_shapes(f, argc > 2 ? (unsigned)strtoul(argv[2], NULL, 16) : 0)) {
		fprintf(stderr, "usage: sweep SHAPES [CODE]\n");
		return 2;
	}
	if (pthread_create(&other, NULL, worker, NULL) != 0)
		return 2;
	worker(NULL);
	pthread_join(other, NULL);
	printf("# %llu operands of %u kinds of instruction, %llu wrong\n", (unsigned long long)swept, count,
	       (unsigned long long)wrong);
	return wrong != 0;
}
