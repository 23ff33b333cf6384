/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asm_text.h - a program as assembler text with labels, names and comments, which
 * read_asm.c reads back bit for bit.
 */
#pragma once

#include "rules.h"

/*
 * For each instruction that compares the call's number or the architecture with a constant: the
 * constant's name, NULL for all others. The names of calls are those of the architecture that was
 * compared before.
 */
const char *const *asm_comments(struct arena *arena, const struct sock_filter *insns, uint32_t len);

/*
 * The text of a program that seccomp_check() took: one instruction a line, targets of jumps as
 * labels, names for what is loaded, and for a number that is compared with the call's number or the
 * architecture a comment with its name. Lives in the arena.
 */
const char *asm_text(struct arena *arena, const struct sock_filter *insns, uint32_t len);
