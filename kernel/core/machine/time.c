/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time.c - the clock, the timer interrupt, and the end of a task's turn (its time slice). There is
 * no periodic tick: an interrupt is requested only for when a timer is due, or a turn ends while
 * other tasks wait.
 */
#include "time.h"

#include <vvar.h>

#include "machine.h"
#include "options.h"
#include "panic.h"
#include "riscv.h"
#include "sbi.h"
#include "timespec.h"

#define TURN_NSEC 10000000UL /* a task's turn while others wait: 10 ms */

#define FIRED_AT_ONCE 64 /* timers that one interrupt fires; the next interrupt fires more */

uint64_t time_turn_end = TIME_NEVER;
static uint64_t interrupt_at = TIME_NEVER; /* when the requested interrupt is due */
static uint64_t boot_realtime;		   /* CLOCK_REALTIME when time began, in ns since 1970 */
static struct vvar unread;		   /* stands for the page [vvar] in an image without a vDSO */
static struct vvar *vvar = &unread;	   /* from what the vDSO computes the time, besides the time CSR */
static uint64_t ns_per_tick;		   /* of the time CSR; 0: not a whole number, or time began after the machine */
static uint64_t beginning;		   /* the time CSR when time began, in ns */
static void (*on_tick)(void);

uint64_t time_now(void)
{
	/* QEMU's clock has 10 MHz, and most others divide a second evenly, too. */
	if (ns_per_tick != 0)
		return csr_read(time) * ns_per_tick;
	return vvar_convert(csr_read(time), machine.timebase, NSEC_PER_SEC) - beginning;
}

/* The value of the time CSR at the time NS. */
static uint64_t ticks_at(uint64_t ns)
{
	if (ns_per_tick != 0)
		return ns / ns_per_tick;
	return vvar_convert(ns + beginning, NSEC_PER_SEC, machine.timebase);
}

uint64_t time_realtime(void)
{
	return boot_realtime + time_now();
}

uint64_t time_boot_realtime(void)
{
	return boot_realtime;
}

void time_publish(struct vvar *v)
{
	v->timebase = machine.timebase;
	v->monotonic_offset = -beginning;
	v->realtime_offset = boot_realtime - beginning;
	vvar = v;
}

void time_set_zone(const int32_t zone[2])
{
	vvar->zone = (uint64_t)(uint32_t)zone[1] << 32 | (uint32_t)zone[0];
}

uint64_t time_zone(void)
{
	return vvar->zone;
}

void time_init(bool begins)
{
	csr_write(scounteren, COUNTEREN_ALL);
	if (begins)
		beginning = time_now();
	else if (NSEC_PER_SEC % machine.timebase == 0)
		ns_per_tick = NSEC_PER_SEC / machine.timebase;
	if (machine.rtc.size == 0)
		return;

	/* Goldfish RTC: reading the low word latches the high one. */
	volatile uint32_t *rtc = page_virt(machine.rtc.start);
	const uint64_t low = rtc[0];
	const uint64_t now = (uint64_t)rtc[1] << 32 | low;

	boot_realtime = now - time_now();
}

/*
 * With `budget=` on the command line, an interrupt is requested every 100 us. If one is served
 * later than the budget allows, the kernel has not looked for interrupts for too long: some loop
 * lacks a sched_give_way().
 */
#define BUDGET_LOOK_NSEC 100000UL
static uint64_t next_look; /* when the next of these interrupts is to come */
static uint64_t due;	   /* when the requested interrupt can come: interrupt_at, or when it was requested */

static void check_budget(uint64_t now)
{
	if (!KASSERTS || options.budget == 0)
		return;
	if (interrupt_at != TIME_NEVER && now > due + options.budget * 1000UL)
		panic("budget: interrupts were off for %lu us", (unsigned long)((now - due) / 1000));
	next_look = now + BUDGET_LOOK_NSEC;
}

void time_spare(uint64_t ns)
{
	if (KASSERTS)
		due += ns;
}

static void ask_for_interrupt(void)
{
	uint64_t at = time_turn_end;

	if (KASSERTS && options.budget != 0 && next_look == 0)
		next_look = time_now() + BUDGET_LOOK_NSEC;
	if (KASSERTS && options.budget != 0 && next_look < at)
		at = next_look;

	if (timer_next() < at)
		at = timer_next();
	if (at == interrupt_at)
		return;
	interrupt_at = at;
	due = KASSERTS && options.budget != 0 && at < time_now() ? time_now() : at;
	if (at == TIME_NEVER) {
		sbi_set_timer(UINT64_MAX);
		return;
	}
	sbi_set_timer(ticks_at(at) + 1); /* without + 1, rounding could make it come before AT */
}

void time_on_tick(void (*tick)(void))
{
	on_tick = tick;
}

void time_begin_turns(void)
{
	time_turn_end = time_now() + TURN_NSEC;
	ask_for_interrupt();
}

void time_end_turn_within(uint64_t ns)
{
	const uint64_t at = time_now() + ns;

	if (at < time_turn_end) {
		time_turn_end = at;
		ask_for_interrupt();
	}
}

void time_interrupt(void)
{
	const uint64_t now = time_now();
	struct timer *t;

	check_budget(now);
	interrupt_at = 0; /* it has come. If no other is requested, it comes again and again (livelock) */
	for (unsigned n = 0; n < FIRED_AT_ONCE && (t = timer_take(now)) != NULL; n++)
		t->fire(t);
	if (time_turn_end <= now) {
		time_turn_end = TIME_NEVER;
		on_tick();
	}
	ask_for_interrupt();
}

void timer_start(struct timer *t, uint64_t deadline)
{
	timer_put(t, deadline);
	ask_for_interrupt();
}

bool time_set_realtime(uint64_t ns)
{
	const uint64_t now = time_now();

	if (ns < now)
		return false;
	boot_realtime = ns - now;
	vvar->realtime_offset = boot_realtime - beginning;
	return true;
}
