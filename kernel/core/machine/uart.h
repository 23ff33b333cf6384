/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uart.h - the 16550 serial port of the device tree.
 */
#pragma once

/* At boot, when the port is mapped: uses it as the console, and enables its receive interrupt. */
void uart_init(void);
/*
 * The receive interrupt: stores the bytes that have come in, for console_getc(), and calls the
 * function of console_on_input().
 */
void uart_interrupt(void);
