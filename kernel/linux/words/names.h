/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.h - what the files of this folder share.
 */
#pragma once

#include <stdint.h>

#include "seccomp.h"

/* absent.c: as words_option(). */
const char *absent_find_name(const char *call, const char *what, uint64_t number);
/* symbols.c: as words_function(). */
const char *symbol_name(uint64_t addr, uint64_t *offset);
/*
 * verdict_line.c: as words->explain. The line has the call, the verdict, the filter that gave it,
 * and what every other filter answered.
 */
void words_explain(const struct seccomp_data *data);
/* verdict_line.c: as words->not_installed. */
void words_not_installed(int err, const char *why, uint32_t pc);
