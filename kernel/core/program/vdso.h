/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.h - the pages [vvar] and [vdso] of every program. The code is in boot/vdso.
 */
#pragma once

#include <stdint.h>

struct mm;

/* Boot: makes both pages. */
void vdso_init(void);
/* Maps them into MM, which is new, and sets mm->vdso: 0 or -ENOMEM. [arch_setup_additional_pages] */
int vdso_map(struct mm *mm);
/* Where handlers of signals return to, in MM. */
uint64_t vdso_sigreturn(const struct mm *mm);
