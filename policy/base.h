/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * base.h - what C libraries and Go call by themselves, whatever the program does: what a policy
 * that is made of runs must allow, also where another run needs another of these calls.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* glibc-static, glibc, musl-static, musl and go, with commas and blanks between them. */
extern const char base_names[];

bool base_known(const char *library);

/* Does LIBRARY, which is known, call NR by itself? */
bool base_has(const char *library, uint32_t nr);
