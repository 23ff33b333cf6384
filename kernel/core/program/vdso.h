/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.h - the code that the kernel maps into every program: the two instructions to which signal
 * handlers return or, with the module kernel/linux/vdso, the vDSO and its data page [vvar].
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct mm;
struct vvar;

struct vdso {
	const char *name;
	const void *image; /* at most a page */
	size_t size;
	uint64_t sigreturn; /* offset in it of the two instructions that call rt_sigreturn */
	/*
	 * At boot: fills in V, the page before the code. NULL: there is no such page, and programs
	 * are told of no vDSO.
	 */
	void (*publish)(struct vvar *v);
};

/* At boot, before vdso_init(): programs get V instead of the two instructions. */
void vdso_register(const struct vdso *v);

/* At boot: makes the pages and fills them in. */
void vdso_init(void);
/*
 * Maps the pages into MM, which is new, and sets mm->vdso and mm->sigreturn: 0 or -ENOMEM.
 * [arch_setup_additional_pages]
 */
[[nodiscard]] int vdso_map(struct mm *mm);
/* What programs find in AT_SYSINFO_EHDR: where the vDSO is in MM, or 0. */
uint64_t vdso_told(const struct mm *mm);
