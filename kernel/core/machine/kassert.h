/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kassert.h - KASSERT(): a condition that always holds, checked where the code relies on it. Images
 * are built with KASSERTS=1 and panic where it does not hold, but for those that are measured.
 */
#pragma once

#include <stdint.h>

/* Says which line of which file did not hold, and panics. */
_Noreturn void kassert_failed(const char *file, unsigned line, const char *what);

#if KASSERTS
#define KASSERT(what) ((what) ? (void)0 : kassert_failed(__FILE_NAME__, __LINE__, #what))
#else
#define KASSERT(what) ((void)sizeof(what))
#endif
