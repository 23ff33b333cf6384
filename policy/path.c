/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path.c - see path.h. The verdict library tells no path; but an instruction is reached when the
 * program ends there as soon as a RET stands in its place.
 */
#include "path.h"

#include <stddef.h>
#include <string.h>

struct path path_find(struct arena *arena, const struct seccomp_program *program, const struct seccomp_data *data)
{
	struct sock_filter *copy = arena_zalloc(arena, program->len * sizeof(*copy));
	struct path path = { .pc = arena_zalloc(arena, program->len * sizeof(*path.pc)),
			     .a = arena_zalloc(arena, program->len * sizeof(*path.a)) };

	memcpy(copy, program->insns, program->len * sizeof(*copy));
	for (uint32_t pc = 0; pc < program->len; pc++) {
		struct seccomp_result at;

		copy[pc] = (struct sock_filter){ BPF_RET | BPF_A, 0, 0, 0 };
		at = seccomp_run(copy, program->len, data);
		copy[pc] = program->insns[pc];
		if (at.pc != pc)
			continue;
		path.pc[path.n] = pc;
		path.a[path.n++] = at.ret;
	}
	return path;
}

/* What may differ between calls of one number. */
struct open {
	bool a, x, memory[BPF_MEMWORDS];
};

static void step(struct open *o, const struct sock_filter *insn)
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
		step(&open, insn);
	}
	return path->n;
}
