/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - makes gates. What they lead to is in boot/trap.S; who goes through which, in filter_gate.c.
 */
#include "gate.h"

#include <abi/syscall.h>

#include "code.h"
#include "page.h"
#include "syscall.h"
#include "task.h"

struct gate gate_default, gate_judge_all, gate_strict;

static bool is_static(const struct gate *g)
{
	return g == &gate_default || g == &gate_judge_all || g == &gate_strict;
}

void gate_init(void)
{
	static const uint16_t strict[] = { __NR_read, __NR_write, __NR_exit, __NR_rt_sigreturn };

	seccomp_answers_init(&gate_default.answers);
	for (unsigned nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		gate_default.entries.entry[nr] = gate_call;
		gate_judge_all.entries.entry[nr] = gate_judge;
		gate_strict.entries.entry[nr] = gate_judge;
	}
	for (size_t i = 0; i < syscall_special_count; i++)
		gate_default.entries.entry[syscall_specials[i].nr] = syscall_specials[i].entry;
	for (unsigned i = 0; i < sizeof(strict) / sizeof(strict[0]); i++)
		gate_strict.entries.entry[strict[i]] = gate_default.entries.entry[strict[i]];
}

/* Where call NR goes whose constant answer is RET, or 0 if it has none; the caller has left no errno that does not fit. */
static gate_code entry_for(uint32_t nr, uint32_t ret)
{
	if ((ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
		return gate_default.entries.entry[nr];
	return (ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO ? gate_errno : gate_judge;
}

struct gate *gate_create(const struct seccomp_answers *answers)
{
	struct gate *g = kmalloc(sizeof(*g));

	if (!g)
		return NULL;
	g->refs = 1;
	g->answers = *answers;
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		g->entries.entry[nr] = entry_for(nr, answers->ret[nr]);
	return g;
}

struct gate *gate_get(struct gate *g)
{
	if (!is_static(g))
		g->refs++;
	return g;
}

void gate_put(struct gate *g)
{
	if (is_static(g) || --g->refs != 0)
		return;
	code_put(g->code);
	kfree(g);
}

void gate_set(struct gate *g)
{
	struct gate *old = current->gate;

	current->gate = g;
	hart.gate = &g->entries;
	if (old)
		gate_put(old);
}
