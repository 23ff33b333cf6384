/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.h - the pages [vvar] and [vdso] of every program. The code is in boot/vdso.
 */
#pragma once

#include <stdint.h>

struct mm;

/* At boot: makes both pages. */
void vdso_init(void);
/*
 * Maps both pages into MM, which is new, and sets mm->vdso and mm->sigreturn: 0 or -ENOMEM.
 * [arch_setup_additional_pages]
 */
[[nodiscard]] int vdso_map(struct mm *mm);
