/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * power.c - turns the machine off: see power.h. The finisher is QEMU's device "sifive,test0".
 */
#include "power.h"

#include <stddef.h>

#include "machine.h"
#include "panic.h"
#include "rows.h"
#include "sbi.h"

#define FINISHER_PASS 0x5555U
#define FINISHER_FAIL 0x3333U

void (*power_at_end)(unsigned status);

/* Does what is due at the end of a run. Does not return if another row (rows.h) is to run. */
static void end_run(unsigned status)
{
	void (*at_end)(unsigned) = power_at_end;

	power_at_end = NULL; /* once only: it may panic, and come here again */
	if (at_end != NULL)
		at_end(status);
	if (status != PANIC_STATUS)
		rows_end(status);
}

_Noreturn void power_off(unsigned status)
{
	end_run(status);
	if (machine.finisher.size != 0) {
		volatile uint32_t *finisher = page_virt(machine.finisher.start);

		*finisher = status == 0 ? FINISHER_PASS : status << 16 | FINISHER_FAIL;
		/*
		 * QEMU lets the hart run for a while. Another request could change the exit status.
		 */
		for (;;)
			__asm__ volatile("wfi");
	}
	sbi_shutdown(false);
}

_Noreturn void power_restart(void)
{
	end_run(0);
	sbi_shutdown(true);
}
