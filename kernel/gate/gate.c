/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - makes gates, counts their holders and frees them. What their entries lead to is in
 * boot/trap.S; filter_gate.c decides which task goes through which gate.
 */
#include "gate.h"

#include <string.h>

#include <abi/syscall.h>

#include "count.h"
#include "kassert.h"
#include "report.h"
#include "page.h"
#include "syscall.h"
#include "task.h"
#include "way.h"

struct gate gate_default, gate_judge_all, gate_strict;
const struct gate_coder *gate_coder;
const struct gate_counter *gate_counter;

static unsigned page_order; /* of a gate's memory: 0, or 1 while calls are counted: a second page has the counts */

static bool is_static(const struct gate *g)
{
	return g == &gate_default || g == &gate_judge_all || g == &gate_strict;
}

void gate_init(void)
{
	static const uint16_t strict[] = { __NR_read, __NR_write, __NR_exit, __NR_rt_sigreturn };
	static struct gate_page pages[3];

	gate_default.entries = &pages[0].entries;
	gate_judge_all.entries = &pages[1].entries;
	gate_strict.entries = &pages[2].entries;
	memset(gate_default.constant, 0xff, sizeof(gate_default.constant));
	gate_default.low = (struct seccomp_range){ .last = UINT32_MAX, .ret = SECCOMP_RET_ALLOW, .constant = true };
	gate_default.high = gate_default.low;
	for (unsigned nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		pages[0].ret[nr] = SECCOMP_RET_ALLOW;
		gate_set_entry(&gate_default, nr, gate_call);
		gate_set_entry(&gate_judge_all, nr, gate_judge);
		gate_set_entry(&gate_strict, nr, gate_judge);
	}
	for (size_t i = 0; i < syscall_special_count; i++)
		gate_set_entry(&gate_default, syscall_specials[i].nr, syscall_specials[i].entry);
	for (unsigned i = 0; i < sizeof(strict) / sizeof(strict[0]); i++)
		gate_set_entry(&gate_strict, strict[i], gate_entry(&gate_default, strict[i]));
}

bool gate_make_room(void)
{
	struct gate *const gates[] = { &gate_default, &gate_judge_all, &gate_strict };

	page_order = 1;
	for (size_t i = 0; i < sizeof(gates) / sizeof(gates[0]); i++) {
		struct gate_page *page = page_alloc(page_order);

		if (page == NULL)
			return false;
		memcpy(page, gate_ret(gates[i]), sizeof(*page));
		gates[i]->entries = &page->entries;
		memset(gate_counts(gates[i]), 0, PAGE_SIZE);
	}
	return true;
}

/*
 * Where a call goes whose answer is RET: 0 (KILL_THREAD, so the judge) when it depends on the
 * arguments; NULL where it runs. TOLD: refusals are reported, so it may not be gate_errno, which
 * reports nothing.
 */
static gate_code refusal_for(uint32_t ret, bool told)
{
	switch (seccomp_way_constant(ret)) {
	case SECCOMP_WAY_RUN:
		return NULL;
	case SECCOMP_WAY_ERRNO:
		return told ? gate_judge : gate_errno;
	default:
		return gate_judge;
	}
}

struct gate *gate_create(const struct seccomp_answers *answers)
{
	struct gate *g = kmalloc(sizeof(*g));
	struct gate_page *page = page_alloc(page_order);
	const bool told = report_refusals();
	uint32_t before = SECCOMP_RET_KILL_THREAD;
	gate_code refusal = gate_judge;

	if (g == NULL || page == NULL) {
		if (page != NULL)
			page_free(page, page_order);
		kfree(g);
		return NULL;
	}
	g->refs = 1;
	g->entries = &page->entries;
	memcpy(g->constant, answers->constant, sizeof(g->constant));
	memcpy(page->ret, answers->ret, sizeof(page->ret));
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const uint32_t ret = answers->ret[nr];

		if (ret != before) { /* most numbers get the answer of the one before */
			before = ret;
			refusal = refusal_for(ret, told);
			if ((ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_USER_NOTIF)
				g->notifies = true;
		}
		gate_set_entry(g, nr, refusal != NULL ? refusal : gate_entry(&gate_default, nr));
	}
	return g;
}

void gate_answers(const struct gate *g, struct seccomp_answers *answers)
{
	memcpy(answers->constant, g->constant, sizeof(g->constant));
	memcpy(answers->ret, gate_ret(g), sizeof(answers->ret));
}

bool gate_knows(const struct gate *g, uint32_t nr, uint32_t *ret)
{
	const struct seccomp_range *range = nr <= g->low.last ? &g->low : &g->high;

	if (nr < SECCOMP_GATE_NRS) {
		*ret = gate_ret(g)[nr];
		return g->constant[nr / 64] >> nr % 64 & 1;
	}
	*ret = range->ret;
	return range->constant && nr >= range->first;
}

struct gate *gate_get(struct gate *g)
{
	KASSERT(is_static(g) || g->refs != 0);
	if (!is_static(g))
		g->refs++;
	return g;
}

void gate_put(struct gate *g)
{
	KASSERT(is_static(g) || g->refs != 0);
	if (is_static(g) || --g->refs != 0)
		return;
	KASSERT(current == NULL || current->gate != g); /* the hart jumps through the current task's gate */
	if (counts_calls())
		gate_counter->freed(g);
	if (g->code != NULL)
		gate_coder->put(g->code);
	page_free(gate_ret(g), page_order);
	kfree(g);
}

void gate_set(struct gate *g)
{
	struct gate *old = current->gate;

	KASSERT(is_static(g) || g->refs != 0);
	KASSERT(hart.gate == old->entries);
	current->gate = g;
	hart.gate = g->entries;
	gate_put(old);
}
