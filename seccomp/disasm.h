/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disasm.h - one instruction to a line of text, and the same line back to the instruction, bit for
 * bit.
 *
 * Called by host tools and tests. The language is that of bpf_asm; a jump's target is the number of
 * instructions that it skips:
 *
 *	ld [16]			A = the word at byte 16 of seccomp_data
 *	ld #0x5, ld M[3], ld len	A = 5, M[3], 64; ldx likewise, but for [..]
 *	st M[3], stx M[3]	M[3] = A, X
 *	add #0x1, add x		and sub mul div or and xor lsh rsh; neg
 *	ja 7			skips 7 instructions
 *	jeq #0x3b, 0, 4		skips 0 if A is 0x3b, else 4; jeq x, 0, 4; and jgt jge jset
 *	ret ERRNO(13), ret a	ret #0x10000 when Linux knows no such action
 *	tax, txa
 *	.insn 0x28, 0, 0, 0x4	code, jt, jf, k of anything else
 *
 * An instruction with a value in a field that its opcode ignores is written as an .insn too, so
 * that no bit is lost, with what it does as a comment behind it: `.insn 0x87, 1, 0, 0x0 ; txa`.
 */
#pragma once

#include "actions.h"

/* Writes the line for *INSN into TEXT, with a NUL. Returns its length without the NUL. */
size_t seccomp_disasm(char text[SECCOMP_TEXT_MAX], const struct sock_filter *insn);

/*
 * Reads one line, up to its NUL, a newline or a `;`. Numbers may be decimal or 0x hexadecimal,
 * blanks may stand between words. Returns 0 and fills *INSN, or -EINVAL and leaves it alone.
 * Operands are read as they are, `ld [3]` too: whether they are legal is seccomp_check's business.
 */
int seccomp_assemble(struct sock_filter *insn, const char *text) SECCOMP_NODISCARD;
