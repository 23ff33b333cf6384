/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seccomp.h - the verdict library: may a program be installed, what does a stack of them answer to
 * a call, and what is to be done about it.
 *
 * Pure and freestanding: no allocation, no global state, no effect beyond the memory that is passed
 * in. The kernel, the host tools, the tests, the fuzzers and the proofs compile these same files.
 * It knows nothing of tasks, trapframes or consoles.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <abi/bpf.h>
#include <abi/seccomp.h>

#include "model.h"

#define SECCOMP_NODISCARD __attribute__((warn_unused_result))

/* ---- check.c: may this program be installed? ---- */

struct seccomp_refusal {
	int err;	 /* 0: accepted; else a positive errno value, EINVAL */
	uint32_t pc;	 /* the instruction that is refused (0 when none is to blame) */
	const char *why; /* one clause in English, static; "" when accepted */
};

/*
 * Takes LEN instructions and WRITTEN, scratch memory of LEN entries that needs no initial value.
 * Returns err 0, or EINVAL for the first fault that Linux would meet.
 * [bpf_check_classic, check_load_and_stores and seccomp_check_filter]
 */
/*@ requires \valid_read(insns + (0 .. len - 1)) && \valid(written + (0 .. len - 1));
    requires \separated(insns + (0 .. len - 1), written + (0 .. len - 1));
    assigns written[0 .. len - 1];
    ensures \result.err == 0 <==> accepted{Pre}(insns, len);
    ensures \result.pc < len || \result.pc == 0;
*/
struct seccomp_refusal seccomp_check(const struct sock_filter *insns, uint32_t len,
				     uint16_t *written) SECCOMP_NODISCARD;

/* ---- run.c: what does one program answer? ---- */

struct seccomp_result {
	uint32_t ret; /* action and data */
	uint32_t pc;  /* the instruction that ended the run: a RET, or a DIV by X = 0 */
};

/*
 * The reference interpreter. Takes a program that seccomp_check accepted; total: a program that it
 * did not accept ends in KILL_PROCESS at worst, never in an access out of bounds.
 */
/*@ requires \valid_read(insns + (0 .. len - 1)) && \valid_read(data);
    assigns \nothing;
    ensures \result.ret == answer(insns, len, *data);
    ensures \result.pc == end_from(insns, len, *data, seccomp_start);
*/
struct seccomp_result seccomp_run(const struct sock_filter *insns, uint32_t len,
				  const struct seccomp_data *data) SECCOMP_NODISCARD;

/* Does the conditional jump CODE hold for A and its operand B? */
/*@ requires conditional(code);
    assigns \nothing;
    ensures \result <==> holds(code, a, b) == 1;
*/
bool seccomp_holds(uint16_t code, uint32_t a, uint32_t b);

/* ---- stack.c: filters, their stacks, and what a stack answers ---- */

/* A checked program; immutable from then on. */
struct seccomp_program {
	uint32_t len;
	uint32_t cost; /* instructions after Linux's conversion: what the path budget counts */
	struct sock_filter insns[];
};

/*
 * A filter: a node of the tree whose leaves are the stacks in use. prev leads to the older filters;
 * children of one node share it. The owner of the memory is who called seccomp_filter_attach().
 */
struct seccomp_filter {
	struct seccomp_filter *prev;
	const struct seccomp_program *program;
	uint64_t id;	/* set by the caller, never reused */
	uint64_t owner; /* binds this task alone (private SELF), or 0: binds all */
	uint32_t refs;	/* stacks and younger filters that hold it */
	uint32_t depth; /* filters from here to the root, this one included */
	uint32_t path;	/* budget spent from here to the root */
	bool log;	/* SECCOMP_FILTER_FLAG_LOG */
};

/*@
  predicate binds{L}(struct seccomp_filter *f, integer who) = f->owner == 0 || f->owner == who;

  // What F alone answers to D.
  logic integer filter_answer{L}(struct seccomp_filter *f, struct seccomp_data d) =
    answer(&f->program->insns[0], f->program->len, d);

  // The I-th filter of the stack F, the newest being the 0th.
  logic struct seccomp_filter *older{L}(struct seccomp_filter *f, integer i) =
    i <= 0 ? f : older(f, i - 1)->prev;

  // What the stack F answers to D, asked by the task WHO, from the oldest filter up. What does not bind allows everything.
  logic integer verdict{L}(struct seccomp_filter *f, integer who, struct seccomp_data d) =
    f == \null ? SECCOMP_RET_ALLOW :
    on_top(f->owner == 0 || f->owner == who ? filter_answer(f, d) : SECCOMP_RET_ALLOW, verdict(f->prev, who, d));

  // Whose answer that is, the newest on ties; NULL where nothing stricter than ALLOW is answered.
  logic struct seccomp_filter *decides{L}(struct seccomp_filter *f, integer who, struct seccomp_data d) =
    f == \null || severity(verdict(f, who, d)) >= severity(SECCOMP_RET_ALLOW) ? (struct seccomp_filter *)\null :
    (f->owner == 0 || f->owner == who) && severity(filter_answer(f, d)) <= severity(verdict(f->prev, who, d)) ? f :
    decides(f->prev, who, d);

  logic integer height{L}(struct seccomp_filter *f) = f == \null ? 0 : f->depth;

  // F is a stack as seccomp_filter_attach() builds them: as many filters as its depth says, then NULL.
  predicate stack{L}(struct seccomp_filter *f) =
    older(f, height(f)) == \null &&
    \forall integer i; 0 <= i < height(f) ==>
      \valid_read(older(f, i)) && older(f, i)->depth == height(f) - i &&
      \valid_read(&older(f, i)->program->len) &&
      \valid_read(&older(f, i)->program->insns[0] + (0 .. older(f, i)->program->len - 1));
*/

#define SECCOMP_PATH_MAX 32768U /* converted instructions [MAX_INSNS_PER_PATH] */
#define SECCOMP_PATH_EXTRA 4U	/* charged for every filter below the new one */

#define SECCOMP_COST_MAX (3U + 5U * BPF_MAXINSNS)

/* Length of a checked program after Linux's conversion to eBPF [bpf_convert_filter]. */
/*@ requires len <= BPF_MAXINSNS && \valid_read(insns + (0 .. len - 1));
    assigns \nothing;
    ensures \result == 3 + cost(insns, len);
    ensures \result <= SECCOMP_COST_MAX;
*/
uint32_t seccomp_cost(const struct sock_filter *insns, uint32_t len) SECCOMP_NODISCARD;

/*
 * Puts F (program, id, owner and log filled in by the caller) on the stack *NEWEST, whose reference
 * it takes over; F starts with one reference, which *NEWEST then holds.
 * Returns 0, or -ENOMEM when the path budget is exceeded: then nothing has changed.
 */
/*@ requires \valid(newest) && \valid(f) && \valid_read(&f->program->cost) && f->program->cost <= SECCOMP_COST_MAX;
    requires *newest == \null ||
      (\valid_read(*newest) && (*newest)->path <= SECCOMP_PATH_MAX && (*newest)->depth <= SECCOMP_PATH_MAX);
    requires \separated(newest, f, &f->program->cost, *newest);
    assigns *newest, f->prev, f->path, f->depth, f->refs;
    ensures \result == 0 || \result == -12;
    ensures \result == 0 <==>
      \old(f->program->cost + (*newest == \null ? 0 : (*newest)->path + SECCOMP_PATH_EXTRA)) <= SECCOMP_PATH_MAX;
    ensures \result == 0 ==> *newest == f && f->prev == \old(*newest) && f->refs == 1 &&
      f->depth == 1 + height(f->prev) &&
      f->path == f->program->cost + (f->prev == \null ? 0 : f->prev->path + SECCOMP_PATH_EXTRA);
    ensures \result != 0 ==> *newest == \old(*newest) && f->prev == \old(f->prev) && f->refs == \old(f->refs) &&
      f->depth == \old(f->depth) && f->path == \old(f->path);
*/
int seccomp_filter_attach(struct seccomp_filter **newest, struct seccomp_filter *f) SECCOMP_NODISCARD;

/* One more holder of the stack F (NULL is the empty stack). Returns F. */
/*@ requires f == \null || (\valid(f) && f->refs < UINT32_MAX);
    assigns f->refs;
    ensures \result == f;
    ensures f != \null ==> f->refs == \old(f->refs) + 1;
*/
struct seccomp_filter *seccomp_filter_get(struct seccomp_filter *f);

/*
 * One holder less. Returns F when that was the last one and the caller must free it; its prev has
 * then lost a holder too, so go on with seccomp_filter_put(prev): `while ((f = put(f))) { next =
 * f->prev; free; f = next; }`. Returns NULL when nothing is to be freed.
 */
/*@ requires f == \null || (\valid(f) && f->refs > 0);
    assigns f->refs;
    ensures f != \null ==> f->refs == \old(f->refs) - 1;
    ensures f != \null && f->refs == 0 ==> \result == f;
    ensures f == \null || f->refs != 0 ==> \result == \null;
*/
struct seccomp_filter *seccomp_filter_put(struct seccomp_filter *f) SECCOMP_NODISCARD;

/*
 * Is OLD the filter F or one below it? NULL, the empty stack, is below every filter [is_ancestor].
 */
/*@ requires stack(f);
    assigns \nothing;
    ensures \result ==> old == \null || \exists integer i; 0 <= i < height(f) && old == older(f, i);
    ensures !\result ==> old != \null && \forall integer i; 0 <= i < height(f) ==> old != older(f, i);
*/
bool seccomp_filter_is_ancestor(const struct seccomp_filter *old, const struct seccomp_filter *f);

/* Does F bind the task WHO? */
/*@ requires \valid_read(f);
    assigns \nothing;
    ensures \result <==> binds(f, who);
*/
static inline bool seccomp_filter_binds(const struct seccomp_filter *f, uint64_t who)
{
	return f->owner == 0 || f->owner == who;
}

/* Is F the filter below it once more? Then the stack answers the same with it as without. */
/*@ requires \valid_read(f) && (f->prev == \null || \valid_read(f->prev));
    assigns \nothing;
    ensures \result ==> f->prev != \null && \forall integer who, struct seccomp_data d;
      verdict(f, who, d) == verdict(f->prev, who, d);
*/
bool seccomp_filter_repeats(const struct seccomp_filter *f);

struct seccomp_verdict {
	uint32_t ret;			    /* action and data */
	uint32_t pc;			    /* of the instruction of MATCH that gave it */
	const struct seccomp_filter *match; /* who decided; NULL: every filter allowed, or there is none */
};

/*
 * What the stack answers to task WHO: the strictest answer, the newest filter's on ties. Filters
 * that do not bind WHO answer nothing. An empty stack answers KILL_PROCESS: who asks has lost its
 * filters; a stack of which no filter binds answers ALLOW. [seccomp_run_filters]
 */
/*@ requires stack(newest) && \valid_read(data);
    assigns \nothing;
    ensures newest == \null ==> \result.ret == SECCOMP_RET_KILL_PROCESS;
    ensures newest != \null ==> \result.ret == verdict(newest, who, *data);
    ensures \result.match == \null && newest != \null ==> \result.ret == SECCOMP_RET_ALLOW;
    ensures newest != \null ==> \result.match == decides(newest, who, *data);
    ensures strictest: \forall integer i; 0 <= i < height(newest) && binds(older(newest, i), who) ==>
      !stricter(filter_answer(older(newest, i), *data), \result.ret);
    ensures newest_on_ties: \result.match != \null ==>
      \exists integer m; 0 <= m < height(newest) && \result.match == older(newest, m) &&
        binds(\result.match, who) && \result.ret == filter_answer(\result.match, *data) &&
        \forall integer i; 0 <= i < m && binds(older(newest, i), who) ==>
          stricter(\result.ret, filter_answer(older(newest, i), *data));
*/
struct seccomp_verdict seccomp_evaluate(const struct seccomp_filter *newest, uint64_t who,
					const struct seccomp_data *data) SECCOMP_NODISCARD;

/* ---- decide.c: of two answers, which; and what is to be done about one ---- */

/* Zero is the refusal. */
enum seccomp_do {
	SECCOMP_DO_KILL_PROCESS = 0,
	SECCOMP_DO_KILL_THREAD,
	SECCOMP_DO_SIGNAL, /* SIGSYS to the thread, data in si_errno */
	SECCOMP_DO_RETURN, /* a0 = -err, the call is skipped */
	SECCOMP_DO_NOTIFY, /* ask the listener of the filter that decided */
	SECCOMP_DO_TRACE,  /* ask the tracer */
	SECCOMP_DO_RUN,
};

struct seccomp_decision {
	enum seccomp_do todo;
	uint32_t action; /* one of the eight; an unknown one as it came: for the audit record */
	uint16_t data;
	uint16_t err; /* for DO_RETURN: 0 to 4095 */
	bool log;     /* an audit record is due (for NOTIFY and TRACE: if the call is refused in the end) */
};

/* Is answer A stricter than B? Signed, by the action bits alone. */
/*@ assigns \nothing;
    ensures \result <==> stricter(a, b);
*/
static inline bool seccomp_stricter(uint32_t a, uint32_t b)
{
	/* Signed: KILL_PROCESS (0x80000000) comes first. Unsigned, it would lose to ALLOW. */
	return (int32_t)(a & SECCOMP_RET_ACTION_FULL) < (int32_t)(b & SECCOMP_RET_ACTION_FULL);
}

/* Is ACTION (no data bits) one of Linux's eight? [seccomp_get_action_avail] */
/*@ assigns \nothing;
    ensures \result <==> action_known(action);
*/
bool seccomp_action_known(uint32_t action);

/* LOG is the flag of the filter that decided. [__seccomp_filter, seccomp_log] */
/*@ assigns \nothing;
    ensures \result.action == (ret & SECCOMP_RET_ACTION_FULL) && \result.data == (ret & SECCOMP_RET_DATA);
    ensures !action_known(\result.action) ==> \result.todo == SECCOMP_DO_KILL_PROCESS;
    ensures \result.action == SECCOMP_RET_KILL_PROCESS ==> \result.todo == SECCOMP_DO_KILL_PROCESS;
    ensures \result.action == SECCOMP_RET_KILL_THREAD <==> \result.todo == SECCOMP_DO_KILL_THREAD;
    ensures \result.action == SECCOMP_RET_TRAP <==> \result.todo == SECCOMP_DO_SIGNAL;
    ensures \result.action == SECCOMP_RET_ERRNO <==> \result.todo == SECCOMP_DO_RETURN;
    ensures \result.action == SECCOMP_RET_USER_NOTIF <==> \result.todo == SECCOMP_DO_NOTIFY;
    ensures \result.action == SECCOMP_RET_TRACE <==> \result.todo == SECCOMP_DO_TRACE;
    ensures \result.action == SECCOMP_RET_LOG || \result.action == SECCOMP_RET_ALLOW <==>
      \result.todo == SECCOMP_DO_RUN;
    ensures \result.todo == SECCOMP_DO_RETURN ==> \result.err == \min(\result.data, 4095);
    ensures \result.todo != SECCOMP_DO_RETURN ==> \result.err == 0;
    ensures \result.log <==>
      \result.todo == SECCOMP_DO_KILL_PROCESS || \result.todo == SECCOMP_DO_KILL_THREAD ||
      \result.action == SECCOMP_RET_LOG || (log && \result.action != SECCOMP_RET_ALLOW);
*/
struct seccomp_decision seccomp_decide(uint32_t ret, bool log) SECCOMP_NODISCARD;

/*
 * ---- answers.c, gate.c: which numbers have an answer that does not depend on the arguments ----
 */

#define SECCOMP_GATE_NRS 512U

/*
 * For each number below 512: is the answer constant over all arguments and
 * instruction pointers, and which.
 */
struct seccomp_answers {
	uint64_t constant[SECCOMP_GATE_NRS / 64];
	uint32_t ret[SECCOMP_GATE_NRS]; /* where constant; else 0 */
};

/*@
  // NR has a constant answer on record.
  predicate constant_answer{L}(struct seccomp_answers *a, integer nr) = has(a->constant[nr / 64], nr % 64);

  // What is on record for a number that has no constant answer.
  predicate zero_unless_constant{L}(struct seccomp_answers *a) =
    \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS && !constant_answer(a, nr) ==> a->ret[nr] == 0;
*/

/*@
  // AFTER is what is on record of a stack that had BEFORE on record, with one more filter on it that has OWN.
  predicate put_on{B, A}(struct seccomp_answers *before, struct seccomp_answers *own, boolean log,
                         struct seccomp_answers *after) =
    \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS && constant_answer{A}(after, nr) ==> constant_answer{A}(own, nr) &&
      (constant_answer{B}(before, nr) ==>
        \at(after->ret[nr], A) == on_top(\at(own->ret[nr], A), \at(before->ret[nr], B))) &&
      (!constant_answer{B}(before, nr) ==> severity(\at(own->ret[nr], A)) == severity(SECCOMP_RET_KILL_PROCESS) &&
        \at(after->ret[nr], A) == \at(own->ret[nr], A)) &&
      (log == \true ==> stricter(\at(after->ret[nr], A), \at(own->ret[nr], A)) ||
        \at(after->ret[nr], A) == SECCOMP_RET_ALLOW);
*/

/*@ requires \valid_read(a);
    assigns \nothing;
    ensures \result <==> nr < SECCOMP_GATE_NRS && constant_answer(a, nr);
*/
static inline bool seccomp_answer_is_constant(const struct seccomp_answers *a, uint32_t nr)
{
	return nr < SECCOMP_GATE_NRS && (a->constant[nr / 64] >> (nr % 64) & 1);
}

/* The answers of the empty stack that every stack starts from: ALLOW to everything. */
/*@ requires \valid(a);
    assigns *a;
    ensures \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS ==> constant_answer(a, nr) && a->ret[nr] == SECCOMP_RET_ALLOW;
*/
void seccomp_answers_init(struct seccomp_answers *a);

/*
 * gate.c. What seccomp_answers_program() knows of A before an instruction,
 * for every number that reaches it.
 */
enum seccomp_known {
	SECCOMP_A_UNREACHED = 0,
	SECCOMP_A_CONSTANT, /* it is value */
	SECCOMP_A_NR,	    /* it is the number */
	SECCOMP_A_ANY,
};

struct seccomp_point {
	uint64_t reach[SECCOMP_GATE_NRS / 64]; /* the numbers that may get here */
	enum seccomp_known known;
	uint32_t value;
};

/*
 * Bytes of scratch memory that seccomp_answers_program() needs for a program of LEN instructions.
 */
/*@ assigns \nothing;
    ensures \result == len * sizeof(struct seccomp_point);
*/
size_t seccomp_answers_scratch(uint32_t len);

/*
 * The answers of one checked program under architecture ARCH, into *A. POINTS: LEN entries (8-byte
 * aligned, seccomp_answers_scratch(len) bytes), no initial value. Time grows with len; for each
 * return it grows with the numbers, too.
 */
/*@ requires accepted(insns, len) && \valid_read(insns + (0 .. len - 1));
    requires \valid(a) && \valid(points + (0 .. len - 1));
    requires \separated(a, insns + (0 .. len - 1), points + (0 .. len - 1));
    assigns *a, points[0 .. len - 1];
    ensures constant: \forall struct seccomp_data d;
      0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(a, d.nr) ==>
      answer{Pre}(insns, len, d) == a->ret[d.nr];
    ensures zero_unless_constant(a);
*/
void seccomp_answers_program(struct seccomp_answers *a, const struct sock_filter *insns, uint32_t len, uint32_t arch,
			     struct seccomp_point *points);

/*
 * Puts the answers NEWER of one more filter on those of a stack. A number whose answer that filter
 * would have to log (LOG: its SECCOMP_FILTER_FLAG_LOG) is not constant
 * any more: it needs the judge.
 */
/*@ requires \valid(stack) && \valid_read(newer) && \separated(stack, newer);
    assigns *stack;
    ensures put_on{Pre, Post}(stack, newer, (boolean)log, stack);
    ensures zero_unless_constant(stack);
*/
void seccomp_answers_add(struct seccomp_answers *stack, const struct seccomp_answers *newer, bool log);

/*
 * Do these answers allow all numbers, whatever the arguments? A filter
 * that gives them changes nothing.
 */
/*@ requires \valid_read(a);
    assigns \nothing;
    ensures \result ==> \forall integer nr, older; 0 <= nr < SECCOMP_GATE_NRS ==>
      constant_answer(a, nr) && on_top(a->ret[nr], older) == on_top(SECCOMP_RET_ALLOW, older);
*/
bool seccomp_answers_allow(const struct seccomp_answers *a);

/* ---- range.c: the numbers that have no entry in a gate ---- */

/*
 * Numbers FIRST to LAST, which get the same answer RET, whatever the arguments, if it is CONSTANT.
 */
struct seccomp_range {
	uint32_t first, last, ret;
	bool constant;
};

/* The numbers around NR that the checked program INSNS answers like NR under architecture ARCH. */
void seccomp_range_program(struct seccomp_range *range, const struct sock_filter *insns, uint32_t nr, uint32_t arch);

/*
 * Puts the answer NEWER of one more filter on that of a stack, as seccomp_answers_add() does for
 * the numbers of a gate. Both ranges have a number in common.
 */
void seccomp_range_add(struct seccomp_range *stack, const struct seccomp_range *newer, bool log);

/* ---- build.c, disasm.c, explain.c have headers of their own ---- */
