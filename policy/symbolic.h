/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbolic.h - programs and rules as functions of the 16 words of seccomp_data, for z3.
 *
 * Numbers and architectures are cut into boxes (a range of each) in which every comparison of them
 * with a constant comes out one way; the arguments and the instruction pointer stay unknown. Over a
 * box, a function is a list of outcomes: what is answered, and when.
 */
#pragma once

#include <z3.h>

#include "rules.h"

struct box {
	uint32_t nr[2], arch[2]; /* first and last */
};

struct symbols {
	Z3_context z3; /* made when the first symbol is needed */
	Z3_ast words[16];
	struct arena arena;	/* of STATES */
	struct machine *states; /* what is known before each instruction; the memory is kept from box to box */
	size_t room;
	uint32_t run; /* marks the states that the latest box reached */
};

/* A 32-bit value: a constant, or a term. */
struct value {
	Z3_ast term; /* NULL: the constant K */
	uint32_t k;
};

struct outcome {
	Z3_ast when; /* NULL: always, where no earlier outcome is */
	struct value ret;
	const struct rule *rule; /* of a policy of rules, NULL for its default */
	uint32_t pc;		 /* of a program: where it ended */
};

/* Outcomes exclude each other, and one of them always is. */
struct outcomes {
	struct outcome *list;
	size_t n, room;
};

/* The function: a policy's rules, or a program. */
struct subject {
	const struct policy *policy; /* asked by its rules, if INSNS is NULL */
	const struct sock_filter *insns;
	uint32_t len;
};

/* Where a box is to be cut: from AT on it is another one. */
struct cut {
	bool needed;
	bool arch; /* else the number */
	uint32_t at;
};

/* Any number and any architecture. */
extern const struct box whole_box;

/* Are there calls of that architecture in the box? */
static inline bool box_has_arch(const struct box *box, uint32_t arch)
{
	return box->arch[0] <= arch && arch <= box->arch[1];
}

/* The outcomes of S over BOX into OUT (in ARENA); or *CUT says where the box is to be cut first. */
void symbolic_outcomes(struct symbols *sym, struct arena *arena, const struct subject *s, const struct box *box,
		       struct outcomes *out, struct cut *cut);

/* Are all outcomes the same constant? Then it is in *RET. */
bool outcomes_constant(const struct outcomes *o, uint32_t *ret);

/* What is answered, as one term. */
Z3_ast outcomes_term(struct symbols *sym, const struct outcomes *o);

/* That a call with the answer is made. */
Z3_ast runs_term(struct symbols *sym, Z3_ast answer);

/* That the number and the architecture lie in the box. */
Z3_ast box_term(struct symbols *sym, const struct box *box);

/* The word of seccomp_data at OFFSET; a constant of 32 bits. */
Z3_ast symbol_word(struct symbols *sym, uint32_t offset);
Z3_ast symbol_constant(struct symbols *sym, uint32_t k);

/* The condition, as a term. */
Z3_ast condition_term(struct symbols *sym, const struct condition *c);

/* What BPF's operation OP makes of A and B, and whether its jump OP holds. */
Z3_ast symbol_alu(struct symbols *sym, uint16_t op, Z3_ast a, Z3_ast b);
Z3_ast symbol_compare(struct symbols *sym, uint16_t op, Z3_ast a, Z3_ast b);

/* A and B, of which either may be NULL: always. */
Z3_ast both_terms(struct symbols *sym, Z3_ast a, Z3_ast b);

void symbols_free(struct symbols *sym);
