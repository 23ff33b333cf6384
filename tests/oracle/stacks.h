/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stacks.h - random stacks of 1 to 16 random filters with random flags and owners, built by the
 * verdict library, and what a gate of them knows. Included by stacks.c.
 */
#pragma once

#include "generate.h"

#ifdef __linux__
#include <sys/syscall.h>
#endif

#define FILTERS 16

static const uint32_t actions[] = {
	0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff0000, 0x7fff1234, 0x7ffc0000, 0x7ff00000, 0x7fc00000,
	0x00050000, 0x00050001, 0x00050002, 0x00050fff, 0x00051000, 0x0005ffff, 0x00030000, 0x00030007, 0x0003ffff,
	0x00000000, 0x80000000, 0x80000001, 0x00010000, 0x00040000, 0x7ffe0000, 0xaaaaaaaa, 0xffff0000,
};

/* Numbers that calls have and filters ask for. */
static const uint32_t numbers[] = { 39, 102, 110, 186, 600, 700, 63, 64, 172 };
static const uint32_t values[] = { 0, 1, 2, 5, 0x7fffffff, 0x80000000, 0xffffffff };

static uint32_t random_action(struct random *r)
{
	return one_in(r, 3) ? PICK(r, actions) : one_in(r, 12) ? random_word(r) : SECCOMP_RET_ALLOW;
}

static uint32_t put(struct sock_filter *out, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k)
{
	*out = (struct sock_filter){ code, jt, jf, k };
	return 1;
}

/* What policies look like: some questions, each with an answer, and a last answer. */
static uint32_t random_policy(struct random *r, struct sock_filter *out)
{
	uint32_t n = 0;

	for (uint32_t questions = random_below(r, 5); questions > 0; questions--) {
		const bool by_nr = one_in(r, 2);
		const uint32_t k = by_nr ? PICK(r, numbers) : PICK(r, values);

		n += put(&out[n], 0x20, 0, 0, by_nr ? 0 : 16 + 4 * random_below(r, 4));
		n += put(&out[n], (uint16_t)(0x15 + 0x10 * random_below(r, 4)), (uint8_t)one_in(r, 4), 1, k);
		out[n - 1].jf = !out[n - 1].jt;
		if (one_in(r, 6)) {
			n += put(&out[n], 0x05, 0, 0, 0);
			n += put(&out[n], 0x00, 0, 0, random_action(r));
			n += put(&out[n], 0x16, 0, 0, 0);
			out[n - 4].jt = out[n - 4].jt != 0 ? 3 : 0;
			out[n - 4].jf = out[n - 4].jf != 0 ? 3 : 0;
		} else {
			n += put(&out[n], 0x06, 0, 0, random_action(r));
		}
	}
	return n + put(&out[n], 0x06, 0, 0, random_action(r));
}

/* Long ones of one kind, which use up the path budget. */
static uint32_t random_long(struct random *r, struct sock_filter *out)
{
	static const struct sock_filter kinds[] = {
		{ 0x00, 0, 0, 1 },	    { 0x06, 0, 0, SECCOMP_RET_ALLOW },
		{ 0x3c, 0, 0, 0 },	    { 0x15, 1, 0, 1 },
		{ 0x25, 0, 1, 1 },	    { 0x35, 1, 2, 1 },
		{ 0x45, 0, 1, 1 },	    { 0x4d, 0, 1, 0x80000000 },
		{ 0x15, 1, 2, 0x80000000 }, { 0x45, 1, 0, 0xffffffff },
		{ 0x1d, 0, 2, 0 },
	};
	const uint32_t len = 500 + random_below(r, BPF_MAXINSNS - 508);
	const struct sock_filter kind = PICK(r, kinds);

	for (uint32_t pc = 0; pc < len; pc++)
		out[pc] = pc + 3 < len ? kind : (struct sock_filter){ 0x06, 0, 0, SECCOMP_RET_ALLOW };
	return len;
}

/*
 * As long as the path budget ROOM still allows, or one instruction more or less, behind the FROM
 * that are there. 0: no such program.
 */
static uint32_t random_filling(struct random *r, struct sock_filter *out, uint32_t from, uint32_t room)
{
	const uint32_t ret = 2, wanted = room + random_below(r, 3) - 1, fixed = seccomp_cost(out, from) + ret;
	const uint32_t n = wanted - fixed;

	if (wanted < fixed || from + n + 1 > BPF_MAXINSNS)
		return 0;
	for (uint32_t pc = from; pc < from + n; pc++)
		put(&out[pc], 0x00, 0, 0, 1);
	return n + put(&out[from + n], 0x06, 0, 0, SECCOMP_RET_ALLOW);
}

/* Lets a child under the filter install another one and exit. Nothing is in A behind it. */
static uint32_t put_prologue(struct sock_filter *out)
{
#ifdef __linux__
	put(&out[0], 0x20, 0, 0, 0);
	put(&out[1], 0x15, 1, 0, SYS_seccomp);
	put(&out[2], 0x15, 0, 1, SYS_exit_group);
	put(&out[3], 0x06, 0, 0, SECCOMP_RET_ALLOW);
	put(&out[4], 0x00, 0, 0, 0);
	return 5;
#else
	(void)out;
	return 0;
#endif
}

/* An accepted program of any kind; ROOM is what is left of the path budget. */
static uint32_t random_filter(struct random *r, struct sock_filter *out, bool with_long, bool prologue, uint32_t room)
{
	static uint16_t written[BPF_MAXINSNS];
	uint32_t len;

	do {
		const uint32_t from = prologue ? put_prologue(out) : 0;

		const uint32_t filling = with_long && one_in(r, 2) ? random_filling(r, out, from, room) : 0;

		len = from;
		if (filling != 0)
			len += filling;
		else if (with_long && one_in(r, 3))
			len += random_long(r, out + from);
		else if (one_in(r, 3))
			len += random_program(r, out + from);
		else
			len += random_policy(r, out + from);
	} while (len > BPF_MAXINSNS || seccomp_check(out, len, written).err != 0);
	/*
	 * Under Linux the instruction pointer is not known: such a filter looks
	 * at the first argument instead.
	 */
	for (uint32_t pc = 0; prologue && pc < len; pc++)
		if (out[pc].code == 0x20 && (out[pc].k & ~4U) == 8)
			out[pc].k += 8;
	return len;
}

/* ---- our side ---- */

static struct {
	struct seccomp_program p;
	struct sock_filter insns[BPF_MAXINSNS];
} programs[FILTERS];

static struct seccomp_filter filters[FILTERS];
static unsigned long flags[FILTERS];
static int errs[FILTERS];
static uint32_t count;
static struct seccomp_filter *newest;

static inline void random_stack(struct random *r, bool owners, bool prologue)
{
	const bool with_long = one_in(r, 16);

	newest = NULL;
	count = 1 + random_below(r, FILTERS);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t spent = newest != NULL ? newest->path + SECCOMP_PATH_EXTRA : 0;

		programs[i].p.len =
			random_filter(r, programs[i].p.insns, with_long, prologue, SECCOMP_PATH_MAX - spent);
		programs[i].p.cost = seccomp_cost(programs[i].p.insns, programs[i].p.len);
		flags[i] = 2 * random_below(r, 2) + 4 * random_below(r, 2); /* LOG, SPEC_ALLOW */
		filters[i] = (struct seccomp_filter){
			.program = &programs[i].p,
			.id = i + 1,
			.owner = owners && one_in(r, 6) ? 1 + random_below(r, 2) : 0,
			.log = flags[i] & SECCOMP_FILTER_FLAG_LOG,
		};
		errs[i] = seccomp_filter_attach(&newest, &filters[i]);
	}
}

static struct seccomp_answers sum;

/* What the gate of task WHO knows. */
static inline void add_answers(uint64_t who)
{
	static _Alignas(8) uint8_t scratch[BPF_MAXINSNS * sizeof(struct seccomp_point)];
	static struct seccomp_answers one;

	seccomp_answers_init(&sum);
	for (uint32_t i = 0; i < count; i++) {
		if (errs[i] != 0 || !seccomp_filter_binds(&filters[i], who))
			continue;
		seccomp_answers_program(&one, programs[i].p.insns, programs[i].p.len, AUDIT_ARCH_X86_64,
					(void *)scratch);
		seccomp_answers_add(&sum, &one, filters[i].log);
	}
}

static inline void random_call(struct random *r, struct seccomp_data *data)
{
	data->nr = (int)PICK(r, numbers);
	data->arch = AUDIT_ARCH_X86_64;
	data->instruction_pointer = random_two_words(r);
	for (int i = 0; i < 6; i++)
		data->args[i] = one_in(r, 2) ? PICK(r, values) * 0x100000001ULL : random_two_words(r);
}
