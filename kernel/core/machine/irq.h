/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * irq.h - interrupts: the timer, and the serial line through the PLIC.
 */
#pragma once

/* Boot, after the devices are mapped: lets both come. */
void irq_init(void);
/* Serves whatever is pending; from trap_user and from the idle loop. */
void irq_serve(void);
