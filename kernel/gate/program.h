/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.h - the programs of filters, which are checked when they are made. Equal programs are one
 * object. Called by filter.c, bootfilter.c and sys_seccomp.c.
 */
#pragma once

#include "seccomp.h"

/*
 * Allocates a program of LEN instructions (1 to BPF_MAXINSNS), which the caller fills in; NULL: no
 * memory. program_share() or program_discard() must follow.
 */
[[nodiscard]] struct seccomp_program *program_alloc(uint32_t len);
/* Frees a program that was not shared. */
void program_discard(struct seccomp_program *p);

/*
 * The shared program that is equal to P, with a reference: one that exists, or P itself after a
 * check. P comes from program_alloc() with its instructions filled in, and is taken over in any
 * case. NULL: P is refused, and *WHY has err EINVAL, the reason and the instruction; or there is no
 * memory, and err is ENOMEM.
 */
const struct seccomp_program *program_share(struct seccomp_program *p, struct seccomp_refusal *why);

/* Gives up a reference to a shared program. */
void program_put(const struct seccomp_program *p);
