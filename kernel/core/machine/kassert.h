/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kassert.h - KASSERT(): a condition that always holds, stated where the code relies on it. An
 * image built with KASSERTS=1, as all are by default, checks it and panics where it does not hold.
 * Images that are measured are built with KASSERTS=0 and do not check it.
 */
#pragma once

#include <stdint.h>

/* Panics with the condition WHAT, which does not hold, and the place that states it. */
_Noreturn void kassert_failed(const char *file, unsigned line, const char *what);

#if KASSERTS
#define KASSERT(what) ((what) ? (void)0 : kassert_failed(__FILE_NAME__, __LINE__, #what))
#else
#define KASSERT(what) ((void)sizeof(what))
#endif
