/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * verdict.c - libFuzzer on the verdict library: no input makes check, run, gate, disassembler, builders or explainer
 * misbehave under ASan and UBSan, and where two of them can be compared they agree.
 *
 * An input is a call (64 bytes) and then programs: instructions of 8 bytes, a code of 0xfa__ ends one. run.sh starts it.
 */
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "disasm.h"
#include "explain.h"
#include "seccomp.h"

#define PROGRAMS 4

/* The reference: what must hold, or the fuzzer has found something. */
static void require(int holds)
{
	if (!holds)
		abort();
}

/* The text of an instruction is it, and any text is read or refused. */
static void fuzz_text(const struct sock_filter *insn, const uint8_t *bytes, size_t n)
{
	struct sock_filter back;
	char text[SECCOMP_TEXT_MAX];
	char *line = malloc(n + 1);

	require(seccomp_disasm(text, insn) < sizeof(text));
	require(strlen(text) < sizeof(text));
	require(seccomp_assemble(&back, text) == 0);
	require(memcmp(&back, insn, sizeof(back)) == 0);

	memcpy(line, bytes, n);
	line[n] = '\0';
	if (seccomp_assemble(&back, line) == 0) {
		struct sock_filter again;

		seccomp_disasm(text, &back);
		require(seccomp_assemble(&again, text) == 0);
		require(memcmp(&back, &again, sizeof(back)) == 0);
	}
	free(line);
}

/* Turns some words of the call into what a program compares with, or into noise. */
static void change_call(struct seccomp_data *data, const struct seccomp_program *p, uint64_t *seed)
{
	uint32_t words[16];

	memcpy(words, data, sizeof(words));
	for (int i = 2; i < 16; i++) {
		*seed = *seed * 6364136223846793005 + 1442695040888963407;
		if (*seed >> 63)
			words[i] = *seed >> 60 & 1 ? p->insns[(*seed >> 32) % p->len].k : (uint32_t)(*seed >> 20);
	}
	memcpy(data, words, sizeof(words));
}

/* A number said to be constant gets its answer whatever the arguments are. */
static void fuzz_answers(const struct seccomp_answers *a, const struct seccomp_filter *newest, struct seccomp_data data)
{
	uint64_t seed = data.args[0];

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (!seccomp_answer_is_constant(a, nr))
			continue;
		data.nr = (int)nr;
		require(seccomp_evaluate(newest, 0, &data).ret == a->ret[nr]);
		change_call(&data, newest->program, &seed);
	}
}

static void ignore(void *arg, const char *text, size_t n)
{
	*(size_t *)arg += n + (n != 0 && text[0] == '\0');
}

static struct seccomp_program *copy_program(const struct sock_filter *insns, uint32_t len)
{
	struct seccomp_program *p = malloc(sizeof(*p) + len * sizeof(p->insns[0]));

	p->len = len;
	p->cost = seccomp_cost(insns, len);
	memcpy(p->insns, insns, len * sizeof(p->insns[0]));
	return p;
}

/* Checks and runs one program; on the stack with it if it is accepted. */
static void fuzz_program(const struct sock_filter *insns, uint32_t len, const struct seccomp_data *data,
			 struct seccomp_filter **newest, struct seccomp_answers *sum)
{
	uint16_t *written = malloc(len * sizeof(*written) + 1);
	struct seccomp_program *p = copy_program(insns, len);
	const struct seccomp_refusal r = seccomp_check(p->insns, len, written);
	const struct seccomp_result result = seccomp_run(p->insns, len, data);

	free(written);
	require(r.err == 0 || r.pc < len || len == 0);
	require(result.pc <= len);
	if (r.err == 0) {
		struct seccomp_filter *f = calloc(1, sizeof(*f));
		struct seccomp_answers *one = malloc(sizeof(*one));
		void *points = malloc(seccomp_answers_scratch(len));

		require(result.pc < len);
		f->program = p;
		f->id = 1;
		f->log = insns[0].jf & 1;
		if (seccomp_filter_attach(newest, f) == 0) {
			seccomp_answers_program(one, p->insns, len, data->arch, points);
			seccomp_answers_add(sum, one, f->log);
			p = NULL;
			f = NULL;
		}
		free(f);
		free(one);
		free(points);
	}
	free(p);
}

/* The stack's verdict, said by the reference once more: the first of the strictest, newest first. */
static void fuzz_stack(struct seccomp_filter *newest, const struct seccomp_data *data)
{
	const struct seccomp_verdict v = seccomp_evaluate(newest, 0, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, false);
	size_t told = 0;
	bool before = true;

	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		const struct seccomp_result r = seccomp_run(f->program->insns, f->program->len, data);
		const int32_t theirs = (int32_t)(r.ret & SECCOMP_RET_ACTION_FULL);
		const int32_t verdict = (int32_t)(v.ret & SECCOMP_RET_ACTION_FULL);

		require(theirs >= verdict);
		before = before && f != v.match;
		require(!before || theirs > verdict || v.match == NULL);
		require(f != v.match || (r.ret == v.ret && r.pc == v.pc));
	}
	require(d.err <= 4095);
	seccomp_explain(ignore, &told, newest, 0, data);
	require(told > 0);
}

/* Lists of numbers: the builder checks itself, so that it says 0 is all that is wanted. */
static void fuzz_list(const uint8_t *bytes, size_t n)
{
	static struct sock_filter insns[BPF_MAXINSNS];
	static uint16_t written[BPF_MAXINSNS];
	const uint32_t count = (uint32_t)(n / 2 < 600 ? n / 2 : 600);
	uint32_t *nrs = malloc((count + 1) * sizeof(*nrs));
	struct seccomp_build b;
	int err;

	for (uint32_t i = 0; i < count; i++)
		nrs[i] = bytes[2 * i] | (uint32_t)bytes[2 * i + 1] << 8;
	seccomp_build_init(&b, insns, written, 4096);
	err = seccomp_build_deny(&b, AUDIT_ARCH_RISCV64, nrs, count, 1).err;
	require(err == 0);
	free(nrs);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct sock_filter insns[BPF_MAXINSNS + 1];
	static struct seccomp_answers sum;
	struct seccomp_filter *newest = NULL;
	struct seccomp_data data;
	uint32_t len = 0, programs = 0;

	if (n < sizeof(data))
		return -1;
	memcpy(&data, bytes, sizeof(data));
	seccomp_answers_init(&sum);
	if (data.nr % 16 == 7)
		fuzz_list(bytes + 4, n - 4);
	for (size_t at = sizeof(data); programs < PROGRAMS && len <= BPF_MAXINSNS; at += sizeof(insns[0])) {
		const bool end = at + sizeof(insns[0]) > n;

		if (!end) {
			memcpy(&insns[len], bytes + at, sizeof(insns[0]));
			fuzz_text(&insns[len], bytes + at, n - at < 40 ? n - at : 40);
		}
		if (end || insns[len].code >> 8 == 0xfa) {
			fuzz_program(insns, len, &data, &newest, &sum);
			len = 0;
			programs++;
		} else {
			len++;
		}
		if (end)
			break;
	}
	fuzz_stack(newest, &data);
	if (newest != NULL)
		fuzz_answers(&sum, newest, data);
	for (struct seccomp_filter *f = newest, *prev; (f = seccomp_filter_put(f)) != NULL; f = prev) {
		prev = f->prev;
		free((void *)(uintptr_t)f->program);
		free(f);
	}
	return 0;
}
