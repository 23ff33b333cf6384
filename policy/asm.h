/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm.h - reading assembler text, between its parts: read_asm.c splits it into lines and labels,
 * asm_insn.c makes instructions of them.
 */
#pragma once

#include "scan.h"

struct asm_label {
	struct place name;
	uint32_t pc;
};

struct asm_line {
	struct place mnemonic;
	struct place operands[4];
	unsigned int n;
};

struct assembler {
	struct scan scan;
	struct asm_label *labels;
	size_t n_labels, room_labels;
	struct asm_line *lines;
	struct place *places; /* of each line, the instruction */
	size_t n, room, room_places;
};

/* Are the texts of both places the same? */
bool asm_same(struct place a, struct place b);

/* The instruction of line PC. False after an error note. */
bool asm_insn(struct assembler *a, size_t pc, struct sock_filter *insn);
