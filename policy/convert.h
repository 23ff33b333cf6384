/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * convert.h - filters and policies in other forms.
 */
#pragma once

#include "ask.h"
#include "command.h"
#include "compile.h"
#include "seccomp.h"

/*
 * Compiles P and proves the program equal to it; without ASKER, it is proved later. NULL after a
 * line on stderr: P does not fit into a filter, or the compiler made a wrong one of it.
 */
const struct sock_filter *compile_proved(struct invocation *in, struct stack *stack, struct asker *asker,
					 const struct policy *p, uint32_t *len);

/* Is INSNS, P's program, proved equal to it? If not, a line on stderr says why. */
bool is_proved(struct stack *stack, struct asker *asker, const struct policy *p, const struct sock_filter *insns,
	       uint32_t len);

/*
 * Compiles P, proves the program equal to it and writes it to the invocation's output in form
 * TO: raw, c, h, asm, json or pfc.
 */
enum status convert_policy(struct invocation *in, struct stack *stack, const struct policy *p, const char *to);

/*
 * Each writes P, of which INSNS is the program. False after an error note:
 * P cannot be said in that form.
 */
bool convert_raw(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
bool convert_c(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
bool convert_h(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
bool convert_asm(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
bool convert_json(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
bool convert_pfc(FILE *to, struct stack *stack, const struct policy *p, const struct sock_filter *insns, uint32_t len);
