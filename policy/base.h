/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * base.h - which calls C libraries and Go make by themselves, whatever the program does. A policy
 * that is made of recorded runs must allow all of them: another run may need others than the
 * recorded ones did.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "names.h"

/* glibc-static, glibc, musl-static, musl and go, with commas and blanks between them. */
extern const char base_names[];

bool base_known(const char *library);

/* Does LIBRARY, which is known, call NR by itself? */
bool base_has(const char *library, uint32_t nr);

/*
 * The call in whose place newer versions of a library call NR, without which they do not go on; or
 * NULL.
 */
const struct call *base_older(uint32_t nr);
