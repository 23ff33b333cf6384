/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uart.h - the 16550 serial port of the device tree.
 */
#pragma once

/* Boot, after machine_read: maps it, lets receive interrupts come. */
void uart_init(void);
/* Stores what has come in, for console_getc(), and wakes who waits for it. */
void uart_interrupt(void);
