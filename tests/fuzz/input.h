/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * input.h - for the fuzzers of the verdict library: programs and a call out of any bytes, and
 * changes that keep them programs.
 *
 * An input is a call (64 bytes) and then up to PROGRAMS programs: instructions of 8 bytes, a code
 * of 0xfa__ ends one. So both fuzzers can read each other's corpus.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "seccomp.h"

#define PROGRAMS 3

/* The 41 opcodes, and the end of a program. */
static const uint16_t input_codes[] = { 0x20, 0x00, 0x60, 0x80, 0x01, 0x61, 0x81, 0x02, 0x03,  0x04, 0x0c,
					0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c, 0x44, 0x4c, 0x54,  0x5c, 0x64,
					0x6c, 0x74, 0x7c, 0xa4, 0xac, 0x84, 0x05, 0x15, 0x1d,  0x25, 0x2d,
					0x35, 0x3d, 0x45, 0x4d, 0x06, 0x16, 0x07, 0x87, 0xfa00 };

/* What must hold, or the fuzzer has found something. */
static inline void require(bool holds)
{
	if (!holds)
		abort();
}

struct input {
	struct seccomp_data data;
	bool ask[SECCOMP_GATE_NRS]; /* numbers that the programs name, and some others: those to compare */
	uint32_t count;
	struct {
		const struct sock_filter *insns;
		uint32_t len;
	} program[PROGRAMS];
};

/* False: too short for a call. The programs lie in static memory. */
static inline bool input_read(struct input *in, const uint8_t *bytes, size_t n)
{
	static struct sock_filter insns[BPF_MAXINSNS + 1];
	uint32_t from = 0, to = 0;

	if (n < sizeof(in->data))
		return false;
	memset(in, 0, sizeof(*in));
	memcpy(&in->data, bytes, sizeof(in->data));
	for (uint32_t nr = bytes[0] % 32; nr < SECCOMP_GATE_NRS; nr += 32)
		in->ask[nr] = true;
	for (size_t at = sizeof(in->data); in->count < PROGRAMS && to <= BPF_MAXINSNS; at += sizeof(insns[0])) {
		const bool end = at + sizeof(insns[0]) > n;

		if (!end)
			memcpy(&insns[to], bytes + at, sizeof(insns[0]));
		if (end || insns[to].code >> 8 == 0xfa) {
			in->program[in->count].insns = &insns[from];
			in->program[in->count++].len = to - from;
			from = to;
		} else {
			for (uint32_t i = 0; i < 3; i++)
				if (insns[to].k - 1 + i < SECCOMP_GATE_NRS)
					in->ask[insns[to].k - 1 + i] = true;
			to++;
		}
		if (end)
			break;
	}
	return true;
}

/* A program in memory of its very size: ASan sees the first byte behind. */
static inline struct seccomp_program *input_program(const struct input *in, uint32_t i)
{
	const uint32_t len = in->program[i].len;
	struct seccomp_program *p = malloc(sizeof(*p) + len * sizeof(p->insns[0]));

	p->len = len;
	memcpy(p->insns, in->program[i].insns, len * sizeof(p->insns[0]));
	p->cost = seccomp_cost(p->insns, len);
	return p;
}

/*
 * Puts an accepted program, which it takes over, on the stack if there is
 * room. Returns whether there was.
 */
static inline bool input_push(struct seccomp_filter **newest, struct seccomp_program *p, uint64_t owner, bool log)
{
	struct seccomp_filter *f = calloc(1, sizeof(*f));

	f->program = p;
	f->id = *newest != NULL ? (*newest)->id + 1 : 1;
	f->owner = owner;
	f->log = log;
	if (seccomp_filter_attach(newest, f) == 0)
		return true;
	free(p);
	free(f);
	return false;
}

static inline void input_free(struct seccomp_filter *newest)
{
	for (struct seccomp_filter *f = newest, *prev; (f = seccomp_filter_put(f)) != NULL; f = prev) {
		prev = f->prev;
		free((void *)(uintptr_t)f->program);
		free(f);
	}
}

/*
 * Turns some words of the call, but not number and architecture, into what
 * P compares with, or into noise.
 */
static inline void input_change_call(struct seccomp_data *data, const struct seccomp_program *p, uint64_t *seed)
{
	uint32_t words[16];

	memcpy(words, data, sizeof(words));
	for (int i = 2; i < 16; i++) {
		*seed = *seed * 6364136223846793005 + 1442695040888963407;
		if (*seed >> 63)
			words[i] = *seed >> 60 & 1
					   ? p->insns[(*seed >> 32) % p->len].k + (uint32_t)(*seed >> 58 & 3) % 3 - 1
					   : (uint32_t)(*seed >> 20);
	}
	memcpy(data, words, sizeof(words));
}

/* ---- libFuzzer's changes, and some that know what an instruction is ---- */

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t max, unsigned seed)
{
	static const uint32_t answers[] = { 0x7fff0000, 0x00050001, 0x00050fff, 0x00051000,
					    0x7ffc0000, 0x00030001, 0,		0x80000000 };
	const size_t call = sizeof(struct seccomp_data), size = sizeof(struct sock_filter);
	const size_t insns = n < call ? 0 : (n - call) / size;
	struct sock_filter i;
	uint8_t *at;

	if (insns == 0 || seed % 3 == 0)
		return LLVMFuzzerMutate(bytes, n, max);
	at = bytes + call + size * (seed / 64 % insns);
	memcpy(&i, at, size);
	switch (seed / 3 % 8) {
	case 0:
		i.code = input_codes[seed / 4096 % (sizeof(input_codes) / sizeof(input_codes[0]))];
		break;
	case 1:
		i.k = answers[seed / 4096 % 8];
		break;
	case 2: /* what another instruction has, or nearly */
		memcpy(&i.k, bytes + call + size * (seed / 4096 % insns) + 4, sizeof(i.k));
		i.k += seed / 512 % 3 - 1;
		break;
	case 3:
		i.k = seed / 4096 % 16 * 4;
		break;
	case 4:
		i.jt = (uint8_t)(seed / 4096 % 8);
		i.jf = (uint8_t)(seed / 32768 % 8);
		break;
	case 5: /* one more like it */
		if (n + size > max)
			break;
		memmove(at + size, at, (size_t)(bytes + n - at));
		return n + size;
	case 6: /* one less */
		memmove(at, at + size, (size_t)(bytes + n - at) - size);
		return n - size;
	default:
		LLVMFuzzerMutate((uint8_t *)&i.k, sizeof(i.k), sizeof(i.k));
		break;
	}
	memcpy(at, &i, size);
	return n;
}
