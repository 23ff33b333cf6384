/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - a theorem: where the gate of a stack has a constant answer, the stack gives that answer, whatever the arguments and
 * the instruction pointer.
 *
 * Read by Frama-C alone. The three functions are the steps by which kernel/gate/filter_gate.c works out a stack's answers, from the
 * oldest filter up; that of seccomp_evaluate() says that verdict() is what the judge would be told.
 */
#include "seccomp.h"

/*@
  // What A has on record as constant for the calls of architecture ARCH, the stack F answers to task WHO.
  predicate foretells{M, L}(struct seccomp_answers *a, struct seccomp_filter *f, integer who, integer arch) =
    \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer{L}(a, d.nr) ==>
      \at(a->ret[d.nr], L) == verdict{M}(f, who, d);
*/

/* The empty stack, on which others stand. */
/*@ requires \valid(a);
    assigns *a;
    ensures \forall integer who, arch; foretells{Pre, Post}(a, \null, who, arch);
*/
void begin(struct seccomp_answers *a)
{
	seccomp_answers_init(a);
}

/* A filter that binds WHO. */
/*@ requires \valid(a) && \valid(own) && \valid_read(f) && binds(f, who);
    requires \valid_read(&f->program->len) && \valid_read(&f->program->insns[0] + (0 .. f->program->len - 1));
    requires accepted(&f->program->insns[0], f->program->len) && \valid(points + (0 .. f->program->len - 1));
    requires \separated(a, own, f, &f->program->len, &f->program->insns[0] + (0 .. f->program->len - 1),
      points + (0 .. f->program->len - 1));
    requires foretells{Pre, Pre}(a, f->prev, who, arch);
    assigns *a, *own, points[0 .. f->program->len - 1];
    ensures foretells{Pre, Post}(a, f, who, arch);
*/
void add(struct seccomp_answers *a, struct seccomp_answers *own, const struct seccomp_filter *f, uint64_t who,
	 uint32_t arch, struct seccomp_point *points)
{
	seccomp_answers_program(own, f->program->insns, f->program->len, arch, points);
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(own, d.nr) ==>
	      own->ret[d.nr] == filter_answer{Pre}(f, d);
	*/
	//@ assert foretells{Pre, Here}(a, f->prev, who, arch);
	seccomp_answers_add(a, own, f->log);
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(a, d.nr) ==>
	      constant_answer(own, d.nr) && a->ret[d.nr] == on_top(own->ret[d.nr], verdict{Pre}(f->prev, who, d));
	*/
}

/* A filter that does not. */
/*@ requires \valid_read(f) && !binds(f, who) && foretells{Pre, Pre}(a, f->prev, who, arch);
    assigns \nothing;
    ensures foretells{Pre, Post}(a, f, who, arch);
*/
void pass_over(const struct seccomp_answers *a, const struct seccomp_filter *f, uint64_t who, uint32_t arch)
{
	(void)a;
	(void)f;
	(void)who;
	(void)arch;
}
