/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show.h - the parts of `portcullis show`.
 */
#pragma once

#include "query.h"
#include "run_stack.h"

/*
 * cmd_show.c: which architecture's calls are meant: that of --arch, or, where a filter is made for
 * another one than riscv64, that. 0: --arch names none that is known.
 */
uint32_t show_arch(const struct invocation *in, const struct stack *stack);

/* show_policy.c: what a policy allows and refuses of the calls of ARCH. ALL: every name. */
void show_policy(FILE *to, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t arch, bool all);

/*
 * show_call.c: what the stack answers to the call, and why. HEAD: with the call and the answer in
 * a line of its own before that.
 */
enum status show_call(FILE *to, struct asker *asker, struct arena *arena, const struct run_stack *run,
		      const struct query *q, bool head, bool path);

/* show_call.c: may the answer of one of the filters depend on what is not known of the call? */
bool show_depends(struct asker *asker, struct arena *arena, const struct run_stack *run, const struct query *q);

/*
 * show_call.c: where policy P says outcome O: "docker.json:671", "default,
 * docker.json:2", "pc=5 of x.bpf".
 */
const char *show_reason(struct arena *arena, const struct policy *p, const struct outcome *o);

/*
 * show_call.c: for a call for which glibc or musl has another way, which it takes only when
 * there is no such call: the call that it makes then. NULL: it is none.
 */
const char *show_fallback(const char *name);

/* The hints for a call that is answered RET, a line each. */
void show_hint(FILE *to, const struct query *q, uint32_t ret);

/* Why the call, if it is one that installs a filter, failed with that errno. */
void show_failed(FILE *to, const struct query *q, const char *failed);

/*
 * show_why.c: the comparison of a program that led to its answer, wanted and seen, as far as the
 * argument is known; or that nothing in it looks for the call's number. Each line after INDENT.
 */
void show_why(FILE *to, struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
	      const char *indent);

/* show_map.c: the answers to numbers 0 to 511 in 8 lines. */
void show_map(FILE *to, struct asker *asker, const struct run_stack *run, uint32_t arch);

/* All answers, but for those behind the eighth: "ALLOW or ERRNO(EPERM)". */
const char *show_answers(struct arena *arena, const struct outcomes *o);

/* The outcomes of a subject for one number of an architecture. */
struct outcomes show_outcomes(struct asker *asker, const struct subject *s, uint32_t arch, uint32_t nr);
