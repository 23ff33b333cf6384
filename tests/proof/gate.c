/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - a theorem: where the gate of a stack has a constant answer, the stack gives that
 * answer, whatever the arguments and the instruction pointer, and the filter that decides does
 * not ask for a word in the log.
 *
 * Read by Frama-C alone. What the kernel works out for each filter of a stack
 * (kernel/gate/filter_gate.c), from the oldest up, lies here side by side: the contracts of
 * seccomp_answers_init(), seccomp_answers_program() and seccomp_answers_add() are what is required
 * of it. That of seccomp_evaluate() says that the judge would be told verdict() and decides().
 */
#include "seccomp.h"

/*@
  // The answer of the stack F to D is not that of a filter with SECCOMP_FILTER_FLAG_LOG.
  predicate silent{L}(struct seccomp_filter *f, integer who, struct seccomp_data d) =
    decides(f, who, d) == \null || decides(f, who, d)->log == 0;

  // What A has on record as constant for the calls of architecture ARCH, the stack F answers to task WHO.
  predicate foretells{L}(struct seccomp_answers *a, struct seccomp_filter *f, integer who, integer arch) =
    \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(a, d.nr) ==>
      a->ret[d.nr] == verdict(f, who, d) && silent(f, who, d);

  // What seccomp_answers_program() promises of F's own answers.
  predicate answers_of{L}(struct seccomp_answers *own, struct seccomp_filter *f, integer arch) =
    \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(own, d.nr) ==>
      own->ret[d.nr] == filter_answer(f, d);
*/

/* The empty stack, on which others stand. */
/*@ requires \valid_read(a) && f == \null;
    requires \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS ==> constant_answer(a, nr) && a->ret[nr] == SECCOMP_RET_ALLOW;
    assigns \nothing;
    ensures foretells(a, f, who, arch);
*/
void nothing(const struct seccomp_answers *a, const struct seccomp_filter *f, uint64_t who, uint32_t arch)
{
	(void)a;
	(void)f;
	(void)who;
	(void)arch;
}

/* A filter that binds WHO. */
/*@ requires \valid_read(before) && \valid_read(own) && \valid_read(after) && \valid_read(f) && binds(f, who);
    requires foretells(before, f->prev, who, arch) && answers_of(own, f, arch);
    requires put_on{Here, Here}(before, own, (boolean)f->log, after);
    assigns \nothing;
    ensures foretells(after, f, who, arch);
*/
void one_more(const struct seccomp_answers *before, const struct seccomp_answers *own,
	      const struct seccomp_answers *after, const struct seccomp_filter *f, uint64_t who, uint32_t arch)
{
	(void)before;
	(void)own;
	(void)after;
	(void)f;
	(void)who;
	(void)arch;
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(after, d.nr) ==>
	      own->ret[d.nr] == filter_answer(f, d) && after->ret[d.nr] == verdict(f, who, d);
	*/
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(after, d.nr) &&
	      stricter(verdict(f, who, d), SECCOMP_RET_ALLOW) && severity(filter_answer(f, d)) <= severity(verdict(f->prev, who, d)) ==>
	      f->log == 0 && decides(f, who, d) == f;
	*/
	/*@ assert \forall struct seccomp_data d; 0 <= d.nr < SECCOMP_GATE_NRS && d.arch == arch && constant_answer(after, d.nr) &&
	      stricter(verdict(f, who, d), SECCOMP_RET_ALLOW) && severity(filter_answer(f, d)) > severity(verdict(f->prev, who, d)) ==>
	      constant_answer(before, d.nr) && decides(f, who, d) == decides(f->prev, who, d);
	*/
}

/* A filter that does not: the stack answers as without it. */
/*@ requires \valid_read(a) && \valid_read(f) && !binds(f, who) && foretells(a, f->prev, who, arch);
    assigns \nothing;
    ensures foretells(a, f, who, arch);
*/
void pass_over(const struct seccomp_answers *a, const struct seccomp_filter *f, uint64_t who, uint32_t arch)
{
	(void)a;
	(void)f;
	(void)who;
	(void)arch;
}

/* A filter that allows a number always: the stack answers as without it. See SECCOMP_PLAN_BELOW. */
/*@ requires \valid_read(own) && \valid_read(f) && binds(f, who) && answers_of(own, f, d.arch);
    requires 0 <= d.nr < SECCOMP_GATE_NRS && constant_answer(own, d.nr);
    requires \forall integer older; on_top(own->ret[d.nr], older) == on_top(SECCOMP_RET_ALLOW, older);
    assigns \nothing;
    ensures verdict(f, who, d) == on_top(SECCOMP_RET_ALLOW, verdict(f->prev, who, d));
*/
void goes_on(const struct seccomp_answers *own, const struct seccomp_filter *f, uint64_t who, struct seccomp_data d)
{
	(void)own;
	(void)f;
	(void)who;
	(void)d;
	//@ assert own->ret[d.nr] == filter_answer(f, d);
}

/*
 * By induction over the stack: ALL[I] is what was worked out for the I-th filter and those
 * below it, OWN[I] for it alone.
 */
/*@ requires stack(f) && depth == height(f) && depth <= SECCOMP_PATH_MAX;
    requires \valid_read(all + (0 .. depth)) && \valid_read(own + (0 .. depth));
    requires \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS ==>
      constant_answer(all + depth, nr) && (all + depth)->ret[nr] == SECCOMP_RET_ALLOW;
    requires \forall integer i; 0 <= i < depth && binds(older(f, i), who) ==>
      answers_of(own + i, older(f, i), arch) && put_on{Here, Here}(all + (i + 1), own + i, (boolean)older(f, i)->log, all + i);
    requires \forall integer i; 0 <= i < depth && !binds(older(f, i), who) ==>
      \forall integer nr; 0 <= nr < SECCOMP_GATE_NRS ==> (constant_answer(all + i, nr) <==> constant_answer(all + (i + 1), nr)) &&
        (all + i)->ret[nr] == (all + (i + 1))->ret[nr];
    assigns \nothing;
    ensures foretells(all, f, who, arch);
*/
void whole_stack(const struct seccomp_answers *all, const struct seccomp_answers *own, const struct seccomp_filter *f,
		 uint64_t who, uint32_t arch, uint32_t depth)
{
	nothing(all + depth, NULL, who, arch);
	/*@ loop invariant 0 <= i <= depth;
	    loop invariant foretells(all + i, older(f, i), who, arch);
	    loop assigns i;
	    loop variant i;
	*/
	for (uint32_t i = depth; i > 0; i--) {
		const struct seccomp_filter *at = f;

		/*@ loop invariant 0 <= j < i && at == older(f, j);
		    loop assigns j, at;
		    loop variant i - j;
		*/
		for (uint32_t j = 0; j + 1 < i; j++) {
			//@ assert older(f, j + 1) == older(f, j)->prev;
			at = at->prev;
		}
		//@ assert at == older(f, i - 1) && at->prev == older(f, i);
		if (seccomp_filter_binds(at, who)) {
			one_more(all + i, own + (i - 1), all + (i - 1), at, who, arch);
		} else {
			//@ assert foretells(all + (i - 1), at->prev, who, arch);
			pass_over(all + (i - 1), at, who, arch);
		}
	}
	//@ assert older(f, 0) == f;
}
