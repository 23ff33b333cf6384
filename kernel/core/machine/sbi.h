/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sbi.h - the firmware's services that the kernel uses [sbi 2.0].
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Requests a timer interrupt for when the time CSR reaches TICKS; UINT64_MAX: none [sbi 6.1]. */
void sbi_set_timer(uint64_t ticks);
/* Turns the machine off, or restarts it. QEMU exits with 0, whatever the reason was [sbi 10.1]. */
_Noreturn void sbi_shutdown(bool restart);
/* The machine-mode registers of these names, which say who made this hart [sbi 4.5 to 4.7]. */
uint64_t sbi_vendor_id(void);
uint64_t sbi_architecture_id(void);
uint64_t sbi_implementation_id(void);
/* Writes a byte to the firmware's console, until the kernel has its own [sbi 5.2]. */
void sbi_putchar(char c);
