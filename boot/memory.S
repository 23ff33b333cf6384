/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory.S - memset and memcpy, with 16 words to a turn of the loop: clearing and copying pages and
 * objects is a large part of what fork and start-up cost. picolibc's versions do two words to a
 * turn, and single bytes where source and target are not both 8-byte aligned, as in an initrd,
 * whose files are 4-byte aligned.
 */
	.text
	.globl	memset
/* memset(to, byte, n): TO, as in C. */
memset:
	mv	t0, a0
	add	t1, a0, a2		/* end */
	zext.b	a1, a1
	li	t2, 16
	bltu	a2, t2, 7f
	beqz	a1, 1f
	slli	t2, a1, 8		/* the byte in all eight places */
	or	a1, a1, t2
	slli	t2, a1, 16
	or	a1, a1, t2
	slli	t2, a1, 32
	or	a1, a1, t2
1:	andi	t2, t0, 7
	beqz	t2, 2f
	sb	a1, (t0)
	addi	t0, t0, 1
	j	1b
2:	addi	t2, t1, -128		/* the last place where a whole turn fits */
	bltu	t2, t0, 4f
3:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	sd	a1, 8*\n(t0)
	.endr
	addi	t0, t0, 128
	bgeu	t2, t0, 3b
4:	addi	t2, t1, -8
	bltu	t2, t0, 7f
5:	sd	a1, (t0)
	addi	t0, t0, 8
	bgeu	t2, t0, 5b
	j	7f
6:	sb	a1, (t0)
	addi	t0, t0, 1
7:	bltu	t0, t1, 6b
	ret

/*
 * Copies words of SIZE bytes from a1 to t0, and advances both, until fewer than SIZE bytes are left
 * before t1: first 16 words to a turn, then one. a1 and t0 are SIZE-aligned; t1 is at least SIZE
 * bytes above t0 at first.
 */
	.macro	copy_words size, load, store
	addi	t2, t1, -16*\size
	bltu	t2, t0, 2f
1:	.irp	n, 0, 2, 4, 6, 8, 10, 12, 14		/* two at a time: no store comes right after its load */
	\load	t3, \size*\n(a1)
	\load	t4, \size*(\n+1)(a1)
	\store	t3, \size*\n(t0)
	\store	t4, \size*(\n+1)(t0)
	.endr
	addi	t0, t0, 16*\size
	addi	a1, a1, 16*\size
	bgeu	t2, t0, 1b
2:	addi	t2, t1, -\size
	bltu	t2, t0, 4f
3:	\load	t3, (a1)
	\store	t3, (t0)
	addi	t0, t0, \size
	addi	a1, a1, \size
	bgeu	t2, t0, 3b
4:
	.endm

	.globl	memcpy
/* memcpy(to, from, n): TO, as in C. */
memcpy:
	mv	t0, a0
	add	t1, a0, a2		/* end */
	li	t2, 16
	bltu	a2, t2, 9f
	xor	t2, a0, a1
	andi	t2, t2, 3
	bnez	t2, 9f			/* they can never both be word-aligned: byte by byte */
5:	andi	t2, t0, 7
	beqz	t2, 6f
	lb	t3, (a1)
	sb	t3, (t0)
	addi	t0, t0, 1
	addi	a1, a1, 1
	j	5b
6:	andi	t2, a1, 7
	bnez	t2, 7f
	copy_words 8, ld, sd
	j	9f
7:	copy_words 4, lw, sw
	j	9f
8:	lb	t3, (a1)
	sb	t3, (t0)
	addi	t0, t0, 1
	addi	a1, a1, 1
9:	bltu	t0, t1, 8b
	ret
