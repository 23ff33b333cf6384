/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.c - may this program be installed?
 *
 * Called by the kernel on its own copy of a program (which no thread can change any more: TOCTOU),
 * and by the host tools. Four passes in Linux's order [bpf_check_classic, check_load_and_stores,
 * seccomp_check_filter], so that of two faults the one is reported that Linux meets first. A
 * program that passes needs no check at run time.
 */
#include "seccomp.h"

#include <abi/errno.h>

/*
 * Loads from these offsets mean ancillary data of the network stack: 16 words. Pass 1 takes them,
 * and pass 4 refuses them. [SKF_AD_OFF, bpf_check_classic]
 */
#define ANCILLARY_FIRST 0xfffff000U
#define ANCILLARY_LAST (ANCILLARY_FIRST + 60)

#define EVERY_WORD 0xffffU

/* Pass 1, one instruction with AFTER more behind it. Returns what is wrong with it, or NULL. */
/*@ assigns \result \from i, after;
    ensures legal(i, after) ==> \result == \null;
    ensures \result == \null ==> classic_operands(i, after);
*/
static const char *classic_fault(struct sock_filter i, uint32_t after)
{
	switch (i.code) {
	case BPF_LD | BPF_IMM:
	case BPF_LD | BPF_W | BPF_LEN:
	case BPF_LD | BPF_W | BPF_IND:
	case BPF_LD | BPF_H | BPF_IND:
	case BPF_LD | BPF_B | BPF_IND:
	case BPF_LDX | BPF_IMM:
	case BPF_LDX | BPF_W | BPF_LEN:
	case BPF_LDX | BPF_B | BPF_MSH:
	case BPF_ALU | BPF_ADD | BPF_K:
	case BPF_ALU | BPF_ADD | BPF_X:
	case BPF_ALU | BPF_SUB | BPF_K:
	case BPF_ALU | BPF_SUB | BPF_X:
	case BPF_ALU | BPF_MUL | BPF_K:
	case BPF_ALU | BPF_MUL | BPF_X:
	case BPF_ALU | BPF_DIV | BPF_X:
	case BPF_ALU | BPF_MOD | BPF_X:
	case BPF_ALU | BPF_OR | BPF_K:
	case BPF_ALU | BPF_OR | BPF_X:
	case BPF_ALU | BPF_AND | BPF_K:
	case BPF_ALU | BPF_AND | BPF_X:
	case BPF_ALU | BPF_XOR | BPF_K:
	case BPF_ALU | BPF_XOR | BPF_X:
	case BPF_ALU | BPF_LSH | BPF_X:
	case BPF_ALU | BPF_RSH | BPF_X:
	case BPF_ALU | BPF_NEG:
	case BPF_RET | BPF_K:
	case BPF_RET | BPF_A:
	case BPF_MISC | BPF_TAX:
	case BPF_MISC | BPF_TXA:
		return NULL;
	case BPF_LD | BPF_W | BPF_ABS:
	case BPF_LD | BPF_H | BPF_ABS:
	case BPF_LD | BPF_B | BPF_ABS:
		if (i.k >= ANCILLARY_FIRST && (i.k > ANCILLARY_LAST || i.k % 4 != 0))
			return "loads ancillary data that does not exist";
		return NULL;
	case BPF_ALU | BPF_DIV | BPF_K:
	case BPF_ALU | BPF_MOD | BPF_K:
		return i.k == 0 ? "divides by the constant 0" : NULL;
	case BPF_ALU | BPF_LSH | BPF_K:
	case BPF_ALU | BPF_RSH | BPF_K:
		return i.k >= 32 ? "shifts by 32 bits or more" : NULL;
	case BPF_LD | BPF_MEM:
	case BPF_LDX | BPF_MEM:
	case BPF_ST:
	case BPF_STX:
		return i.k >= BPF_MEMWORDS ? "names a scratch word beyond the 16" : NULL;
	case BPF_JMP | BPF_JA:
		return i.k >= after ? "jumps past the end" : NULL;
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JEQ | BPF_X:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_X:
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_X:
	case BPF_JMP | BPF_JSET | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_X:
		return i.jt >= after || i.jf >= after ? "jumps past the end" : NULL;
	default:
		return "is not an instruction of classic BPF";
	}
}

/* Sets of scratch words, one bit each. */
/*@ requires word < BPF_MEMWORDS;
    assigns \nothing;
    ensures \result <==> has(words, word);
*/
static bool contains_word(uint16_t words, uint32_t word)
{
	return (words & 1U << word) != 0;
}

/*@ requires word < BPF_MEMWORDS;
    assigns \nothing;
    ensures \forall integer w; 0 <= w < BPF_MEMWORDS ==> (has(\result, w) <==> has(words, w) || w == word);
*/
static uint16_t with_word(uint16_t words, uint32_t word)
{
	return (uint16_t)(words | 1U << word);
}

/*@ assigns \nothing;
    ensures \forall integer w; 0 <= w < BPF_MEMWORDS ==> (has(\result, w) <==> has(a, w) && has(b, w));
*/
static uint16_t common_words(uint16_t a, uint16_t b)
{
	return a & b;
}

/*@ requires \valid(at);
    assigns *at;
    ensures \forall integer w; 0 <= w < BPF_MEMWORDS ==> (has(*at, w) <==> has(\old(*at), w) && has(words, w));
*/
static void keep_common(uint16_t *at, uint16_t words)
{
	*at = common_words(*at, words);
}

/*
 * Pass 3: the first load of a scratch word that some path leaves unwritten, or LEN. WRITTEN[pc] is
 * the set of words that every jump to pc has written. A RET counts as falling through, though it
 * does not: Linux looks past it, and so refuses a program whose dead code reads an unwritten word.
 */
/*@ requires len <= BPF_MAXINSNS;
    requires \valid_read(insns + (0 .. len - 1)) && \valid(written + (0 .. len - 1));
    requires \separated(insns + (0 .. len - 1), written + (0 .. len - 1));
    requires \forall integer j; 0 <= j < len ==> classic_operands(insns[j], len - j - 1);
    assigns written[0 .. len - 1];
    ensures \result <= len;
    ensures \forall integer j; 0 <= j < \result ==> loads_written_word{Pre}(insns, j);
    ensures \result < len ==> !loads_written_word{Pre}(insns, \result);
*/
static uint32_t first_unwritten_load(const struct sock_filter *insns, uint32_t len, uint16_t *written)
{
	uint16_t now = 0;

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer j; 0 <= j < pc ==> written[j] == EVERY_WORD;
	    loop assigns pc, written[0 .. len - 1];
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++)
		written[pc] = EVERY_WORD;

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer w; 0 <= w < BPF_MEMWORDS ==>
	      (has(now, w) <==> written_by_falling{Pre}(insns, pc, w));
	    loop invariant \forall integer to, w; pc <= to < len && 0 <= w < BPF_MEMWORDS ==>
	      (has(written[to], w) <==> written_by_jumps{Pre}(insns, pc, to, w));
	    loop invariant \forall integer j; 0 <= j < pc ==> loads_written_word{Pre}(insns, j);
	    loop assigns pc, now, written[0 .. len - 1];
	    loop variant len - pc;
	*/
	for (uint32_t pc = 0; pc < len; pc++) {
		const struct sock_filter i = insns[pc];

		now = common_words(now, written[pc]);
		//@ assert \forall integer w; 0 <= w < BPF_MEMWORDS ==> (has(now, w) <==> word_written{Pre}(insns, pc, w));
		/*@ assert \forall integer to, w; 0 <= w < BPF_MEMWORDS ==>
		      (written_by_jumps{Pre}(insns, pc + 1, to, w) <==>
		        written_by_jumps{Pre}(insns, pc, to, w) &&
		        (jumps(i, pc, to) ==> has(now, w) || stores(i, w)));
		*/
		switch (i.code) {
		case BPF_ST:
		case BPF_STX:
			now = with_word(now, i.k);
			break;
		case BPF_LD | BPF_MEM:
		case BPF_LDX | BPF_MEM:
			if (!contains_word(now, i.k))
				return pc;
			break;
		case BPF_JMP | BPF_JA:
			keep_common(&written[pc + 1 + i.k], now);
			now = EVERY_WORD;
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
		case BPF_JMP | BPF_JEQ | BPF_X:
		case BPF_JMP | BPF_JGT | BPF_K:
		case BPF_JMP | BPF_JGT | BPF_X:
		case BPF_JMP | BPF_JGE | BPF_K:
		case BPF_JMP | BPF_JGE | BPF_X:
		case BPF_JMP | BPF_JSET | BPF_K:
		case BPF_JMP | BPF_JSET | BPF_X:
			//@ assert conditional(i.code) && i.code != (BPF_JMP | BPF_JA) && !scratch_store(i.code);
			keep_common(&written[pc + 1 + i.jt], now);
			keep_common(&written[pc + 1 + i.jf], now);
			/*@ assert \forall integer to, w; pc < to < len && 0 <= w < BPF_MEMWORDS ==>
			      (has(written[to], w) <==>
			        has(\at(written[to], LoopCurrent), w) && (jumps(i, pc, to) ==> has(now, w)));
			*/
			now = EVERY_WORD;
			break;
		default:
			break;
		}
	}
	return len;
}

/* Pass 4, one instruction that passed the others: is it one of seccomp's 41? */
/*@ assigns \result \from i;
    ensures \result == \null <==> seccomp_opcode(i);
*/
static const char *seccomp_fault(struct sock_filter i)
{
	switch (i.code) {
	case BPF_LD | BPF_W | BPF_ABS:
		if (i.k >= sizeof(struct seccomp_data))
			return "loads past the end of seccomp_data";
		return i.k % 4 != 0 ? "loads from an offset that is no multiple of 4" : NULL;
	case BPF_LD | BPF_W | BPF_LEN:
	case BPF_LDX | BPF_W | BPF_LEN:
	case BPF_LD | BPF_IMM:
	case BPF_LDX | BPF_IMM:
	case BPF_LD | BPF_MEM:
	case BPF_LDX | BPF_MEM:
	case BPF_ST:
	case BPF_STX:
	case BPF_ALU | BPF_ADD | BPF_K:
	case BPF_ALU | BPF_ADD | BPF_X:
	case BPF_ALU | BPF_SUB | BPF_K:
	case BPF_ALU | BPF_SUB | BPF_X:
	case BPF_ALU | BPF_MUL | BPF_K:
	case BPF_ALU | BPF_MUL | BPF_X:
	case BPF_ALU | BPF_DIV | BPF_K:
	case BPF_ALU | BPF_DIV | BPF_X:
	case BPF_ALU | BPF_OR | BPF_K:
	case BPF_ALU | BPF_OR | BPF_X:
	case BPF_ALU | BPF_AND | BPF_K:
	case BPF_ALU | BPF_AND | BPF_X:
	case BPF_ALU | BPF_XOR | BPF_K:
	case BPF_ALU | BPF_XOR | BPF_X:
	case BPF_ALU | BPF_LSH | BPF_K:
	case BPF_ALU | BPF_LSH | BPF_X:
	case BPF_ALU | BPF_RSH | BPF_K:
	case BPF_ALU | BPF_RSH | BPF_X:
	case BPF_ALU | BPF_NEG:
	case BPF_JMP | BPF_JA:
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JEQ | BPF_X:
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_X:
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_X:
	case BPF_JMP | BPF_JSET | BPF_K:
	case BPF_JMP | BPF_JSET | BPF_X:
	case BPF_RET | BPF_K:
	case BPF_RET | BPF_A:
	case BPF_MISC | BPF_TAX:
	case BPF_MISC | BPF_TXA:
		return NULL;
	default:
		return "is an instruction that seccomp does not take";
	}
}

/*@ assigns \nothing;
    ensures \result.err == EINVAL && \result.pc == pc && \result.why == why;
*/
static struct seccomp_refusal refuse_insn(uint32_t pc, const char *why)
{
	return (struct seccomp_refusal){ .err = EINVAL, .pc = pc, .why = why };
}

/*@ ensures \result.err == 0 || \result.err == EINVAL;
*/
struct seccomp_refusal seccomp_check(const struct sock_filter *insns, uint32_t len, uint16_t *written)
{
	const char *why;
	uint32_t pc;

	if (len == 0)
		return refuse_insn(0, "the program is empty");
	if (len > BPF_MAXINSNS)
		return refuse_insn(0, "the program has more than 4096 instructions");

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer j; 0 <= j < pc ==> classic_operands(insns[j], len - j - 1);
	    loop assigns pc, why;
	    loop variant len - pc;
	*/
	for (pc = 0; pc < len; pc++) {
		why = classic_fault(insns[pc], len - pc - 1);
		if (why != NULL) {
			//@ assert !legal_at{Pre}(insns, pc, len) && !accepted{Pre}(insns, len);
			return refuse_insn(pc, why);
		}
	}

	if (insns[len - 1].code != (BPF_RET | BPF_K) && insns[len - 1].code != (BPF_RET | BPF_A))
		return refuse_insn(len - 1, "the last instruction is no return");

	pc = first_unwritten_load(insns, len, written);
	//@ assert pc < len ==> !accepted{Pre}(insns, len);
	if (pc < len)
		return refuse_insn(pc, "reads a scratch word that some path leaves unwritten");

	/*@ loop invariant 0 <= pc <= len;
	    loop invariant \forall integer j; 0 <= j < pc ==> legal_at{Pre}(insns, j, len);
	    loop assigns pc, why;
	    loop variant len - pc;
	*/
	for (pc = 0; pc < len; pc++) {
		why = seccomp_fault(insns[pc]);
		if (why != NULL) {
			//@ assert !legal_at{Pre}(insns, pc, len) && !accepted{Pre}(insns, len);
			return refuse_insn(pc, why);
		}
	}
	//@ assert accepted{Pre}(insns, len);
	return (struct seccomp_refusal){ .err = 0, .pc = 0, .why = "" };
}
