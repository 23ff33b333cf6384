/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uart.h - the 16550 serial port of the device tree.
 */
#pragma once

/* At boot, when the port is mapped: lets receive interrupts come. */
void uart_init(void);
/*
 * Stores the bytes that have come in, for console_getc(), and calls the function that takes them.
 */
void uart_interrupt(void);
