/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build.h - writes filter programs: one function for each of the 41 opcodes, pseudo-operations that
 * Linux's seccomp lacks, and whole allow and deny lists.
 *
 * Called by host tools, tests and user programs; the kernel only checks what they made. It
 * allocates nothing: a program is written into the caller's buffer. The first fault is kept and
 * stops all later writing, so the caller need look for a fault only once, at seccomp_build_end().
 */
#pragma once

#include <abi/audit.h>
#include "seccomp.h"

/* ---- a program that is being written ---- */

struct seccomp_build {
	struct sock_filter *insns;
	uint16_t *written; /* scratch for seccomp_check */
	uint32_t room;	   /* entries in both */
	uint32_t len;
	struct seccomp_refusal fault; /* the first one; err 0: none so far */
	const char *warning;	      /* "", or a clause that says why the valid program is hardly what was meant */
};

/*
 * Starts an empty program in INSNS, with WRITTEN as scratch memory; neither needs an initial
 * value, both have ROOM entries (of which at most BPF_MAXINSNS are used) and stay the
 * caller's. No buffer: fault EINVAL.
 */
void seccomp_build_init(struct seccomp_build *b, struct sock_filter *insns, uint16_t *written, uint32_t room);

/* Appends one instruction as it is. Fault E2BIG when there is no room. */
void seccomp_build_insn(struct seccomp_build *b, uint16_t code, uint8_t jt, uint8_t jf, uint32_t k);

/* Records a fault at the next instruction, unless there is one already. WHY is static. */
void seccomp_build_fail(struct seccomp_build *b, int err, const char *why);

/*
 * Returns the first fault, else what seccomp_check says of the program: err 0, EINVAL or E2BIG,
 * with the instruction and the reason.
 */
struct seccomp_refusal seccomp_build_end(struct seccomp_build *b) SECCOMP_NODISCARD;

/* ---- loads from seccomp_data ---- */

enum seccomp_offset {
	SECCOMP_NR = 0,
	SECCOMP_ARCH = 4,
	SECCOMP_IP_LO = 8,
	SECCOMP_IP_HI = 12,
	SECCOMP_ARG0_LO = 16,
	SECCOMP_ARG0_HI = 20,
	SECCOMP_ARG1_LO = 24,
	SECCOMP_ARG1_HI = 28,
	SECCOMP_ARG2_LO = 32,
	SECCOMP_ARG2_HI = 36,
	SECCOMP_ARG3_LO = 40,
	SECCOMP_ARG3_HI = 44,
	SECCOMP_ARG4_LO = 48,
	SECCOMP_ARG4_HI = 52,
	SECCOMP_ARG5_LO = 56,
	SECCOMP_ARG5_HI = 60,
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "_LO stands before _HI, and ldh takes the low half first");
_Static_assert(offsetof(struct seccomp_data, arch) == SECCOMP_ARCH, "offsets are seccomp_data's");
_Static_assert(offsetof(struct seccomp_data, instruction_pointer) == SECCOMP_IP_LO, "offsets are seccomp_data's");
_Static_assert(offsetof(struct seccomp_data, args) == SECCOMP_ARG0_LO, "offsets are seccomp_data's");
_Static_assert(sizeof(struct seccomp_data) == SECCOMP_ARG5_HI + 4, "offsets are seccomp_data's");

/* A = the u32 at byte OFF. Fault EINVAL unless OFF is below 64 and a multiple of 4. */
void seccomp_build_load_word(struct seccomp_build *b, uint32_t off);

/*
 * A = the u16 at byte OFF (a multiple of 2); A = the byte at OFF. Fault EINVAL unless OFF is below
 * 64. Seccomp refuses LD H and LD B, so each of these becomes one to three instructions: jumps over
 * them must count them.
 */
void seccomp_build_load_half(struct seccomp_build *b, uint32_t off);
void seccomp_build_load_byte(struct seccomp_build *b, uint32_t off);

/* ---- the other 40 opcodes; operands are judged by seccomp_build_end ---- */

#define SECCOMP_BUILD_0(name, code)                                      \
	static inline void seccomp_build_##name(struct seccomp_build *b) \
	{                                                                \
		seccomp_build_insn(b, (code), 0, 0, 0);                  \
	}
#define SECCOMP_BUILD_K(name, code)                                                  \
	static inline void seccomp_build_##name(struct seccomp_build *b, uint32_t k) \
	{                                                                            \
		seccomp_build_insn(b, (code), 0, 0, k);                              \
	}
#define SECCOMP_BUILD_ALU(name, op)                   \
	SECCOMP_BUILD_K(name, BPF_ALU | (op) | BPF_K) \
	SECCOMP_BUILD_0(name##_x, BPF_ALU | (op) | BPF_X)
#define SECCOMP_BUILD_JCC(name, op)                                                                          \
	static inline void seccomp_build_##name(struct seccomp_build *b, uint32_t k, uint8_t jt, uint8_t jf) \
	{                                                                                                    \
		seccomp_build_insn(b, BPF_JMP | (op) | BPF_K, jt, jf, k);                                    \
	}                                                                                                    \
	static inline void seccomp_build_##name##_x(struct seccomp_build *b, uint8_t jt, uint8_t jf)         \
	{                                                                                                    \
		seccomp_build_insn(b, BPF_JMP | (op) | BPF_X, jt, jf, 0);                                    \
	}

SECCOMP_BUILD_K(load_imm, BPF_LD | BPF_IMM)	      /* A = k */
SECCOMP_BUILD_K(load_mem, BPF_LD | BPF_MEM)	      /* A = M[k] */
SECCOMP_BUILD_0(load_len, BPF_LD | BPF_W | BPF_LEN)   /* A = 64 */
SECCOMP_BUILD_K(loadx_imm, BPF_LDX | BPF_IMM)	      /* X = k */
SECCOMP_BUILD_K(loadx_mem, BPF_LDX | BPF_MEM)	      /* X = M[k] */
SECCOMP_BUILD_0(loadx_len, BPF_LDX | BPF_W | BPF_LEN) /* X = 64 */
SECCOMP_BUILD_K(store, BPF_ST)			      /* M[k] = A */
SECCOMP_BUILD_K(storex, BPF_STX)		      /* M[k] = X */
SECCOMP_BUILD_ALU(alu_add, BPF_ADD)		      /* A += k; A += X: alu_add_x; and so on */
SECCOMP_BUILD_ALU(alu_sub, BPF_SUB)
SECCOMP_BUILD_ALU(alu_mul, BPF_MUL)
SECCOMP_BUILD_ALU(alu_div, BPF_DIV)
SECCOMP_BUILD_ALU(alu_or, BPF_OR)
SECCOMP_BUILD_ALU(alu_and, BPF_AND)
SECCOMP_BUILD_ALU(alu_xor, BPF_XOR)
SECCOMP_BUILD_ALU(alu_lsh, BPF_LSH)
SECCOMP_BUILD_ALU(alu_rsh, BPF_RSH)
SECCOMP_BUILD_0(alu_neg, BPF_ALU | BPF_NEG)
SECCOMP_BUILD_K(jump, BPF_JMP | BPF_JA) /* skips k instructions */
SECCOMP_BUILD_JCC(jeq, BPF_JEQ)		/* A == k: skips jt instructions, else jf; with X: jeq_x */
SECCOMP_BUILD_JCC(jgt, BPF_JGT)
SECCOMP_BUILD_JCC(jge, BPF_JGE)
SECCOMP_BUILD_JCC(jset, BPF_JSET)	 /* A & k */
SECCOMP_BUILD_K(ret, BPF_RET | BPF_K)	 /* answers k */
SECCOMP_BUILD_0(ret_a, BPF_RET | BPF_A)	 /* answers A */
SECCOMP_BUILD_0(tax, BPF_MISC | BPF_TAX) /* X = A */
SECCOMP_BUILD_0(txa, BPF_MISC | BPF_TXA) /* A = X */

#undef SECCOMP_BUILD_0
#undef SECCOMP_BUILD_K
#undef SECCOMP_BUILD_ALU
#undef SECCOMP_BUILD_JCC

/* ---- answers ---- */

/*
 * The answer with which the call returns -ERR. With 0 it seems to succeed; more than 4095 is
 * delivered as 4095.
 */
static inline uint32_t seccomp_errno(uint16_t err)
{
	return SECCOMP_RET_ERRNO | err;
}

/* The answer that sends the thread SIGSYS, with DATA in si_errno. */
static inline uint32_t seccomp_trap(uint16_t data)
{
	return SECCOMP_RET_TRAP | data;
}

/* The answer that stops the thread for its tracer, which reads DATA with PTRACE_GETEVENTMSG. */
static inline uint32_t seccomp_trace(uint16_t data)
{
	return SECCOMP_RET_TRACE | data;
}

/* What is odd about an ERRNO answer of ERR: "" or a clause. */
const char *seccomp_errno_warning(uint16_t err);

/* ---- whole programs ---- */

/*
 * Writes a list as a balanced search tree. Calls of architecture ARCH whose number is one of the N
 * in NRS get the answer MATCH, others of ARCH get OTHERWISE, calls of any other architecture
 * KILL_PROCESS. NRS is sorted in place; duplicates do no harm. The program is the fastest layout
 * that B has room for. It starts at instruction 0, so B must be empty. Before this returns, the
 * program has been checked, and seccomp_build_verify() has run it. Returns err 0; EINVAL (B is not
 * empty; no NRS); or E2BIG (the program needs more than B's room or BPF_MAXINSNS).
 */
struct seccomp_refusal seccomp_build_list(struct seccomp_build *b, uint32_t arch, uint32_t *nrs, uint32_t n,
					  uint32_t match, uint32_t otherwise) SECCOMP_NODISCARD;

/*
 * seccomp_build_list() with ERRNO(err) for the calls listed, ALLOW for all others. B's warning is
 * seccomp_errno_warning()'s.
 */
struct seccomp_refusal seccomp_build_deny(struct seccomp_build *b, uint32_t arch, uint32_t *nrs, uint32_t n,
					  uint16_t err) SECCOMP_NODISCARD;

/* seccomp_build_list() with ALLOW for the calls listed, KILL_PROCESS for all others. */
struct seccomp_refusal seccomp_build_allow(struct seccomp_build *b, uint32_t arch, uint32_t *nrs,
					   uint32_t n) SECCOMP_NODISCARD;

/*
 * Writes strict mode as a filter, which unlike the mode can be stacked: ARCH's read, write, exit
 * and rt_sigreturn are allowed, every other call ends the thread (by SIGSYS, where the mode sends
 * SIGKILL). Fault EINVAL: there is no such list for ARCH.
 */
struct seccomp_refusal seccomp_build_strict(struct seccomp_build *b, uint32_t arch) SECCOMP_NODISCARD;

/*
 * Does the checked program answer as seccomp_build_list() promises? NRS is sorted. INSNS may use
 * the number only as the operand of JEQ, JGT and JGE with K, as lists do: then the numbers tried
 * stand for all 2^32. Returns err 0, or EINVAL with the instruction that answered wrongly.
 */
struct seccomp_refusal seccomp_build_verify(const struct sock_filter *insns, uint32_t len, uint32_t arch,
					    const uint32_t *nrs, uint32_t n, uint32_t match,
					    uint32_t otherwise) SECCOMP_NODISCARD;

/* The name of an architecture token ("riscv64"), or NULL. */
const char *seccomp_arch_name(uint32_t arch);
