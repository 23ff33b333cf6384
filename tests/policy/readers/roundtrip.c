/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * roundtrip.c - N generated programs from seed SEED, written in each form that a program has, and
 * read: taken for that form, and the same, bit for bit? Called by ../asm.sh. Assembler text and C
 * are as portcullis writes them, the others as other tools do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm_text.h"
#include "convert.h"
#include "generate.h"
#include "read.h"

struct program {
	const struct sock_filter *insns;
	uint32_t len;
};

static void write_asm(FILE *to, struct stack *stack, const struct program *p)
{
	fputs(asm_text(stack->arena, p->insns, p->len), to);
}

static void write_c(FILE *to, struct stack *stack, const struct program *p)
{
	const struct policy named = { .name = "generated" };

	convert_c(to, stack, &named, p->insns, p->len);
}

static void write_raw(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	fwrite(p->insns, sizeof(p->insns[0]), p->len, to);
}

/* The bytes of an instruction on a big-endian machine. */
static void write_big(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	for (uint32_t i = 0; i < p->len; i++) {
		const struct sock_filter *f = &p->insns[i];
		const unsigned char bytes[] = { (unsigned char)(f->code >> 8),
						(unsigned char)f->code,
						f->jt,
						f->jf,
						(unsigned char)(f->k >> 24),
						(unsigned char)(f->k >> 16),
						(unsigned char)(f->k >> 8),
						(unsigned char)f->k };

		fwrite(bytes, 1, sizeof(bytes), to);
	}
}

static void write_base64(FILE *to, struct stack *stack, const struct program *p)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *b = (const unsigned char *)p->insns;
	const size_t n = p->len * sizeof(p->insns[0]);

	(void)stack;
	for (size_t i = 0; i < n; i += 3) {
		const uint32_t three =
			(uint32_t)b[i] << 16 | (i + 1 < n ? (uint32_t)b[i + 1] << 8 : 0) | (i + 2 < n ? b[i + 2] : 0U);

		for (size_t k = 0; k < 4; k++)
			fputc(k <= n - i ? digits[three >> (18 - 6 * k) & 63] : '=', to);
		if (i % 57 == 54)
			fputc('\n', to);
	}
}

static void write_hex(FILE *to, struct stack *stack, const struct program *p)
{
	const unsigned char *b = (const unsigned char *)p->insns;

	(void)stack;
	for (size_t i = 0; i < p->len * sizeof(p->insns[0]); i++)
		fprintf(to, "%02x%s", b[i], i % 30 == 29 ? "\n" : "");
}

static void write_listing(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	fprintf(to, " line  CODE  JT   JF      K\n=================================\n");
	for (uint32_t i = 0; i < p->len; i++)
		fprintf(to, " %04u: 0x%02x 0x%02x 0x%02x 0x%08x\n", i, p->insns[i].code, p->insns[i].jt, p->insns[i].jf,
			p->insns[i].k);
}

static void write_decimal(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	fprintf(to, "%u\n", p->len);
	for (uint32_t i = 0; i < p->len; i++)
		fprintf(to, "%u %u %u %u\n", p->insns[i].code, p->insns[i].jt, p->insns[i].jf, p->insns[i].k);
}

static void write_array(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	fprintf(to, "static struct sock_filter f[] = {\n");
	for (uint32_t i = 0; i < p->len; i++)
		fprintf(to, "\t{ .code = 0x%x, .jt = %u, .jf = %u, .k = %u },\n", p->insns[i].code, p->insns[i].jt,
			p->insns[i].jf, p->insns[i].k);
	fprintf(to, "};\n");
}

/* gdb's x/xg: words of eight bytes. */
static void write_gdb(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	for (uint32_t i = 0; i < p->len; i++) {
		uint64_t word;

		memcpy(&word, &p->insns[i], sizeof(word));
		if (i % 2 == 0)
			fprintf(to, "%s0x7ffe%06x <filter+%u>:", i > 0 ? "\n" : "", 8 * i, 8 * i);
		fprintf(to, "\t0x%016llx", (unsigned long long)word);
	}
}

static void write_list(FILE *to, struct stack *stack, const struct program *p)
{
	const unsigned char *b = (const unsigned char *)p->insns;

	(void)stack;
	for (size_t i = 0; i < p->len * sizeof(p->insns[0]); i++)
		fprintf(to, "%s%u", i == 0 ? "[" : ", ", b[i]);
	fprintf(to, "]\n");
}

static void write_rust(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	for (uint32_t i = 0; i < p->len; i++)
		fprintf(to, "%slibc::sock_filter { code: %u, jt: %u, jf: %u, k: %u }",
			i == 0 ? "let f = vec![\n\t" : ",\n\t", p->insns[i].code, p->insns[i].jt, p->insns[i].jf,
			p->insns[i].k);
	fprintf(to, "\n];\n");
}

/* What is 0 is left out. */
static void write_go(FILE *to, struct stack *stack, const struct program *p)
{
	(void)stack;
	fprintf(to, "var f = []unix.SockFilter{\n");
	for (uint32_t i = 0; i < p->len; i++) {
		fprintf(to, "\t{Code: 0x%x", p->insns[i].code);
		if (p->insns[i].k != 0)
			fprintf(to, ", K: 0x%x", p->insns[i].k);
		if (p->insns[i].jt != 0 || p->insns[i].jf != 0)
			fprintf(to, ", Jt: %u, Jf: %u", p->insns[i].jt, p->insns[i].jf);
		fprintf(to, "},\n");
	}
	fprintf(to, "}\n");
}

static const struct {
	const char *name;
	void (*write)(FILE *to, struct stack *stack, const struct program *p);
} forms[] = {
	{ "assembler text", write_asm },
	{ "C", write_c },
	{ "bytes", write_raw },
	{ "big-endian bytes", write_big },
	{ "base64", write_base64 },
	{ "hexadecimal", write_hex },
	{ "a listing", write_listing },
	{ "decimal lines", write_decimal },
	{ "an array", write_array },
	{ "words of gdb's", write_gdb },
	{ "a list of numbers", write_list },
	{ "a vector of Rust", write_rust },
	{ "a slice of Go", write_go },
};

static bool comes_back(size_t form, const struct program *p)
{
	struct arena arena = { 0 };
	struct notes notes = { .arena = &arena };
	struct stack stack = { .arena = &arena, .notes = &notes };
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);
	bool same;

	forms[form].write(to, &stack, p);
	fclose(to);
	same = read_source(&stack, source_text(&arena, "text", text, size), &(struct read_options){ .from = NULL }) &&
	       stack.newest == stack.oldest && stack.newest->len == p->len &&
	       memcmp(stack.newest->program, p->insns, p->len * sizeof(p->insns[0])) == 0;
	if (!same) {
		printf("as %s:\n", forms[form].name);
		fwrite(text, 1, size, stdout);
		notes_print(stdout, &notes, NOTE_NOTE);
	}
	free(text);
	arena_free(&arena);
	return same;
}

int main(int argc, char **argv)
{
	const unsigned int n = argc > 1 ? (unsigned int)atoi(argv[1]) : 1000,
			   n_forms = sizeof(forms) / sizeof(forms[0]);
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	struct sock_filter insns[GENERATED_MAX] = { 0 };
	unsigned int same = 0;

	for (unsigned int i = 0; i < n; i++) {
		const struct program p = { insns, generate_program(&seed, insns) };

		for (unsigned int form = 0; form < n_forms; form++)
			same += comes_back(form, &p);
	}
	printf("%u of %u\n", same, n * n_forms);
	return same != n * n_forms;
}
