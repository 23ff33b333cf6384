/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * say.h - answers, calls, conditions and rules in words, the same in all that portcullis prints.
 */
#pragma once

#include "names.h"
#include "rules.h"

/* ALLOW, ERRNO(EPERM), KILL_PROCESS, TRAP(7). */
const char *say_answer(struct arena *arena, uint32_t ret);

/* The call of that number: its name, or syscall_600. */
const char *say_call_name(struct arena *arena, uint32_t nr);

/*
 * N bytes that a program chose, a string or a name, as they may stand in quotes: what is no ASCII
 * or could deceive a reader is escaped.
 */
const char *say_escaped(struct arena *arena, const void *text, size_t n);

/*
 * A call with its arguments as strace has them; for another architecture than riscv64,
 * with plain numbers and its name.
 */
const char *say_call(struct arena *arena, const struct seccomp_data *data);

/*
 * "flags & 0x7e020000 == 0", with the argument's name if the call (NULL: any) has one; else
 * args[0].
 */
const char *say_condition(struct arena *arena, const struct call *call, const struct condition *c);

/* All conditions of the rule with "and" between them; "" if it has none. */
const char *say_conditions(struct arena *arena, const struct rule *r);

/*
 * A value of what the condition looks at: "0x10000000", or as the argument is written:
 * "CLONE_NEWUSER".
 */
const char *say_seen(struct arena *arena, const struct call *call, const struct condition *c, uint64_t value);

/*
 * The place as a rule's is shown, with the file only if SHORT is false: ":671", "docker.json:671".
 */
const char *say_place(struct arena *arena, struct place at, bool brief);

/* Architecture tokens: "riscv64", "x86_64", or the number. */
const char *say_arch(struct arena *arena, uint32_t arch);

/*
 * Words and the end of the line, in lines of at most 79 columns: the first begins in COLUMN, the
 * others with INDENT.
 */
void say_words(FILE *to, const char *text, size_t column, const char *indent);

/*
 * The line TEXT in lines of at most COLUMNS, broken at blanks; all but the first are indented. No
 * line feed stands at the end.
 */
const char *say_folded(struct arena *arena, const char *text, size_t columns);

/*
 * Names with blanks between them, in lines of at most 79 columns that begin with INDENT: three
 * lines, unless ALL.
 */
void say_names(FILE *to, const char *names, const char *indent, bool all);
