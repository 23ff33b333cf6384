/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * entry.S - from the boot loader to main(): the Image header, one hart, the first page table.
 *
 *   in: a0 = hart id, a1 = physical address of the device tree, MMU off, at any page-aligned
 *         physical address [sbi: OpenSBI's hand-over; the header is Linux's
 *         Documentation/riscv/boot-image-header]
 *   out: calls main(hart id, device tree, kernel's physical address, row) at its linked address, on
 *         the boot stack. Text is read+execute, rodata read, the rest read+write (W^X). Nothing
 *         else is mapped but the hart page
 *
 * The row, in s4, is 0 after the boot loader. restart.S comes back to entry_row with the number of
 * the next program of the same boot (kernel/core/machine/rows.h).
 */
#include "asm-offsets.h"


	.section .text.image, "ax"
	.globl	image_start
image_start:
	.option push
	.option norvc
	j	entry
	nop
	.option pop
	.dword	0x200000	/* preferred offset from the start of RAM */
	.dword	image_size
	.dword	0		/* little endian */
	.word	2		/* version 0.2 */
	.word	0
	.dword	0
	.ascii	"RISCV\0\0\0"
	.ascii	"RSC\x05"
	.word	0

/*
 * A packed image has words for the command line and its initrd behind the kernel; see tools/pack.
 */
	.globl	image_payload
image_payload:
	.ascii	"PORTCULL"
	.dword	0		/* offset from image_start; 0: none */
	.dword	0		/* bytes, the words included */
	.dword	0		/* bytes of the words */

boot_taken:
	.word	0

entry:
	csrw	sie, zero
	csrw	sstatus, zero

	/* Boot loaders may start every hart here; only one goes on. */
	la	t0, boot_taken
	li	t1, 1
	amoswap.w t1, t1, (t0)
	beqz	t1, boot_one
park:
	wfi
	j	park

boot_one:
	li	s4, 0			/* no program ran before this one */
	.globl	entry_row
entry_row:
	la	t0, bss_start
	la	t1, bss_end
clear:	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7	/* bss is whole pages, so no turn goes beyond its end */
	sd	zero, 8*\n(t0)
	.endr
	addi	t0, t0, 64
	bltu	t0, t1, clear

	la	t0, data_start
	la	t1, data_end
	la	t2, data_image
copy:	ld	t3, (t2)
	sd	t3, (t0)
	addi	t0, t0, 8
	addi	t2, t2, 8
	bltu	t0, t1, copy

	.macro	pte to, pa, bits	/* to = entry for physical address pa */
	srli	\to, \pa, PAGE_SHIFT
	slli	\to, \to, PTE_PPN_SHIFT
	ori	\to, \to, \bits
	.endm

	/* root[510] -> kernel_l1[0] -> kernel_l0: the kernel, page by page */
	la	s2, kernel_root
	la	t0, kernel_l1
	pte	t1, t0, PTE_TABLE
	li	t3, 8*(PTE_COUNT - 2)
	add	t3, t3, s2
	sd	t1, (t3)
	la	t2, kernel_l0
	pte	t1, t2, PTE_TABLE
	sd	t1, (t0)
	la	t0, image_start
	mv	s3, t0
	la	t3, kernel_text_end
	la	t4, kernel_rodata_end
	la	t5, kernel_end
	li	t6, PAGE_SIZE
map:	pte	t1, t0, PTE_RW
	bgeu	t0, t4, 1f
	pte	t1, t0, PTE_RO
	bgeu	t0, t3, 1f
	pte	t1, t0, PTE_RX
1:	sd	t1, (t2)
	addi	t2, t2, 8
	add	t0, t0, t6
	bltu	t0, t5, map

	/* root[511] -> top_l1[511] -> top_l0[511]: the hart page */
	la	t0, top_l1
	pte	t1, t0, PTE_TABLE
	li	t2, 8*(PTE_COUNT - 1)
	add	t3, s2, t2
	sd	t1, (t3)
	add	t0, t0, t2
	la	t3, top_l0
	pte	t1, t3, PTE_TABLE
	sd	t1, (t0)
	add	t3, t3, t2
	la	t0, hart_page
	pte	t1, t0, PTE_RW
	sd	t1, (t3)

	/*
	 * The jump from physical to linked addresses: only the linked ones are mapped, so the fetch
	 * after the write to satp faults, and the trap goes to stvec, which holds the linked
	 * address of `high`.
	 */
	lla	t0, high
	sub	t0, t0, s3
	ld	t1, kernel_base
	add	t0, t0, t1
	csrw	stvec, t0
	li	t0, SATP_SV39
	srli	t1, s2, PAGE_SHIFT
	or	t0, t0, t1
	sfence.vma
	csrw	satp, t0

	.balign	4
high:
	la	t0, trap_entry
	csrw	stvec, t0
	la	sp, boot_stack_top
	addi	t0, sp, -TF_SIZE
	sd	t0, HART_FRAME(zero)
	mv	sp, t0
	li	ra, 0
	mv	a2, s3
	mv	a3, s4
	la	t0, main
	jr	t0

	.balign	8
kernel_base:
	.dword	kernel_start

	.section .bss.page, "aw", @nobits
	.balign	4096
	.globl	kernel_root
kernel_root:	.space	4096
kernel_l1:	.space	4096
	.globl	kernel_l0
kernel_l0:	.space	4096
	.globl	top_l1
top_l1:		.space	4096
top_l0:		.space	4096
hart_page:	.space	4096

	.section .noinit, "aw", @nobits
	.balign	4096
boot_stack:	.space	16384
boot_stack_top:
panic_stack:	.space	8192
	.globl	panic_stack_top
panic_stack_top:
