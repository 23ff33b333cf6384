/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.h - the programs of filters: equal ones are one object.
 */
#pragma once

#include "seccomp.h"

/*
 * Memory for LEN instructions (1 to BPF_MAXINSNS), len filled in, not shared yet; NULL when there
 * is none. Then program_discard() it, or program_share().
 */
[[nodiscard]] struct seccomp_program *program_alloc(uint32_t len);
void program_discard(struct seccomp_program *p);

/*
 * The one program that is equal to P (from program_alloc, instructions filled in), with a
 * reference; P is taken over in any case. A new one is checked: *WHY says how that went: err 0;
 * EINVAL with reason and index; or ENOMEM. NULL unless 0.
 */
const struct seccomp_program *program_share(struct seccomp_program *p, struct seccomp_refusal *why);

void program_put(const struct seccomp_program *p);
