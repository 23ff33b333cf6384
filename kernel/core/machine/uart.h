/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uart.h - the 16550 serial port of the device tree.
 */
#pragma once

/* Boot, when it is mapped: lets receive interrupts come. */
void uart_init(void);
/* Stores what has come in, for console_getc(), and calls who takes it. */
void uart_interrupt(void);
