/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sample.c - divides processor time into the user's and the kernel's, by where each tick finds the
 * task. [kernel/sched/cputime.c]
 *
 * The kernel runs with interrupts off. A tick that becomes due meanwhile is taken where the kernel
 * looks for interrupts, or else before the first instruction of the program behind its ecall.
 */
#include "sample.h"

#include "cputime.h"
#include "pte.h"
#include "riscv.h"
#include "signal.h"
#include "task.h"
#include "time.h"

#define ECALL 0x00000073U

/* The half of an instruction at ADDR, which is even; 0: its page is not in memory. */
static uint32_t instruction_half(uint64_t addr)
{
	const uint64_t *pte = pte_find(current->mm, addr, false);

	if (pte == NULL || (*pte & PTE_V) == 0)
		return 0;
	return *(const uint16_t *)((const char *)pte_page(*pte) + (addr & PAGE_MASK));
}

/* Does the tick interrupt the program, and not the kernel? */
static bool is_users(void)
{
	const uint64_t pc = current->frame->pc; /* a signal handler may have set it to any number */

	/*
	 * The cause may be that of another task's trap: then the current one has made a call, or
	 * ends and has no memory any more.
	 */
	if ((csr_read(scause) & CAUSE_INTERRUPT) == 0 || current->mm == NULL)
		return false;
	return pc < 4 || pc > USER_TOP || (instruction_half(pc - 4) | instruction_half(pc - 2) << 16) != ECALL;
}

/*
 * The next tick comes after 8 to 10 ms, so that a program that does the same again and again is not
 * found at the same place by each.
 */
static void next_tick(void)
{
	static uint32_t number = 1;

	number = number * 1664525 + 1013904223; /* [Knuth, volume 2, 3.3.4, table 1, line 16] */
	time_start_turns();
	time_end_turn_within(8000000UL + (number >> 11));
}

void sample_tick(void)
{
	struct task *t = current;
	const uint64_t now = sched_current_time(), passed = now - t->sampled;

	t->sampled = now;
	next_tick();
	if (is_users())
		return;
	t->usage.system += passed;
	cputime_system_total += passed;
}
