/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kassert.h - what always holds, checked where it is relied on. An image that is built with
 * KASSERTS=1, as all are but those that are measured, panics where it does not hold.
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
