/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.h - the table through which a task's system calls are dispatched:
 * the verdict, decided in advance.
 *
 * One entry per number: where boot/trap.S jumps. It is the call's own entry where every filter of
 * the stack allows the number whatever the arguments, gate_errno where the answer is always the
 * same ERRNO, and gate_judge for everything else. Tasks with the same stack share a gate. An empty
 * slot is impossible: gate_create() fills all 512, with gate_judge where it has nothing better.
 *
 * `refs` counts the tasks that go through it and the filters that keep it for the next task; the
 * static three are not counted. hart.gate is the current task's, so that gate is never freed.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gate_table.h"
#include "seccomp.h"

struct seccomp_newer;

/* A piece of boot/trap.S. Not a C function: it runs on the user's registers. */
typedef void (*gate_code)(void);

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

/* boot/trap.S: what entries point to, besides the quick handlers named in calls.def. */
void gate_judge(void);	   /* saves everything, calls judge() */
void gate_errno(void);	   /* returns -ret[nr]'s data; from trap_entry only */
void gate_refuse(void);	   /* returns a0, which generated code has set */
void gate_call(void);	   /* a handler in C: saves what C may clobber */
void gate_call_full(void); /* a handler in C that needs the whole trapframe */

/* The gate of tasks without filters: every call's own entry. Static, never freed. */
extern struct gate gate_default;
/* Every entry is the judge: for traced tasks, and for stacks with SELF filters. */
extern struct gate gate_judge_all;
/* Mode strict: read, write, exit and rt_sigreturn; the rest goes to the judge, who kills. */
extern struct gate gate_strict;

/* Boot: fills the static gates. */
void gate_init(void);

/*
 * At boot: from now on every gate, the static ones too, has room for counts behind its page. False:
 * no memory.
 */
bool gate_make_room(void);

/* How often each call went through G; only while calls are counted. */
static inline uint64_t *gate_counts(const struct gate *g)
{
	return (uint64_t *)((char *)gate_ret(g) + sizeof(struct gate_page));
}

/* A gate for the answers of a stack, one reference; NULL when there is no memory. */
[[nodiscard]] struct gate *gate_create(const struct seccomp_answers *answers);
/* The answers that a gate was made for. */
void gate_answers(const struct gate *g, struct seccomp_answers *answers);
/* Is the answer to number NR the same whatever the arguments? Then it is stored in *RET. */
bool gate_knows(const struct gate *g, uint32_t nr, uint32_t *ret);
struct gate *gate_get(struct gate *g);

void gate_put(struct gate *g);

/*
 * Who works out of programs what a gate's table does not say; without kernel/linux/jit nobody does,
 * and the judge runs them.
 */
struct gate_coder {
	/* seccomp_range_program() */
	void (*range)(struct seccomp_range *range, const struct sock_filter *insns, uint32_t nr, uint32_t arch);
	/*
	 * Replaces entries of G that lead to the judge by generated code, for numbers of which the
	 * newest filter, NEWER, asks for arguments. BELOW is the gate of the stack without it
	 * (gate_default when there are no others). Where memory is missing, the judge stays. Lets
	 * other tasks run now and then.
	 */
	void (*add)(struct gate *g, const struct gate *below, const struct seccomp_newer *newer);
	/*
	 * The newest filter of G's stack is the one below it once more, so the code that the gate
	 * BELOW has is G's, too.
	 */
	void (*share)(struct gate *g, const struct gate *below);
	/* A gate with this code goes: one reference. */
	void (*put)(struct code *c);
};

extern const struct gate_coder *gate_coder; /* or NULL */

/* The current task goes through G from now on (takes over the reference). */
void gate_set(struct gate *g);
