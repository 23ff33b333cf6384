/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * query.h - a call as it is asked about: openat(AT_FDCWD, *, O_WRONLY|O_CREAT), in
 * strace's form; `*` is any value.
 */
#pragma once

#include "ask.h"
#include "names.h"

struct query {
	const char *text;	  /* as it was given */
	struct seccomp_data data; /* what is known; 0 elsewhere */
	bool known[6];		  /* of each argument */
};

/*
 * Reads TEXT: a name or number, and arguments in brackets, by position or as name=value. What is
 * missing, `*`, `...`, a string, a structure or a pointer that strace shows by its contents is any
 * value; what follows the bracket is left aside. False after an error note.
 */
bool query_parse(struct arena *arena, struct notes *notes, const char *text, struct query *q);

/* The same of a call of another architecture, by its AUDIT_ARCH_ token. */
bool query_parse_of(struct arena *arena, struct notes *notes, const char *text, uint32_t arch, struct query *q);

/* The call that it is about, or NULL if the architecture has none of that number. */
const struct call *query_call(const struct query *q);

/*
 * May an operand be a call rather than a file? It has a bracket or is a call's
 * name, and no such file is there.
 */
bool query_likely(const char *operand);

/*
 * What is known of the call, as a term. TO_LINUX: the upper half of an int, at which Linux does not
 * look, is any.
 */
Z3_ast query_term(struct symbols *sym, const struct query *q, bool to_linux);

/* CALL, which query_call() has returned, with what its arguments mean where some are known. */
struct call query_meant(const struct query *q, const struct call *call);

/* The call with its arguments as they were understood, `*` for what is not known. */
const char *query_text(struct arena *arena, const struct query *q);

/* Are all six words known, also those that are no argument of the call? */
bool query_known(const struct query *q);

/* Is every argument that the call has known? */
bool query_complete(const struct query *q);
