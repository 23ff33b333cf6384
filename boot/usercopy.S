/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usercopy.S - the loads and stores that touch user memory. Called from
 * kernel/core/memory/usercopy.c, which has checked the range.
 *
 * SUM is set on the way in and cleared on the way out. A fault between usercopy_start and
 * usercopy_end that vm_fault() cannot mend continues at usercopy_fault: trap_kernel() sees to that.
 */
#include <abi/errno.h>

#include "asm-offsets.h"

	.text
	.globl	usercopy_start
usercopy_start:

/* Copies the 8-byte words with these NUMBERS, counted from a1, to the same places from a0. */
	.macro	copy_words numbers:vararg
	.irp	n, \numbers
	ld	t3, 8*\n(a1)
	sd	t3, 8*\n(a0)
	.endr
	.endm

/*
 * If BYTES, a power of two, is set in a2: copies the words NUMBERS, which are so many bytes, and
 * advances a0 and a1.
 */
	.macro	copy_some bytes, numbers:vararg
	andi	t1, a2, \bytes
	beqz	t1, 1f
	copy_words \numbers
	addi	a0, a0, \bytes
	addi	a1, a1, \bytes
1:
	.endm

/* usercopy(to, from, n): 0, or -EFAULT. Either TO or FROM is the user's address. */
	.globl	usercopy
usercopy:
	li	t0, SSTATUS_SUM
	csrs	sstatus, t0
	or	t1, a0, a1
	andi	t1, t1, 7
	bnez	t1, 3f
	addi	a2, a2, -64
	bltz	a2, 5f
4:	copy_words 0, 1, 2, 3, 4, 5, 6, 7
	addi	a0, a0, 64
	addi	a1, a1, 64
	addi	a2, a2, -64
	bgez	a2, 4b
5:	copy_some 32, 0, 1, 2, 3	/* a2 is the number of bytes left less 64: its low 6 bits are that number */
	copy_some 16, 0, 1
	copy_some 8, 0
	andi	a2, a2, 7
	j	3f
2:	lb	t3, (a1)
	sb	t3, (a0)
	addi	a0, a0, 1
	addi	a1, a1, 1
	addi	a2, a2, -1
3:	bnez	a2, 2b
	csrc	sstatus, t0
	li	a0, 0
	ret

/* usercopy_clear(to, n): 0, or -EFAULT. */
	.globl	usercopy_clear
usercopy_clear:
	li	t0, SSTATUS_SUM
	csrs	sstatus, t0
	j	2f
1:	sb	zero, (a0)
	addi	a0, a0, 1
	addi	a1, a1, -1
2:	andi	t1, a0, 7
	beqz	t1, 3f
	bnez	a1, 1b
3:	li	t2, 128
	j	5f
4:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	sd	zero, 8*\n(a0)
	.endr
	addi	a0, a0, 128
	addi	a1, a1, -128
5:	bgeu	a1, t2, 4b
	li	t2, 8
	j	7f
6:	sd	zero, (a0)
	addi	a0, a0, 8
	addi	a1, a1, -8
7:	bgeu	a1, t2, 6b
	j	9f
8:	sb	zero, (a0)
	addi	a0, a0, 1
	addi	a1, a1, -1
9:	bnez	a1, 8b
	csrc	sstatus, t0
	li	a0, 0
	ret

/*
 * usercopy_string(to, from, n): copies up to N bytes, the terminating NUL included. The length
 * without the NUL; N if there was none; or -EFAULT.
 */
	.globl	usercopy_string
usercopy_string:
	li	t0, SSTATUS_SUM
	csrs	sstatus, t0
	mv	t1, a1
	add	t2, a1, a2
1:	beq	a1, t2, 2f
	lb	t3, (a1)
	sb	t3, (a0)
	beqz	t3, 2f
	addi	a0, a0, 1
	addi	a1, a1, 1
	j	1b
2:	sub	a0, a1, t1
	csrc	sstatus, t0
	ret

/* usercopy_load32(to, from): loads an aligned 32-bit word in one access. 0, or -EFAULT. */
	.globl	usercopy_load32
usercopy_load32:
	li	t0, SSTATUS_SUM
	csrs	sstatus, t0
	lw	t1, (a1)
	csrc	sstatus, t0
	sw	t1, (a0)
	li	a0, 0
	ret

	.globl	usercopy_end
usercopy_end:

	.globl	usercopy_fault
usercopy_fault:
	li	t0, SSTATUS_SUM
	csrc	sstatus, t0
	li	a0, -EFAULT
	ret
