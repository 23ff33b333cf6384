/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.h - the programs of filters: equal ones are one object.
 */
#pragma once

#include "seccomp.h"

/*
 * Memory for a program of LEN instructions (1 to BPF_MAXINSNS), with `len` filled in; NULL when
 * there is none. It is not shared yet: program_share() or program_discard() follows.
 */
[[nodiscard]] struct seccomp_program *program_alloc(uint32_t len);
void program_discard(struct seccomp_program *p);

/*
 * The one shared program that is equal to P, which comes from program_alloc() with its instructions
 * filled in; one reference. P is taken over in any case. A program that is new is checked, and *WHY
 * says how that went: err is 0, EINVAL (with reason and index) or ENOMEM. NULL unless 0.
 */
const struct seccomp_program *program_share(struct seccomp_program *p, struct seccomp_refusal *why);

void program_put(const struct seccomp_program *p);
