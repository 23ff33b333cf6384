/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module vdso: the vDSO (boot/vdso), whose functions tell the time and what the hart
 * can do without a system call; and the calls riscv_hwprobe and getcpu.
 */
#include "module.h"

#include "hwprobe.h"
#include "vdso.h"

extern const char vdso_image[];
extern const uint64_t vdso_image_size, vdso_image_sigreturn; /* boot/vdso_image.S */

static void init_vdso(void)
{
	static struct vdso whole = { .name = "[vdso]", .image = vdso_image, .publish = hwprobe_publish };

	whole.size = vdso_image_size;
	whole.sigreturn = vdso_image_sigreturn;
	vdso_register(&whole);
}

const struct module vdso_module = { .name = "vdso", .init = init_vdso };
