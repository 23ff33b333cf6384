/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path.c - see path.h. The verdict library tells no path; but a program ends where a RET stands in
 * the place of an instruction that it comes to.
 */
#include "path.h"

#include <stddef.h>
#include <string.h>

/*
 * Where the conditional jump at PC leads: the program is run with a RET at both targets, and ends
 * at the first that it comes to. Jumps lead forward, so it comes to none of them before PC.
 */
static uint32_t jump_from(const struct sock_filter *insns, struct sock_filter *copy, uint32_t len, uint32_t pc,
			  const struct seccomp_data *data)
{
	const uint32_t yes = pc + 1 + insns[pc].jt, no = pc + 1 + insns[pc].jf;
	uint32_t to;

	copy[yes] = copy[no] = (struct sock_filter){ BPF_RET | BPF_K, 0, 0, 0 };
	to = seccomp_run(copy, len, data).pc;
	copy[yes] = insns[yes];
	copy[no] = insns[no];
	return to;
}

uint32_t path_walk(const struct seccomp_program *program, struct sock_filter *copy, const struct seccomp_data *data,
		   uint32_t *path)
{
	const struct sock_filter *insns = program->insns;
	const uint32_t len = program->len, end = seccomp_run(insns, len, data).pc;
	uint32_t n = 0;

	for (uint32_t pc = 0; pc < len;) {
		path[n++] = pc;
		if (pc == end)
			break;
		if (BPF_CLASS(insns[pc].code) != BPF_JMP)
			pc++;
		else if (BPF_OP(insns[pc].code) == BPF_JA)
			pc += 1 + insns[pc].k;
		else
			pc = jump_from(insns, copy, len, pc, data);
	}
	return n;
}

struct path path_find(struct arena *arena, const struct seccomp_program *program, const struct seccomp_data *data)
{
	struct sock_filter *copy = arena_zalloc(arena, program->len * sizeof(*copy));
	struct path path = { .pc = arena_zalloc(arena, program->len * sizeof(*path.pc)),
			     .a = arena_zalloc(arena, program->len * sizeof(*path.a)) };

	memcpy(copy, program->insns, program->len * sizeof(*copy));
	path.n = path_walk(program, copy, data, path.pc);
	for (uint32_t i = 0; i < path.n; i++) {
		copy[path.pc[i]] = (struct sock_filter){ BPF_RET | BPF_A, 0, 0, 0 };
		path.a[i] = seccomp_run(copy, program->len, data).ret;
		copy[path.pc[i]] = program->insns[path.pc[i]];
	}
	return path;
}

/* What may differ between calls of one number. */
struct open {
	bool a, x, memory[BPF_MEMWORDS];
};

static void step_open(struct open *o, const struct sock_filter *insn)
{
	switch (BPF_CLASS(insn->code)) {
	case BPF_LD:
		o->a = BPF_MODE(insn->code) == BPF_ABS ? insn->k >= offsetof(struct seccomp_data, instruction_pointer)
						       : BPF_MODE(insn->code) == BPF_MEM && o->memory[insn->k];
		break;
	case BPF_LDX:
		o->x = BPF_MODE(insn->code) == BPF_MEM && o->memory[insn->k];
		break;
	case BPF_ST:
		o->memory[insn->k] = o->a;
		break;
	case BPF_STX:
		o->memory[insn->k] = o->x;
		break;
	case BPF_ALU:
		o->a |= BPF_SRC(insn->code) == BPF_X && o->x;
		break;
	case BPF_MISC:
		if (BPF_MISCOP(insn->code) == BPF_TAX)
			o->x = o->a;
		else
			o->a = o->x;
		break;
	}
}

uint32_t path_certain(const struct seccomp_program *program, const struct path *path)
{
	struct open open = { .a = false };

	for (uint32_t i = 0; i < path->n; i++) {
		const struct sock_filter *insn = &program->insns[path->pc[i]];

		if (BPF_CLASS(insn->code) == BPF_JMP && BPF_OP(insn->code) != BPF_JA &&
		    (open.a || (BPF_SRC(insn->code) == BPF_X && open.x)))
			return i + 1;
		step_open(&open, insn);
	}
	return path->n;
}
