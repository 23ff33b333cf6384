/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * irq.h - interrupts: the timer, and the serial line through the PLIC.
 */
#pragma once

/* At boot, after the devices are mapped: lets both kinds of interrupts come. */
void irq_init(void);
/* Serves whatever is pending. Called from trap_user() and from the idle loop. */
void irq_serve(void);
