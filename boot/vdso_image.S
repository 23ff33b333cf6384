/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso_image.S - the vDSO (boot/vdso) as bytes in the kernel, which kernel/linux/vdso has mapped
 * into every program; and the offset of the code to which signal handlers return.
 */
#include "vdso-offsets.h"

	.section .rodata.vdso, "a", @progbits
	.globl	vdso_image, vdso_image_size, vdso_image_sigreturn
	.balign	8
vdso_image_size:
	.dword	vdso_image_end - vdso_image
vdso_image_sigreturn:
	.dword	VDSO_RT_SIGRETURN
vdso_image:
	.incbin	"vdso.so"
vdso_image_end:
