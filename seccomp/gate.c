/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - which system-call numbers have an answer that does not depend on the arguments.
 *
 * Called when a filter is installed. One forward pass over the program carries, to each
 * instruction, the set of numbers below 512 that may reach it and what is known of A there; where a
 * jump looks at the number the set is split, where it looks at anything unknown it goes both ways.
 * An answer is constant when every return that its number may reach gives that same value.
 */
#include "seccomp.h"

#include "pause.h"
#include "sets.h"

#define WORDS (SECCOMP_GATE_NRS / 64)
#define WORK (SECCOMP_GATE_NRS * SECCOMP_STEP_WORK) /* what a return costs that all 512 numbers reach */
#define STINT 256				    /* so many other instructions cost about as much */
#define ALL_NUMBERS UINT64_MAX			    /* of one word of a set */

size_t seccomp_answers_scratch(uint32_t len)
{
	return (size_t)len * sizeof(struct seccomp_point);
}

/*@
  // Is NR in the set?
  predicate in{L}(uint64_t *numbers, integer nr) = has(numbers[nr / 64], nr % 64);

  // The number NR with A in the accumulator agrees with what is known at P.
  predicate agrees(integer known, integer value, integer nr, integer a) =
    known != SECCOMP_A_UNREACHED &&
    (known == SECCOMP_A_CONSTANT ==> a == value) &&
    (known == SECCOMP_A_NR ==> a == nr);

  predicate foreseen{L}(struct seccomp_point *p, integer nr, integer a) =
    in(&p->reach[0], nr) && agrees(p->known, p->value, nr, a);

  // A conditional jump whose operand is its own k.
  predicate from_k(integer code) =
    code == (BPF_JMP | BPF_JEQ | BPF_K) || code == (BPF_JMP | BPF_JGT | BPF_K) ||
    code == (BPF_JMP | BPF_JGE | BPF_K) || code == (BPF_JMP | BPF_JSET | BPF_K);

  // RET is among the answers that NR is on record to get: if it has a constant one, that is it.
  predicate recorded{L}(struct seccomp_answers *a, uint64_t *seen, integer nr, integer ret) =
    in(seen, nr) && (constant_answer(a, nr) ==> a->ret[nr] == ret);

  // The run of P on D, which is at S when it gets to instruction K: it has ended with an answer that is on record, or goes on
  // from a point that foresees it.
  predicate followed{P, L}(struct seccomp_answers *a, uint64_t *seen, struct seccomp_point *points, struct sock_filter *p,
                           integer len, struct seccomp_data d, integer k, struct seccomp_machine s) =
    s.pc < len && answer_from{P}(p, len, d, s) == answer{P}(p, len, d) &&
    (s.pc >= k ? foreseen{L}(points + s.pc, d.nr, s.a) :
      outcome(\at(p[s.pc], P), len - s.pc - 1, s) >= 0 &&
      recorded{L}(a, seen, d.nr, outcome(\at(p[s.pc], P), len - s.pc - 1, s)));
*/

/* What is known of A at P when numbers arrive there with A as KNOWN and VALUE say. */
/*@ requires \valid(p) && known != SECCOMP_A_UNREACHED;
    assigns p->known, p->value;
    ensures \forall integer nr, a; \old(agrees(p->known, p->value, nr, a)) ==> agrees(p->known, p->value, nr, a);
    ensures \forall integer nr, a; agrees(known, value, nr, a) ==> agrees(p->known, p->value, nr, a);
*/
static void learn_value(struct seccomp_point *p, enum seccomp_known known, uint32_t value)
{
	if (p->known == SECCOMP_A_UNREACHED) {
		p->known = known;
		p->value = value;
	} else if (p->known != known || p->value != value) {
		p->known = SECCOMP_A_ANY;
		p->value = 0;
	}
}

/* The numbers SET arrive at P with A as KNOWN and VALUE say. */
/*@ requires \valid(p) && \valid_read(set + (0 .. WORDS - 1)) && \separated(p, set + (0 .. WORDS - 1));
    requires known != SECCOMP_A_UNREACHED;
    assigns *p;
    ensures \forall integer nr, a; 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(p, nr, a)) ==> foreseen(p, nr, a);
    ensures \forall integer nr, a; 0 <= nr < SECCOMP_GATE_NRS && in(set, nr) && agrees(known, value, nr, a) ==>
      foreseen(p, nr, a);
*/
static void reach_point(struct seccomp_point *p, const uint64_t *set, enum seccomp_known known, uint32_t value)
{
	/*@ loop invariant 0 <= w <= WORDS;
	    loop invariant \forall integer v, e; 0 <= v < w && 0 <= e < 64 ==>
	      (has(p->reach[v], e) <==> has(\at(p->reach[v], Pre), e) || has(set[v], e));
	    loop invariant \forall integer v; w <= v < WORDS ==> p->reach[v] == \at(p->reach[v], Pre);
	    loop assigns w, p->reach[0 .. WORDS - 1];
	    loop variant WORDS - w;
	*/
	for (uint32_t w = 0; w < WORDS; w++)
		p->reach[w] = either_bits(p->reach[w], set[w]);
	learn_value(p, known, value);
}

/* Number NR may get the answer RET, or, when not FIXED, one of which nothing is known. */
/*@ requires nr < SECCOMP_GATE_NRS && \valid(a) && \valid(seen + (0 .. WORDS - 1));
    requires \separated(a, seen + (0 .. WORDS - 1));
    assigns a->constant[nr / 64], a->ret[nr], seen[nr / 64];
    ensures \forall integer j; 0 <= j < SECCOMP_GATE_NRS && j != nr ==>
      (in(seen, j) <==> in{Pre}(seen, j)) && (constant_answer(a, j) <==> constant_answer{Pre}(a, j));
    ensures \forall integer r; recorded{Pre}(a, seen, nr, r) ==> recorded(a, seen, nr, r);
    ensures \forall integer r; (fixed ==> r == ret) ==> recorded(a, seen, nr, r);
    ensures (!constant_answer{Pre}(a, nr) ==> \old(a->ret[nr]) == 0) && !constant_answer(a, nr) ==> a->ret[nr] == 0;
*/
static void record_answer(struct seccomp_answers *a, uint64_t *seen, uint32_t nr, bool fixed, uint32_t ret)
{
	uint64_t *const constant = &a->constant[nr / 64];

	if (fixed && !has_bit(seen[nr / 64], nr % 64)) {
		*constant = with_bit(*constant, nr % 64);
		a->ret[nr] = ret;
	} else if (!fixed || a->ret[nr] != ret) {
		*constant = without_bit(*constant, nr % 64);
		a->ret[nr] = 0;
	}
	seen[nr / 64] = with_bit(seen[nr / 64], nr % 64);
}

/* The numbers of SET may get the answer RET, or, when not FIXED, one of which nothing is known. */
/*@ requires \valid(a) && \valid(seen + (0 .. WORDS - 1)) && \valid_read(set + (0 .. WORDS - 1));
    requires \separated(a, seen + (0 .. WORDS - 1), set + (0 .. WORDS - 1));
    assigns a->constant[0 .. WORDS - 1], a->ret[0 .. SECCOMP_GATE_NRS - 1], seen[0 .. WORDS - 1];
    ensures \forall integer nr, r; 0 <= nr < SECCOMP_GATE_NRS && \old(recorded(a, seen, nr, r)) ==>
      recorded(a, seen, nr, r);
    ensures \forall integer nr, r; 0 <= nr < SECCOMP_GATE_NRS && in(set, nr) && (fixed ==> r == ret) ==>
      recorded(a, seen, nr, r);
    ensures \old(zero_unless_constant(a)) ==> zero_unless_constant(a);
*/
static void record_answers(struct seccomp_answers *a, uint64_t *seen, const uint64_t *set, bool fixed, uint32_t ret)
{
	/*@ loop invariant 0 <= nr <= SECCOMP_GATE_NRS;
	    loop invariant \forall integer j; nr <= j < SECCOMP_GATE_NRS ==>
	      (in(seen, j) <==> in{Pre}(seen, j)) && (constant_answer(a, j) <==> constant_answer{Pre}(a, j)) &&
	      a->ret[j] == \at(a->ret[j], Pre);
	    loop invariant \forall integer j, r; 0 <= j < nr && recorded{Pre}(a, seen, j, r) ==>
	      recorded(a, seen, j, r);
	    loop invariant zero_unless_constant{Pre}(a) ==> zero_unless_constant(a);
	    loop invariant \forall integer j, r; 0 <= j < nr && in(set, j) && (fixed ==> r == ret) ==>
	      recorded(a, seen, j, r);
	    loop assigns nr, a->constant[0 .. WORDS - 1], a->ret[0 .. SECCOMP_GATE_NRS - 1], seen[0 .. WORDS - 1];
	    loop variant SECCOMP_GATE_NRS - nr;
	*/
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (nr % 64 == 0 && set[nr / 64] == 0) {
			//@ assert \forall integer j; nr <= j < nr + 64 ==> !in(set, j);
			nr += 63;
			continue;
		}
		if (has_bit(set[nr / 64], nr % 64))
			record_answer(a, seen, nr, fixed, ret);
	}
}

/*@ requires by < 64;
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> e >= by && has(word, e - by));
*/
static uint64_t moved_up(uint64_t word, uint32_t by)
{
	return word << by;
}

/* The numbers of word W that are K or above. */
/*@ requires w < WORDS;
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> 64 * w + e >= k);
*/
static uint64_t numbers_from(uint32_t w, uint32_t k)
{
	if (k <= w * 64)
		return ALL_NUMBERS;
	if (k - w * 64 >= 64)
		return 0;
	return moved_up(ALL_NUMBERS, k - w * 64);
}

/* The numbers of word W that share a bit with K. */
/*@ requires w < WORDS;
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> ((64 * w + e) & k) != 0);
*/
static uint64_t sharing_bits(uint32_t w, uint32_t k)
{
	uint64_t set = 0;

	/*@ loop invariant 0 <= b <= 64;
	    loop invariant \forall integer e; 0 <= e < b ==> (has(set, e) <==> ((64 * w + e) & k) != 0);
	    loop invariant \forall integer e; b <= e < 64 ==> !has(set, e);
	    loop assigns b, set;
	    loop variant 64 - b;
	*/
	for (uint32_t b = 0; b < 64; b++)
		if (((w * 64 + b) & k) != 0)
			set = with_bit(set, b);
	return set;
}

/* The numbers of word W for which the jump CODE, which compares them with K, holds. */
/*@ requires w < WORDS && from_k(code);
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> holds(code, 64 * w + e, k) == 1);
*/
static uint64_t numbers_holding(uint16_t code, uint32_t w, uint32_t k)
{
	if (code == (BPF_JMP | BPF_JEQ | BPF_K))
		return k / 64 == w ? with_bit(0, k % 64) : 0;
	if (code == (BPF_JMP | BPF_JGE | BPF_K))
		return numbers_from(w, k);
	if (code == (BPF_JMP | BPF_JGT | BPF_K))
		return k == UINT32_MAX ? 0 : numbers_from(w, k + 1);
	return sharing_bits(w, k);
}

/*@ requires conditional(code);
    assigns \nothing;
    ensures \result <==> from_k(code);
*/
static bool compares_with_k(uint16_t code)
{
	return code == (BPF_JMP | BPF_JEQ | BPF_K) || code == (BPF_JMP | BPF_JGT | BPF_K) ||
	       code == (BPF_JMP | BPF_JGE | BPF_K) || code == (BPF_JMP | BPF_JSET | BPF_K);
}

/*
 * Sends the numbers that reach the conditional jump I on: to HOLD if it
 * may hold, to FAIL if it may not.
 */
/*@ requires conditional(i.code) && \valid_read(p) && \valid(hold) && \valid(fail);
    requires \separated(p, hold) && \separated(p, fail) && (hold == fail || \separated(hold, fail));
    requires p->known != SECCOMP_A_UNREACHED;
    assigns *hold, *fail;
    ensures \forall integer nr, a; 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(hold, nr, a)) ==>
      foreseen(hold, nr, a);
    ensures \forall integer nr, a; 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(fail, nr, a)) ==>
      foreseen(fail, nr, a);
    ensures \forall integer nr, a, b; 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(p, nr, a)) &&
      (from_k(i.code) ==> b == i.k) && holds(i.code, a, b) == 1 ==> foreseen(hold, nr, a);
    ensures \forall integer nr, a, b; 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(p, nr, a)) &&
      (from_k(i.code) ==> b == i.k) && holds(i.code, a, b) == 0 ==> foreseen(fail, nr, a);
*/
static void follow_branch(const struct seccomp_point *p, struct sock_filter i, struct seccomp_point *hold,
			  struct seccomp_point *fail)
{
	const bool by_number = compares_with_k(i.code) && p->known == SECCOMP_A_NR;
	const bool by_value = compares_with_k(i.code) && p->known == SECCOMP_A_CONSTANT;
	uint64_t any_hold = 0;
	uint64_t any_fail = 0;

	/*@ loop invariant 0 <= w <= WORDS;
	    loop invariant \forall integer v, e; 0 <= v < WORDS && 0 <= e < 64 ==>
	      (has(\at(hold->reach[v], Pre), e) ==> has(hold->reach[v], e)) &&
	      (has(\at(fail->reach[v], Pre), e) ==> has(fail->reach[v], e));
	    loop invariant \forall integer v, e, a, b; 0 <= v < w && 0 <= e < 64 && has(p->reach[v], e) &&
	      agrees(p->known, p->value, 64 * v + e, a) && (from_k(i.code) ==> b == i.k) ==>
	      (holds(i.code, a, b) == 1 ==> has(hold->reach[v], e) && any_hold != 0) &&
	      (holds(i.code, a, b) == 0 ==> has(fail->reach[v], e) && any_fail != 0);
	    loop assigns w, any_hold, any_fail, hold->reach[0 .. WORDS - 1], fail->reach[0 .. WORDS - 1];
	    loop variant WORDS - w;
	*/
	for (uint32_t w = 0; w < WORDS; w++) {
		uint64_t may = ALL_NUMBERS;
		uint64_t may_not = ALL_NUMBERS;

		if (p->reach[w] == 0)
			continue;
		if (by_number) {
			may = numbers_holding(i.code, w, i.k);
			may_not = other_bits(may);
		} else if (by_value) {
			if (seccomp_holds(i.code, p->value, i.k))
				may_not = 0;
			else
				may = 0;
		}
		/*@ assert \forall integer e, a, b; 0 <= e < 64 && agrees(p->known, p->value, 64 * w + e, a) &&
		      (from_k(i.code) ==> b == i.k) ==>
		      (holds(i.code, a, b) == 1 ==> has(may, e)) && (holds(i.code, a, b) == 0 ==> has(may_not, e));
		*/
		may = common_bits(p->reach[w], may);
		may_not = common_bits(p->reach[w], may_not);
		any_hold = either_bits(any_hold, may);
		any_fail = either_bits(any_fail, may_not);
		hold->reach[w] = either_bits(hold->reach[w], may);
		fail->reach[w] = either_bits(fail->reach[w], may_not);
	}
	if (any_hold != 0)
		learn_value(hold, p->known, p->value);
	if (any_fail != 0)
		learn_value(fail, p->known, p->value);
}

/* Sends the numbers that reach instruction PC, which is I, on to the next ones or to an answer. */
/*@ requires pc < len <= BPF_MAXINSNS && legal(i, len - pc - 1) && (returns(i.code) || pc + 1 < len);
    requires \valid(a) && \valid(seen + (0 .. WORDS - 1)) && \valid(points + (0 .. len - 1));
    requires \separated(a, seen + (0 .. WORDS - 1), points + (0 .. len - 1));
    requires points[pc].known != SECCOMP_A_UNREACHED;
    assigns a->constant[0 .. WORDS - 1], a->ret[0 .. SECCOMP_GATE_NRS - 1], seen[0 .. WORDS - 1],
      points[pc + 1 .. len - 1];
    ensures kept: \forall integer nr, r; 0 <= nr < SECCOMP_GATE_NRS && \old(recorded(a, seen, nr, r)) ==>
      recorded(a, seen, nr, r);
    ensures kept: \forall integer j, nr, x;
      pc < j < len && 0 <= nr < SECCOMP_GATE_NRS && \old(foreseen(points + j, nr, x)) ==>
      foreseen(points + j, nr, x);
    ensures ends: \forall struct seccomp_data d, struct seccomp_machine s;
      s.pc == pc && 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch &&
      \old(foreseen(points + pc, d.nr, s.a)) && outcome(i, len - pc - 1, s) >= 0 ==>
      recorded(a, seen, d.nr, outcome(i, len - pc - 1, s));
    ensures goes_on: \forall struct seccomp_data d, struct seccomp_machine s;
      s.pc == pc && 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch &&
      \old(foreseen(points + pc, d.nr, s.a)) && outcome(i, len - pc - 1, s) < 0 ==>
      pc < next(i, d, s).pc < len && foreseen(points + next(i, d, s).pc, d.nr, next(i, d, s).a);
    ensures \old(zero_unless_constant(a)) ==> zero_unless_constant(a);
*/
static void pass_point(struct seccomp_answers *a, uint64_t *seen, struct seccomp_point *points, uint32_t pc,
		       struct sock_filter i, uint32_t arch) /*@ ghost (uint32_t len) */
{
	const struct seccomp_point *const p = &points[pc];

	switch (i.code) {
	case BPF_RET | BPF_K:
		record_answers(a, seen, p->reach, true, i.k);
		break;
	case BPF_RET | BPF_A:
		record_answers(a, seen, p->reach, p->known == SECCOMP_A_CONSTANT, p->value);
		break;
	case BPF_JMP | BPF_JA:
		reach_point(&points[pc + 1 + i.k], p->reach, p->known, p->value);
		break;
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JEQ | BPF_X:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_X:
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_X:
	case BPF_JMP | BPF_JSET | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_X:
		follow_branch(p, i, &points[pc + 1 + i.jt], &points[pc + 1 + i.jf]);
		break;
	case BPF_LD | BPF_W | BPF_ABS:
		if (i.k == offsetof(struct seccomp_data, nr))
			reach_point(&points[pc + 1], p->reach, SECCOMP_A_NR, 0);
		else if (i.k == offsetof(struct seccomp_data, arch))
			reach_point(&points[pc + 1], p->reach, SECCOMP_A_CONSTANT, arch);
		else
			reach_point(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
		break;
	case BPF_LD | BPF_IMM:
		reach_point(&points[pc + 1], p->reach, SECCOMP_A_CONSTANT, i.k);
		break;
	case BPF_LDX | BPF_IMM:
	case BPF_LDX | BPF_W | BPF_LEN:
	case BPF_LDX | BPF_MEM:
	case BPF_ST:
	case BPF_STX:
	case BPF_MISC | BPF_TAX:
		reach_point(&points[pc + 1], p->reach, p->known, p->value);
		break;
	case BPF_ALU | BPF_DIV | BPF_X:
		record_answers(a, seen, p->reach, true, SECCOMP_RET_KILL_THREAD); /* if X is 0 */
		reach_point(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
		break;
	default:
		reach_point(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
		break;
	}
}

/* Nothing is on record yet. */
/*@ requires \valid(a) && \valid(seen + (0 .. WORDS - 1)) && \separated(a, seen + (0 .. WORDS - 1));
    assigns *a, seen[0 .. WORDS - 1];
    ensures zero_unless_constant(a);
*/
static void record_nothing(struct seccomp_answers *a, uint64_t *seen)
{
	/*@ loop invariant 0 <= w <= WORDS;
	    loop assigns w, a->constant[0 .. WORDS - 1], seen[0 .. WORDS - 1];
	    loop variant WORDS - w;
	*/
	for (uint32_t w = 0; w < WORDS; w++) {
		a->constant[w] = 0;
		seen[w] = 0;
	}
	/*@ loop invariant 0 <= nr <= SECCOMP_GATE_NRS;
	    loop invariant \forall integer j; 0 <= j < nr ==> a->ret[j] == 0;
	    loop assigns nr, a->ret[0 .. SECCOMP_GATE_NRS - 1];
	    loop variant SECCOMP_GATE_NRS - nr;
	*/
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		a->ret[nr] = 0;
}

/* Every number reaches the first instruction, with A = 0, and as far as is known, no other one. */
/*@ requires len > 0 && \valid(points + (0 .. len - 1));
    assigns points[0 .. len - 1];
    ensures \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS ==> foreseen(points, nr, 0);
*/
static void start_points(struct seccomp_point *points, uint32_t len)
{
	/*@ loop invariant 0 <= pc <= len;
	    loop invariant pc > 0 ==> points[0].value == 0;
	    loop assigns pc, points[0 .. len - 1];
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++) {
		points[pc].known = SECCOMP_A_UNREACHED;
		points[pc].value = 0;
		/*@ loop invariant 0 <= w <= WORDS;
		    loop assigns w, points[pc].reach[0 .. WORDS - 1];
		    loop variant WORDS - w;
		*/
		for (uint32_t w = 0; w < WORDS; w++)
			points[pc].reach[w] = 0;
	}
	points[0].known = SECCOMP_A_CONSTANT;
	/*@ loop invariant 0 <= w <= WORDS;
	    loop invariant \forall integer v; 0 <= v < w ==> points[0].reach[v] == ALL_NUMBERS;
	    loop assigns w, points[0].reach[0 .. WORDS - 1];
	    loop variant WORDS - w;
	*/
	for (uint32_t w = 0; w < WORDS; w++)
		points[0].reach[w] = ALL_NUMBERS;
	//@ assert \forall integer w, e; 0 <= w < WORDS && 0 <= e < 64 ==> has(points[0].reach[w], e);
}

void seccomp_answers_program(struct seccomp_answers *a, const struct sock_filter *insns, uint32_t len, uint32_t arch,
			     struct seccomp_point *points)
{
	uint64_t seen[WORDS];

	record_nothing(a, &seen[0]);
	start_points(points, len);
	/*@ loop invariant 0 <= pc <= len;
	    loop invariant zero_unless_constant(a);
	    loop invariant \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch ==>
	      followed{Pre, Here}(a, &seen[0], points, insns, len, d, pc, machine_at{Pre}(insns, len, d, pc));
	    loop assigns pc, *a, seen[0 .. WORDS - 1], points[0 .. len - 1];
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter i = insns[pc];

		//@ assert legal_at{Pre}(insns, pc, len) && (returns(i.code) || pc + 1 < len);
		if (BPF_CLASS(i.code) == BPF_RET || pc % STINT == 0)
			seccomp_pause(WORK);
		if (points[pc].known != SECCOMP_A_UNREACHED)
			pass_point(a, seen, points, pc, i, arch) /*@ ghost (len) */;
		/*@ assert past: \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch ==>
		      machine_at{Pre}(insns, len, d, pc).pc != pc ==>
		      followed{Pre, Here}(a, &seen[0], points, insns, len, d, pc + 1, machine_at{Pre}(insns, len, d, pc));
		*/
		/*@ assert ends: \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch ==>
		      machine_at{Pre}(insns, len, d, pc).pc == pc ==>
		      outcome(i, len - pc - 1, machine_at{Pre}(insns, len, d, pc)) >= 0 ==>
		      followed{Pre, Here}(a, &seen[0], points, insns, len, d, pc + 1, machine_at{Pre}(insns, len, d, pc));
		*/
		/*@ assert goes_on: \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch ==>
		      machine_at{Pre}(insns, len, d, pc).pc == pc ==>
		      outcome(i, len - pc - 1, machine_at{Pre}(insns, len, d, pc)) < 0 ==>
		      followed{Pre, Here}(a, &seen[0], points, insns, len, d, pc + 1, next(i, d, machine_at{Pre}(insns, len, d, pc)));
		*/
	}
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch ==>
	      recorded(a, &seen[0], d.nr, answer{Pre}(insns, len, d));
	*/
}
