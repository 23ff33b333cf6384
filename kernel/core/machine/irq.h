/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * irq.h - interrupts: the timer, and the serial line through the PLIC.
 */
#pragma once

/* At boot, after the devices are mapped: enables both kinds of interrupts. */
void irq_init(void);
/*
 * Serves whatever is pending. Called from trap_user(), from the idle loop, and wherever the kernel
 * gives way.
 */
void irq_serve(void);
