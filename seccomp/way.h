/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * way.h - where the calls with one number go, under a stack of filters: what a gate's table
 * holds, worked out filter by filter.
 *
 * Called when a filter is installed. A way either gives the stack's answer, or leads to the judge,
 * which runs the programs.
 */
#pragma once

#include "search.h"
#include "validate_search.h"

/* Zero is the judge. */
enum seccomp_way_kind {
	SECCOMP_WAY_JUDGE = 0,
	SECCOMP_WAY_ERRNO, /* the call is refused with ret's data */
	SECCOMP_WAY_RUN,   /* the call itself */
	SECCOMP_WAY_CODE,  /* machine code that looks at the arguments */
};

struct seccomp_way {
	enum seccomp_way_kind kind;
	uint32_t ret;  /* ERRNO: the answer */
	uint64_t to;   /* RUN, CODE: the address */
	bool stricter; /* CODE: may a filter of the stack answer stricter than ERRNO? */
};

/* ---- way.c: the decisions ---- */

/* The kind of way of a number whose answer is always RET, and not logged. */
/*@ assigns \nothing;
    ensures \result == SECCOMP_WAY_RUN <==> (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
    ensures \result == SECCOMP_WAY_ERRNO <==>
      (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO && (ret & SECCOMP_RET_DATA) <= 4095;
    ensures \result == SECCOMP_WAY_RUN || \result == SECCOMP_WAY_ERRNO || \result == SECCOMP_WAY_JUDGE;
*/
enum seccomp_way_kind seccomp_way_constant(uint32_t ret) SECCOMP_NODISCARD;

/* What to make of a number when a filter is added to a stack. Zero is the judge. */
enum seccomp_plan {
	SECCOMP_PLAN_JUDGE = 0,
	SECCOMP_PLAN_CONSTANT, /* the stack's answer is constant */
	SECCOMP_PLAN_BELOW,    /* the new filter always allows it: it goes where the stack below sends it */
	SECCOMP_PLAN_CODE, /* the new filter looks at the arguments, and goes on to where the stack below sends it */
};

/*
 * STACK: the answers of the whole stack; OWN: the new filter's alone;
 * BELOW: the way under the older ones.
 */
/*@ requires nr < SECCOMP_GATE_NRS && \valid_read(stack) && \valid_read(own);
    assigns \nothing;
    ensures \result == SECCOMP_PLAN_CONSTANT <==> constant_answer(stack, nr);
    ensures below == SECCOMP_WAY_JUDGE && !constant_answer(stack, nr) ==> \result == SECCOMP_PLAN_JUDGE;
    ensures \result == SECCOMP_PLAN_BELOW ==> constant_answer(own, nr) &&
      \forall integer older; on_top(own->ret[nr], older) == on_top(SECCOMP_RET_ALLOW, older);
    ensures \result == SECCOMP_PLAN_BELOW || \result == SECCOMP_PLAN_CODE ==> below != SECCOMP_WAY_JUDGE;
*/
enum seccomp_plan seccomp_way_plan(const struct seccomp_answers *stack, const struct seccomp_answers *own, uint32_t nr,
				   enum seccomp_way_kind below) SECCOMP_NODISCARD;

/*@
  // An answer that code may give by itself: to go on, or an errno that needs no cap.
  predicate sayable(integer ret) = severity(ret) == severity(SECCOMP_RET_ALLOW) ||
    (severity(ret) == severity(SECCOMP_RET_ERRNO) && (ret & SECCOMP_RET_DATA) <= 4095);

  // RET is what may become of the answer OWN to a number; see seccomp_way_answer().
  predicate stands_for(integer ret, integer own, boolean log, integer below, boolean stricter_below) =
    (ret == SECCOMP_RET_KILL_PROCESS || sayable(ret)) &&
    (severity(ret) == severity(SECCOMP_RET_ALLOW) ==> severity(below) == severity(SECCOMP_RET_ALLOW) &&
      \forall integer older; on_top(own, older) == on_top(SECCOMP_RET_ALLOW, older)) &&
    (\forall integer older; severity(ret) == severity(SECCOMP_RET_ERRNO) &&
      (severity(below) == severity(SECCOMP_RET_ERRNO) ==> older == below) &&
      (stricter_below == \false ==> !stricter(older, SECCOMP_RET_ERRNO)) ==> on_top(own, older) == ret) &&
    (log == \true && severity(ret) == severity(SECCOMP_RET_ERRNO) ==> !stricter(own, SECCOMP_RET_ALLOW));
*/

/*
 * What code may do about the answer OWN of the newest filter to a number. LOG: that filter's
 * SECCOMP_FILTER_FLAG_LOG. BELOW: the answer of the older filters, if that is always the same
 * ERRNO; else ALLOW. STRICTER: one of the older filters may answer something stricter than ERRNO.
 *
 * Returns ALLOW: the older filters are to go on. Or an ERRNO (data at most 4095): this is the
 * answer of the whole stack. Or KILL_PROCESS: only the judge can say.
 */
/*@ requires sayable(below);
    assigns \nothing;
    ensures stands_for(\result, own, (boolean)log, below, (boolean)stricter);
*/
uint32_t seccomp_way_answer(uint32_t own, bool log, uint32_t below, bool stricter) SECCOMP_NODISCARD;

/*
 * Turns a residual that gives its filter's own answers into one that gives the whole stack's:
 * passes each answer through seccomp_way_answer(). Returns whether a filter of the stack, this one
 * included, may answer something stricter than ERRNO.
 */
/*@ requires \valid(residual + (0 .. len - 1)) && sayable(below);
    assigns residual[0 .. len - 1].k;
    ensures answers: \forall integer i; 0 <= i < len && residual[i].code == (BPF_RET | BPF_K) ==>
      stands_for(residual[i].k, \old(residual[i].k), (boolean)log, below, (boolean)stricter);
    ensures others: \forall integer i; 0 <= i < len && residual[i].code != (BPF_RET | BPF_K) ==>
      residual[i].k == \old(residual[i].k);
    ensures known: !\result ==> !stricter && \forall integer i; 0 <= i < len && residual[i].code == (BPF_RET | BPF_K) ==>
      !stricter(\old(residual[i].k), SECCOMP_RET_ERRNO);
*/
bool seccomp_residual_on(struct sock_filter *residual, uint32_t len, bool log, uint32_t below, bool stricter);

/* A filter that is added to a stack. */
struct seccomp_newer {
	const struct seccomp_program *program;
	const struct seccomp_answers *own;   /* its answers alone */
	const struct seccomp_answers *stack; /* those of the whole stack, with it */
	bool log;			     /* its SECCOMP_FILTER_FLAG_LOG */
};

/* Scratch memory of seccomp_way_on(); only steps and rest need a value. */
struct seccomp_work {
	uint32_t steps;	    /* how many may still be taken, over all numbers: bounds the time of an install */
	void (*rest)(void); /* see struct seccomp_choices */
	struct seccomp_specialise specialise;
	struct sock_filter answer[SECCOMP_SPECIALISE_ANSWERS];
	union { /* what is needed at different times */
		struct seccomp_validate validate;
		struct {
			struct seccomp_choices choices;
			union {
				struct seccomp_search search;
				struct seccomp_validate_search check;
			};
		};
	};
};

/* ---- number.c: the code ---- */

/*
 * Writes machine code for CLAIM, about the filter NEWER, to OUT, which has room for ROOM
 * instructions. Returns how many it has; 0: there is none (also for lack of room or steps), and the
 * judge is to be asked. *STRICTER: may a filter of the stack answer something stricter than ERRNO?
 * At first of the stack below, afterwards of the whole stack.
 */
/*@ requires \valid_read(newer) && \valid_read(newer->own) && \valid_read(claim) && \valid_read(claim->exits);
    requires \valid(w) && \valid(stricter) && \valid(out + (0 .. room - 1));
    requires claim->nr < SECCOMP_GATE_NRS && sayable(claim->below);
    requires constant_answer(newer->own, claim->nr) ==>
      \valid_read(claim->program) && claim->program->code == (BPF_RET | BPF_K) && claim->program->k == newer->own->ret[claim->nr];
    requires !constant_answer(newer->own, claim->nr) ==> claim->program == newer->program->insns;
    assigns *w, *stricter, out[0 .. room - 1];
    ensures \result <= room;
*/
uint32_t seccomp_number_code(struct seccomp_work *w, const struct seccomp_newer *newer,
			     const struct seccomp_claim *claim, uint32_t *out, uint32_t room,
			     bool *stricter) SECCOMP_NODISCARD;

/* ---- way.c: the whole ---- */

/*
 * Stores in *WAY the way of number NR under a stack whose newest filter is NEWER, and whose older
 * filters send NR the way BELOW.
 *
 * If that takes new code, writes it to OUT, which has room for ROOM instructions (0, or too few:
 * the judge is asked), and returns the number of its instructions; way->kind is then CODE, and the
 * caller sets way->to to where it puts the code. The code leaves for EXITS' refuse or judge, or
 * goes where BELOW leads. Otherwise returns 0: also when the way is code that BELOW has already.
 */
/*@ requires nr < SECCOMP_GATE_NRS && \valid(w) && \valid(way) && \valid(out + (0 .. room - 1));
    requires \valid_read(newer) && \valid_read(newer->own) && \valid_read(newer->stack);
    requires \valid_read(below) && \valid_read(exits);
    requires \separated(way, w, out + (0 .. room - 1), newer, newer->own, newer->stack, below, exits);
    requires below->kind == SECCOMP_WAY_ERRNO ==> sayable(below->ret);
    assigns *way, *w, out[0 .. room - 1];
    ensures constant: constant_answer(newer->stack, nr) ==> \result == 0 && way->ret == newer->stack->ret[nr];
    ensures kind: constant_answer(newer->stack, nr) ==>
      way->kind == SECCOMP_WAY_RUN || way->kind == SECCOMP_WAY_ERRNO || way->kind == SECCOMP_WAY_JUDGE;
    ensures runs: constant_answer(newer->stack, nr) && way->kind == SECCOMP_WAY_RUN ==>
      severity(way->ret) == severity(SECCOMP_RET_ALLOW) && way->to == exits->run;
    ensures refuses: constant_answer(newer->stack, nr) && way->kind == SECCOMP_WAY_ERRNO ==>
      severity(way->ret) == severity(SECCOMP_RET_ERRNO) && sayable(way->ret);
    ensures asks: !constant_answer(newer->stack, nr) && below->kind == SECCOMP_WAY_JUDGE ==>
      \result == 0 && way->kind == SECCOMP_WAY_JUDGE;
    ensures goes_on: !constant_answer(newer->stack, nr) && \result == 0 && way->kind != SECCOMP_WAY_JUDGE ==>
      *way == *below && constant_answer(newer->own, nr);
    ensures allows: !constant_answer(newer->stack, nr) && \result == 0 && way->kind != SECCOMP_WAY_JUDGE ==>
      \forall integer older; on_top(newer->own->ret[nr], older) == on_top(SECCOMP_RET_ALLOW, older);
    ensures code: \result != 0 ==> way->kind == SECCOMP_WAY_CODE && \result <= room && below->kind != SECCOMP_WAY_JUDGE;
*/
uint32_t seccomp_way_on(struct seccomp_work *w, const struct seccomp_newer *newer, uint32_t nr,
			const struct seccomp_way *below, const struct seccomp_rv64_exits *exits,
			struct seccomp_way *way, uint32_t *out, uint32_t room) SECCOMP_NODISCARD;
