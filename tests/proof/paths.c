/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * paths.c - a theorem: no path through an accepted program reads a scratch word that it has not
 * written, so that what the words hold at the start can never be seen.
 *
 * Read by Frama-C alone. accepted() states Linux's rule, which is stricter: it follows what lies
 * behind a return, too. That seccomp_check() accepts just these programs is proved beside it.
 */
#include "seccomp.h"

/*@
  // Control may go from instruction I, standing at PC, to TO.
  predicate flows(struct sock_filter i, integer pc, integer to) =
    jumps(i, pc, to) || (falls(i) && !returns(i.code) && to == pc + 1);

  // A path leads from the first instruction to PC and leaves WORD unwritten.
  predicate unwritten_path{L}(struct sock_filter *p, integer pc, integer word) =
    pc == 0 || \exists integer j; 0 <= j < pc && flows(p[j], j, pc) && !stores(p[j], word) && unwritten_path(p, j, word);

  // What runs takes such a path.
  lemma runs_follow_paths: \forall struct sock_filter i, integer after, struct seccomp_machine s;
    legal(i, after) && outcome(i, after, s) < 0 ==> flows(i, s.pc, s.pc + 1 + skipped(i, s));
*/

/* By induction over the instructions. */
/*@ requires accepted(insns, len) && \valid_read(insns + (0 .. len - 1));
    assigns \nothing;
    ensures \forall integer pc; 0 <= pc < len && scratch_load(insns[pc].code) ==>
      !unwritten_path(insns, pc, insns[pc].k);
*/
void accepted_programs_read_what_they_wrote(const struct sock_filter *insns, uint32_t len)
{
	(void)insns;
	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer j, word; 0 <= j < pc && 0 <= word < BPF_MEMWORDS && word_written(insns, j, word) ==>
	      !unwritten_path(insns, j, word);
	    loop assigns pc;
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++)
		;
}
