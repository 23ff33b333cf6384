/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ask.h - questions about policies and programs, for all inputs, by z3.
 *
 * A difference is always a concrete call, on which both sides have been run by the verdict library
 * (or by the meaning of the rules) before it is told: a wrong solver cannot invent one. That there
 * is none rests on z3, and on symbolic.c.
 */
#pragma once

#include "symbolic.h"

enum ask_answer {
	ASK_YES = 0,
	ASK_NO,
	ASK_UNDECIDED, /* z3 gave up, or took too long; the box is left open */
};

struct asker {
	struct symbols sym;
	struct arena arena;
	Z3_solver solver;
	double patience, began, asked; /* processor time: how much, since when, and what questions took */
	bool proves;		       /* nothing is of use if this is not decided */
	struct box *open;	       /* for which something was not decided */
	size_t n_open, room_open;
	unsigned int queries; /* that were put to z3 */
	bool careful;	      /* where z3 finds nothing, cvc5 must find nothing, too */
	unsigned int agreed;  /* how often cvc5 agreed */
	unsigned int doubted; /* cvc5 did not agree, or gave up: the answer was ASK_UNDECIDED */
};

/*
 * A stack of functions, oldest first, of which the strictest answer
 * counts, the newest one's on ties.
 */
struct side {
	const struct subject *subjects;
	size_t n;
};

/*
 * All questions together may take PATIENCE seconds of processor time (0: five), but for proofs, of
 * which each may.
 */
void ask_init(struct asker *a, unsigned int patience);
void ask_free(struct asker *a);

/* The time begins anew: what was computed until now does not count. */
void ask_start_time(struct asker *a);

/* Is that time used up? Then nothing more is decided. */
bool ask_time_is_up(const struct asker *a);

/* Something about the calls of the box is not decided. */
void ask_leave_open(struct asker *a, const struct box *box);

/*
 * Both sides answer the same word to every call? ASK_NO: *EXAMPLE is one
 * that they answer differently.
 */
enum ask_answer ask_equal(struct asker *a, const struct side *left, const struct side *right,
			  struct seccomp_data *example);

/*
 * ask_careful.c: what cvc5 says to what was asserted; and whether there is a cvc5 at all.
 */
enum ask_answer ask_second(struct asker *a, Z3_solver solver);
bool ask_has_second(void);

/*
 * ask_plain.c: whether CLAIM (or NULL) holds, or which of OUTCOMES (or NULL) are possible: does z3
 * keep to a number of steps there?
 */
bool ask_is_plain(struct asker *a, Z3_ast claim, const struct outcomes *outcomes);

/* What a side answers to a call: it is run, the solver is not asked. */
uint32_t side_answer(const struct side *side, const struct seccomp_data *data);

/*
 * Calls VISIT for every box of numbers and architectures in which both sides' answers are told by
 * terms or constants; together the boxes are all inputs. VISIT returns false to end it. Returns
 * ASK_UNDECIDED if there are too many boxes, else ASK_YES.
 */
struct box_view {
	const struct box *box;
	bool constant[2]; /* of left and right: is the answer the constant RET? */
	uint32_t ret[2];
	Z3_ast term[2]; /* else the term */
};
enum ask_answer ask_boxes(struct asker *a, const struct side *left, const struct side *right,
			  bool (*visit)(void *arg, struct asker *a, const struct box_view *view), void *arg);

/* Is there an input in BOX for which CLAIM (NULL: always) holds? ASK_YES: *EXAMPLE is one. */
enum ask_answer ask_example(struct asker *a, const struct box *box, Z3_ast claim, struct seccomp_data *example);

/*
 * Which outcomes are possible for calls in BOX for which KNOWN (NULL: always) holds, where no
 * earlier one is? What they share is looked at once. False: z3 gave up on one, which counts as
 * possible.
 */
bool ask_possible(struct asker *a, const struct box *box, Z3_ast known, const struct outcomes *o, bool *possible);

/* That answer TERM A is stricter than B, as the kernel orders them. */
Z3_ast stricter_term(struct asker *a, Z3_ast x, Z3_ast y);

/*
 * Proves that the program INSNS answers as the rules of P say, for all inputs;
 * what seccomp_answers_program() knows of it must agree, too. ASK_NO: *EXAMPLE is
 * a call that it answers otherwise.
 */
enum ask_answer ask_compiled(struct asker *a, const struct policy *p, const struct sock_filter *insns, uint32_t len,
			     struct seccomp_data *example);
