/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.h - what the verdict library promises, as mathematics (ACSL).
 *
 * The definitions are comments to a compiler, and read by Frama-C. The contracts in seccomp.h and
 * beside the functions are written in these terms. docs/assurance.md says which of them are proved,
 * and which are tested.
 */
#pragma once

#include <stdint.h>

#include <abi/bpf.h>
#include <abi/seccomp.h>

/* The state of the BPF machine while it runs a program: pc, A, X and the scratch words. */
struct seccomp_machine {
	uint64_t pc;
	uint32_t a;
	uint32_t x;
	uint32_t m[BPF_MEMWORDS];
};

static const struct seccomp_machine seccomp_start = { .pc = 0, .a = 0, .x = 0, .m = { 0 } };

/*@
  // ---- Sets as words of bits ----

  predicate has(integer set_bits, integer element) = ((set_bits >> element) & 1) == 1;

  lemma all_16: \forall integer e; 0 <= e < 16 ==> ((0xffff >> e) & 1) == 1;
  lemma all_64: \forall integer e; 0 <= e < 64 ==> ((0xffffffffffffffff >> e) & 1) == 1;
  lemma none: \forall integer e; 0 <= e ==> ((0 >> e) & 1) == 0;

  // ---- Which programs are accepted ----

  predicate conditional(integer code) =
    code == (BPF_JMP | BPF_JEQ | BPF_K) || code == (BPF_JMP | BPF_JEQ | BPF_X) ||
    code == (BPF_JMP | BPF_JGT | BPF_K) || code == (BPF_JMP | BPF_JGT | BPF_X) ||
    code == (BPF_JMP | BPF_JGE | BPF_K) || code == (BPF_JMP | BPF_JGE | BPF_X) ||
    code == (BPF_JMP | BPF_JSET | BPF_K) || code == (BPF_JMP | BPF_JSET | BPF_X);

  predicate scratch_load(integer code) = code == (BPF_LD | BPF_MEM) || code == (BPF_LDX | BPF_MEM);

  predicate scratch_store(integer code) = code == BPF_ST || code == BPF_STX;

  predicate returns(integer code) = code == (BPF_RET | BPF_K) || code == (BPF_RET | BPF_A);

  predicate alu_code(integer code) =
    code == (BPF_ALU | BPF_ADD | BPF_K) || code == (BPF_ALU | BPF_ADD | BPF_X) ||
    code == (BPF_ALU | BPF_SUB | BPF_K) || code == (BPF_ALU | BPF_SUB | BPF_X) ||
    code == (BPF_ALU | BPF_MUL | BPF_K) || code == (BPF_ALU | BPF_MUL | BPF_X) ||
    code == (BPF_ALU | BPF_DIV | BPF_K) || code == (BPF_ALU | BPF_DIV | BPF_X) ||
    code == (BPF_ALU | BPF_OR | BPF_K) || code == (BPF_ALU | BPF_OR | BPF_X) ||
    code == (BPF_ALU | BPF_AND | BPF_K) || code == (BPF_ALU | BPF_AND | BPF_X) ||
    code == (BPF_ALU | BPF_XOR | BPF_K) || code == (BPF_ALU | BPF_XOR | BPF_X) ||
    code == (BPF_ALU | BPF_LSH | BPF_K) || code == (BPF_ALU | BPF_LSH | BPF_X) ||
    code == (BPF_ALU | BPF_RSH | BPF_K) || code == (BPF_ALU | BPF_RSH | BPF_X) ||
    code == (BPF_ALU | BPF_NEG);

  // The 41.
  predicate opcode(integer code) =
    code == (BPF_LD | BPF_W | BPF_ABS) || code == (BPF_LD | BPF_W | BPF_LEN) ||
    code == (BPF_LDX | BPF_W | BPF_LEN) || code == (BPF_LD | BPF_IMM) || code == (BPF_LDX | BPF_IMM) ||
    scratch_load(code) || scratch_store(code) ||
    alu_code(code) || code == (BPF_JMP | BPF_JA) || conditional(code) ||
    returns(code) || code == (BPF_MISC | BPF_TAX) || code == (BPF_MISC | BPF_TXA);

  // Operands that the network stack's rules allow, for an instruction with AFTER more behind it.
  predicate classic_operands(struct sock_filter i, integer after) =
    (i.code == (BPF_ALU | BPF_DIV | BPF_K) ==> i.k != 0) &&
    (i.code == (BPF_ALU | BPF_LSH | BPF_K) || i.code == (BPF_ALU | BPF_RSH | BPF_K) ==> i.k < 32) &&
    (scratch_load(i.code) || scratch_store(i.code) ==> i.k < BPF_MEMWORDS) &&
    (i.code == (BPF_JMP | BPF_JA) ==> i.k < after) &&
    (conditional(i.code) ==> i.jt < after && i.jf < after);

  // And what seccomp asks for on top: one of the 41, loading whole words of seccomp_data.
  predicate seccomp_opcode(struct sock_filter i) =
    opcode(i.code) && (i.code != (BPF_LD | BPF_W | BPF_ABS) || (i.k < 64 && i.k % 4 == 0));

  predicate legal(struct sock_filter i, integer after) = seccomp_opcode(i) && classic_operands(i, after);

  // I, standing at PC, jumps to TO or may do so.
  predicate jumps(struct sock_filter i, integer pc, integer to) =
    (i.code == (BPF_JMP | BPF_JA) && to == pc + 1 + i.k) ||
    (conditional(i.code) && (to == pc + 1 + i.jt || to == pc + 1 + i.jf));

  // In Linux's scratch-word rule a return falls through.
  predicate falls(struct sock_filter i) = i.code != (BPF_JMP | BPF_JA) && !conditional(i.code);

  predicate stores(struct sock_filter i, integer word) = scratch_store(i.code) && i.k == word;

  // Scratch word WORD counts as written before PC: by the instruction that falls into PC, if one does,
  // and by every earlier one that jumps there.
  predicate word_written{L}(struct sock_filter *p, integer pc, integer word) =
    pc > 0 &&
    (falls(p[pc - 1]) ==> word_written(p, pc - 1, word) || stores(p[pc - 1], word)) &&
    \forall integer j; 0 <= j < pc ==> jumps(p[j], j, pc) ==> word_written(p, j, word) || stores(p[j], word);

  predicate loads_written_word{L}(struct sock_filter *p, integer pc) =
    scratch_load(p[pc].code) ==> word_written(p, pc, p[pc].k);

  predicate legal_at{L}(struct sock_filter *p, integer pc, integer len) = legal(p[pc], len - pc - 1);

  predicate accepted{L}(struct sock_filter *p, integer len) =
    1 <= len <= BPF_MAXINSNS &&
    (\forall integer pc; 0 <= pc < len ==> legal_at(p, pc, len)) &&
    returns(p[len - 1].code) &&
    (\forall integer pc; 0 <= pc < len ==> loads_written_word(p, pc));

  // WORD is written by what falls into TO, if anything does.
  predicate written_by_falling{L}(struct sock_filter *p, integer to, integer word) =
    to > 0 && (falls(p[to - 1]) ==> word_written(p, to - 1, word) || stores(p[to - 1], word));

  // WORD is written after every instruction before N that jumps to TO.
  predicate written_by_jumps{L}(struct sock_filter *p, integer n, integer to, integer word) =
    \forall integer j; 0 <= j < n ==> jumps(p[j], j, to) ==> word_written(p, j, word) || stores(p[j], word);
*/

/*@
  // ---- What a program answers ----

  // The 32-bit word at offset K of D as little-endian memory has it.
  logic integer data_at(struct seccomp_data d, integer k) =
    k == 0 ? (uint32_t)d.nr :
    k == 4 ? d.arch :
    k == 8 ? (uint32_t)d.instruction_pointer :
    k == 12 ? (uint32_t)(d.instruction_pointer >> 32) :
    k % 8 == 0 ? (uint32_t)d.args[(k - 16) / 8] :
    (uint32_t)(d.args[(k - 16) / 8] >> 32);

  // What instruction CODE makes of the value A and its operand.
  logic integer alu(integer code, integer value, integer operand) =
    code == (BPF_ALU | BPF_ADD | BPF_K) || code == (BPF_ALU | BPF_ADD | BPF_X) ? (uint32_t)(value + operand) :
    code == (BPF_ALU | BPF_SUB | BPF_K) || code == (BPF_ALU | BPF_SUB | BPF_X) ? (uint32_t)(value - operand) :
    code == (BPF_ALU | BPF_MUL | BPF_K) || code == (BPF_ALU | BPF_MUL | BPF_X) ? (uint32_t)(value * operand) :
    code == (BPF_ALU | BPF_DIV | BPF_K) || code == (BPF_ALU | BPF_DIV | BPF_X) ? value / operand :
    code == (BPF_ALU | BPF_OR | BPF_K) || code == (BPF_ALU | BPF_OR | BPF_X) ? value | operand :
    code == (BPF_ALU | BPF_AND | BPF_K) || code == (BPF_ALU | BPF_AND | BPF_X) ? value & operand :
    code == (BPF_ALU | BPF_XOR | BPF_K) || code == (BPF_ALU | BPF_XOR | BPF_X) ? value ^ operand :
    code == (BPF_ALU | BPF_LSH | BPF_K) || code == (BPF_ALU | BPF_LSH | BPF_X) ? (uint32_t)(value << (operand % 32)) :
    code == (BPF_ALU | BPF_RSH | BPF_K) || code == (BPF_ALU | BPF_RSH | BPF_X) ? value >> (operand % 32) :
    code == (BPF_ALU | BPF_NEG) ? (uint32_t)(0 - value) :
    value;

  // Does a conditional jump hold for the value A and its operand? 1 or 0; -1 for any other instruction.
  // All comparisons are unsigned.
  logic integer holds(integer code, integer value, integer operand) =
    code == (BPF_JMP | BPF_JEQ | BPF_K) || code == (BPF_JMP | BPF_JEQ | BPF_X) ? (value == operand ? 1 : 0) :
    code == (BPF_JMP | BPF_JGT | BPF_K) || code == (BPF_JMP | BPF_JGT | BPF_X) ? (value > operand ? 1 : 0) :
    code == (BPF_JMP | BPF_JGE | BPF_K) || code == (BPF_JMP | BPF_JGE | BPF_X) ? (value >= operand ? 1 : 0) :
    code == (BPF_JMP | BPF_JSET | BPF_K) || code == (BPF_JMP | BPF_JSET | BPF_X) ? ((value & operand) != 0 ? 1 : 0) :
    -1;

  logic integer operand(struct sock_filter i, struct seccomp_machine s) =
    i.code == (BPF_ALU | BPF_ADD | BPF_X) || i.code == (BPF_ALU | BPF_SUB | BPF_X) || i.code == (BPF_ALU | BPF_MUL | BPF_X) ||
    i.code == (BPF_ALU | BPF_DIV | BPF_X) || i.code == (BPF_ALU | BPF_OR | BPF_X) || i.code == (BPF_ALU | BPF_AND | BPF_X) ||
    i.code == (BPF_ALU | BPF_XOR | BPF_X) || i.code == (BPF_ALU | BPF_LSH | BPF_X) || i.code == (BPF_ALU | BPF_RSH | BPF_X) ||
    i.code == (BPF_JMP | BPF_JEQ | BPF_X) || i.code == (BPF_JMP | BPF_JGT | BPF_X) || i.code == (BPF_JMP | BPF_JGE | BPF_X) ||
    i.code == (BPF_JMP | BPF_JSET | BPF_X) ? s.x :
    i.k;

  // A after instruction I; X; the instructions skipped; the scratch words.
  logic integer next_a(struct sock_filter i, struct seccomp_data d, struct seccomp_machine s) =
    i.code == (BPF_LD | BPF_W | BPF_ABS) ? data_at(d, i.k) :
    i.code == (BPF_LD | BPF_W | BPF_LEN) ? 64 :
    i.code == (BPF_LD | BPF_IMM) ? i.k :
    i.code == (BPF_LD | BPF_MEM) ? s.m[i.k] :
    i.code == (BPF_MISC | BPF_TXA) ? s.x :
    alu(i.code, s.a, operand(i, s));

  logic integer next_x(struct sock_filter i, struct seccomp_machine s) =
    i.code == (BPF_LDX | BPF_W | BPF_LEN) ? 64 :
    i.code == (BPF_LDX | BPF_IMM) ? i.k :
    i.code == (BPF_LDX | BPF_MEM) ? s.m[i.k] :
    i.code == (BPF_MISC | BPF_TAX) ? s.a :
    s.x;

  logic integer skipped(struct sock_filter i, struct seccomp_machine s) =
    i.code == (BPF_JMP | BPF_JA) ? i.k :
    \let h = holds(i.code, s.a, operand(i, s));
    h == 1 ? i.jt : h == 0 ? i.jf : 0;

  logic struct seccomp_machine stored(struct sock_filter i, struct seccomp_machine s) =
    i.code == BPF_ST ? { s \with .m[i.k] = s.a } :
    i.code == BPF_STX ? { s \with .m[i.k] = s.x } :
    s;

  // The machine after I, which does not stop it.
  logic struct seccomp_machine next(struct sock_filter i, struct seccomp_data d, struct seccomp_machine s) =
    { { { stored(i, s) \with .a = (uint32_t)next_a(i, d, s) } \with .x = (uint32_t)next_x(i, s) }
      \with .pc = (uint32_t)(s.pc + 1 + skipped(i, s)) };

  // 1 for what no accepted program has, else 0.
  logic integer broken(struct sock_filter i) =
    i.code == (BPF_LD | BPF_W | BPF_ABS) ? (i.k < 64 && i.k % 4 == 0 ? 0 : 1) :
    i.code == (BPF_LD | BPF_MEM) || i.code == (BPF_LDX | BPF_MEM) || i.code == BPF_ST || i.code == BPF_STX ?
      (i.k < BPF_MEMWORDS ? 0 : 1) :
    i.code == (BPF_ALU | BPF_DIV | BPF_K) ? (i.k == 0 ? 1 : 0) :
    i.code == (BPF_LD | BPF_W | BPF_LEN) || i.code == (BPF_LDX | BPF_W | BPF_LEN) ||
       i.code == (BPF_LD | BPF_IMM) || i.code == (BPF_LDX | BPF_IMM) ||
       i.code == (BPF_ALU | BPF_ADD | BPF_K) || i.code == (BPF_ALU | BPF_ADD | BPF_X) ||
       i.code == (BPF_ALU | BPF_SUB | BPF_K) || i.code == (BPF_ALU | BPF_SUB | BPF_X) ||
       i.code == (BPF_ALU | BPF_MUL | BPF_K) || i.code == (BPF_ALU | BPF_MUL | BPF_X) ||
       i.code == (BPF_ALU | BPF_OR | BPF_K) || i.code == (BPF_ALU | BPF_OR | BPF_X) ||
       i.code == (BPF_ALU | BPF_AND | BPF_K) || i.code == (BPF_ALU | BPF_AND | BPF_X) ||
       i.code == (BPF_ALU | BPF_XOR | BPF_K) || i.code == (BPF_ALU | BPF_XOR | BPF_X) ||
       i.code == (BPF_ALU | BPF_LSH | BPF_K) || i.code == (BPF_ALU | BPF_LSH | BPF_X) ||
       i.code == (BPF_ALU | BPF_RSH | BPF_K) || i.code == (BPF_ALU | BPF_RSH | BPF_X) ||
       i.code == (BPF_ALU | BPF_DIV | BPF_X) || i.code == (BPF_ALU | BPF_NEG) || i.code == (BPF_JMP | BPF_JA) ||
       i.code == (BPF_JMP | BPF_JEQ | BPF_K) || i.code == (BPF_JMP | BPF_JEQ | BPF_X) ||
       i.code == (BPF_JMP | BPF_JGT | BPF_K) || i.code == (BPF_JMP | BPF_JGT | BPF_X) ||
       i.code == (BPF_JMP | BPF_JGE | BPF_K) || i.code == (BPF_JMP | BPF_JGE | BPF_X) ||
       i.code == (BPF_JMP | BPF_JSET | BPF_K) || i.code == (BPF_JMP | BPF_JSET | BPF_X) ||
       i.code == (BPF_RET | BPF_K) || i.code == (BPF_RET | BPF_A) ||
       i.code == (BPF_MISC | BPF_TAX) || i.code == (BPF_MISC | BPF_TXA) ? 0 :
    1;

  // What the program answers if I ends it in state S with AFTER more instructions behind; -1 if it goes on.
  logic integer outcome(struct sock_filter i, integer after, struct seccomp_machine s) =
    i.code == (BPF_RET | BPF_K) ? i.k :
    i.code == (BPF_RET | BPF_A) ? s.a :
    i.code == (BPF_ALU | BPF_DIV | BPF_X) && s.x == 0 ? SECCOMP_RET_KILL_THREAD :
    broken(i) == 1 || skipped(i, s) >= after ? SECCOMP_RET_KILL_PROCESS :
    -1;

  // What the program P answers to D when it goes on from S: the pc only grows.
  logic integer answer_from{L}(struct sock_filter *p, integer len, struct seccomp_data d,
                               struct seccomp_machine s) =
    s.pc >= len ? SECCOMP_RET_KILL_PROCESS :
    \let o = outcome(p[s.pc], len - s.pc - 1, s);
    o >= 0 ? o : answer_from(p, len, d, next(p[s.pc], d, s));

  // From the start.
  logic integer answer{L}(struct sock_filter *p, integer len, struct seccomp_data d) =
    answer_from(p, len, d, seccomp_start);

  // And where it ends.
  logic integer end_from{L}(struct sock_filter *p, integer len, struct seccomp_data d,
                            struct seccomp_machine s) =
    s.pc >= len || outcome(p[s.pc], len - s.pc - 1, s) >= 0 ? s.pc :
    end_from(p, len, d, next(p[s.pc], d, s));

  // The machine when the instructions before K have been executed, those that the run gets to.
  logic struct seccomp_machine machine_at{L}(struct sock_filter *p, integer len, struct seccomp_data d, integer k) =
    k <= 0 ? seccomp_start :
    \let s = machine_at(p, len, d, k - 1);
    s.pc == k - 1 && outcome(p[k - 1], len - k, s) < 0 ? next(p[k - 1], d, s) : s;

  lemma ends{L}: \forall struct sock_filter *p, integer len, struct seccomp_data d, struct seccomp_machine s;
    s.pc < len && outcome(p[s.pc], len - s.pc - 1, s) >= 0 ==>
    answer_from(p, len, d, s) == outcome(p[s.pc], len - s.pc - 1, s);

  lemma goes_on{L}: \forall struct sock_filter *p, integer len, struct seccomp_data d, struct seccomp_machine s;
    s.pc < len && outcome(p[s.pc], len - s.pc - 1, s) < 0 ==>
    answer_from(p, len, d, s) == answer_from(p, len, d, next(p[s.pc], d, s));

  lemma stays{L}: \forall struct sock_filter *p, integer len, struct seccomp_data d, integer k;
    k >= 0 && (machine_at(p, len, d, k).pc != k || outcome(p[k], len - k - 1, machine_at(p, len, d, k)) >= 0) ==>
    machine_at(p, len, d, k + 1) == machine_at(p, len, d, k);

  lemma steps{L}: \forall struct sock_filter *p, integer len, struct seccomp_data d, integer k;
    k >= 0 && machine_at(p, len, d, k).pc == k && outcome(p[k], len - k - 1, machine_at(p, len, d, k)) < 0 ==>
    machine_at(p, len, d, k + 1) == next(p[k], d, machine_at(p, len, d, k));
*/

/*@
  // ---- What a program costs ----

  // The length of I in Linux's converted form. A K with its top bit set needs a register of its own.
  logic integer insn_cost(struct sock_filter i) =
    i.code == (BPF_RET | BPF_K) ? 2 :
    i.code == (BPF_ALU | BPF_DIV | BPF_X) ? 5 :
    i.code == (BPF_JMP | BPF_JEQ | BPF_K) || i.code == (BPF_JMP | BPF_JGT | BPF_K) ||
      i.code == (BPF_JMP | BPF_JGE | BPF_K) ? (i.k >= 0x80000000 ? 1 : 0) + (i.jf == 0 || i.jt == 0 ? 1 : 2) :
    i.code == (BPF_JMP | BPF_JEQ | BPF_X) || i.code == (BPF_JMP | BPF_JGT | BPF_X) ||
      i.code == (BPF_JMP | BPF_JGE | BPF_X) ? (i.jf == 0 || i.jt == 0 ? 1 : 2) :
    i.code == (BPF_JMP | BPF_JSET | BPF_K) ? (i.k >= 0x80000000 ? 1 : 0) + (i.jf == 0 ? 1 : 2) :
    i.code == (BPF_JMP | BPF_JSET | BPF_X) ? (i.jf == 0 ? 1 : 2) :
    1;

  // Of the first N instructions of P.
  logic integer cost{L}(struct sock_filter *p, integer n) =
    n <= 0 ? 0 : cost(p, n - 1) + insn_cost(p[n - 1]);
*/

/*@
  // ---- Of two answers, which; and what is to be done about one ----

  // The action as a signed number: KILL_PROCESS (0x80000000) is the least.
  logic integer severity(integer ret) = (int32_t)(uint32_t)(ret & SECCOMP_RET_ACTION_FULL);

  predicate stricter(integer a, integer b) = severity(a) < severity(b);

  // The provers know bits and casts of constants only where these are named by a range.
  lemma allow_is_an_action: \forall integer r; SECCOMP_RET_ALLOW <= r <= SECCOMP_RET_ALLOW ==>
    (r & SECCOMP_RET_ACTION_FULL) == r;
  lemma errno_is_an_action: \forall integer r; SECCOMP_RET_ERRNO <= r <= SECCOMP_RET_ERRNO ==>
    (r & SECCOMP_RET_ACTION_FULL) == r;
  lemma kill_process_is_an_action: \forall integer r; SECCOMP_RET_KILL_PROCESS <= r <= SECCOMP_RET_KILL_PROCESS ==>
    (r & SECCOMP_RET_ACTION_FULL) == r;
  lemma kill_process_is_negative: \forall integer r; SECCOMP_RET_KILL_PROCESS <= r <= SECCOMP_RET_KILL_PROCESS ==>
    (int32_t)r == -0x80000000;
  lemma kill_process_is_strictest: \forall integer any; !stricter(any, SECCOMP_RET_KILL_PROCESS);

  // What remains of the answer NEWER of a filter that stands on a stack which answers OLDER: the newest wins on ties, and
  // ALLOW has no data.
  logic integer on_top(integer newer, integer older) =
    \let own = severity(newer) < severity(SECCOMP_RET_ALLOW) ? newer : SECCOMP_RET_ALLOW;
    severity(older) < severity(own) ? older : own;

  predicate action_known(integer action) =
    action == SECCOMP_RET_KILL_PROCESS || action == SECCOMP_RET_KILL_THREAD || action == SECCOMP_RET_TRAP ||
    action == SECCOMP_RET_ERRNO || action == SECCOMP_RET_USER_NOTIF || action == SECCOMP_RET_TRACE ||
    action == SECCOMP_RET_LOG || action == SECCOMP_RET_ALLOW;
*/
