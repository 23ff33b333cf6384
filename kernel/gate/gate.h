/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.h - gates: the table through which a task's system calls are dispatched, with the verdict of
 * its filters decided in advance.
 *
 * A gate has one entry for each number below SECCOMP_GATE_NRS: the address to which boot/trap.S
 * jumps. It is the call's own entry where every filter of the stack allows the number whatever the
 * arguments; gate_errno where the answer is always the same ERRNO; generated code that looks at the
 * arguments (gate_coder); and gate_judge for everything else. gate_create() fills in every entry,
 * so none is empty. Tasks with equal stacks share a gate.
 *
 * `refs` counts the tasks that go through the gate, and the filters whose stack has it. The three
 * static gates are not counted. hart.gate is the current task's gate, which is therefore never
 * freed.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate_table.h"
#include "seccomp.h"

struct seccomp_newer;

/* A piece of boot/trap.S. Not a C function: it runs on the user's registers. */
typedef void (*gate_code)(void);

/* The constant answers of G, by number. They lie before the entries, in the same page. */
static inline uint32_t *gate_ret(const struct gate *g)
{
	return ((struct gate_page *)((char *)g->entries - offsetof(struct gate_page, entries)))->ret;
}

static inline gate_code gate_entry(const struct gate *g, uint32_t nr)
{
	return (gate_code)(int64_t)(int32_t)g->entries->entry[nr];
}

static inline void gate_set_entry(struct gate *g, uint32_t nr, gate_code to)
{
	g->entries->entry[nr] = (uint32_t)(uint64_t)to;
}

/* boot/trap.S: what entries lead to, besides the quick handlers of calls.def. */
void gate_judge(void);	   /* saves all registers, and calls judge() */
void gate_errno(void);	   /* returns minus the data of the gate's constant answer; from trap_entry only */
void gate_refuse(void);	   /* returns a0, which generated code has set */
void gate_call(void);	   /* calls a handler in C; saves only what C may change */
void gate_call_full(void); /* calls a handler in C that needs the whole trapframe */

/* The gate of tasks without filters: every call's own entry. Static, never freed. */
extern struct gate gate_default;
/* Every entry is the judge: for traced tasks, and for stacks with SELF filters. */
extern struct gate gate_judge_all;
/*
 * Of mode strict: read, write, exit and rt_sigreturn have their own entries; the judge kills for
 * others.
 */
extern struct gate gate_strict;

/* At boot: fills in the static gates. */
void gate_init(void);

/*
 * At boot, if calls are to be counted: from now on every gate, the static ones too, has room for
 * counts behind its page. False: no memory.
 */
bool gate_make_room(void);

/*
 * The counts of the calls that went through G, in the form of count.h; only while calls are
 * counted.
 */
static inline uint64_t *gate_counts(const struct gate *g)
{
	return (uint64_t *)((char *)gate_ret(g) + sizeof(struct gate_page));
}

/*
 * Makes a gate for the ANSWERS of a stack: one reference, or NULL when there is no memory. The
 * caller fills in low and high.
 */
[[nodiscard]] struct gate *gate_create(const struct seccomp_answers *answers);
/* Stores in *ANSWERS those for which G was made. */
void gate_answers(const struct gate *g, struct seccomp_answers *answers);
/*
 * Is the answer to number NR, of all 2^32, the same whatever the arguments? Then stores it in *RET.
 */
bool gate_knows(const struct gate *g, uint32_t nr, uint32_t *ret);
/* Take and give up a reference. A gate that nobody holds any more is freed, with its code. */
struct gate *gate_get(struct gate *g);
void gate_put(struct gate *g);

/*
 * What kernel/linux/jit does for gates: it works out of programs what a gate's table cannot say.
 * Without it the judge runs the programs.
 */
struct gate_coder {
	/* Does seccomp_range_program(). */
	void (*range)(struct seccomp_range *range, const struct sock_filter *insns, uint32_t nr, uint32_t arch);
	/*
	 * Replaces entries of G that lead to the judge by generated code, for those numbers for
	 * which the newest filter, NEWER, looks at arguments. BELOW is the gate of the stack
	 * without it (gate_default if it is the only filter). Where memory is missing, the judge
	 * stays. Lets other tasks run now and then.
	 */
	void (*add)(struct gate *g, const struct gate *below, const struct seccomp_newer *newer);
	/*
	 * The newest filter of G's stack repeats the one below it, so G uses the code that the gate
	 * BELOW has, too.
	 */
	void (*share)(struct gate *g, const struct gate *below);
	/* A gate with this code is freed: gives up its reference to the code. */
	void (*put)(struct code *c);
};

extern const struct gate_coder *gate_coder; /* or NULL */

/* The current task goes through G from now on. The caller's reference is taken over. */
void gate_set(struct gate *g);
