/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sbi.c - calls the firmware: see sbi.h. Called by time.c, power.c, uart.c (before the serial port
 * is mapped), rows.c and the calls about the hart.
 */
#include "sbi.h"

#define EXT_LEGACY_PUTCHAR 1
#define EXT_BASE 0x10
#define BASE_MVENDORID 4
#define BASE_MARCHID 5
#define BASE_MIMPID 6
#define EXT_TIME 0x54494d45UL
#define EXT_SRST 0x53525354UL
#define SRST_SHUTDOWN 0
#define SRST_COLD_REBOOT 1

/* Calls the firmware. Its answer, or 0 when it reports an error. */
static uint64_t sbi_call(uint64_t extension, uint64_t function, uint64_t arg0, uint64_t arg1)
{
	register uint64_t a0 __asm__("a0") = arg0;
	register uint64_t a1 __asm__("a1") = arg1;
	register uint64_t a6 __asm__("a6") = function;
	register uint64_t a7 __asm__("a7") = extension;

	__asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a6), "r"(a7) : "memory");
	return a0 == 0 ? a1 : 0;
}

void sbi_set_timer(uint64_t ticks)
{
	(void)sbi_call(EXT_TIME, 0, ticks, 0);
}

uint64_t sbi_vendor_id(void)
{
	return sbi_call(EXT_BASE, BASE_MVENDORID, 0, 0);
}

uint64_t sbi_architecture_id(void)
{
	return sbi_call(EXT_BASE, BASE_MARCHID, 0, 0);
}

uint64_t sbi_implementation_id(void)
{
	return sbi_call(EXT_BASE, BASE_MIMPID, 0, 0);
}

void sbi_putchar(char c)
{
	(void)sbi_call(EXT_LEGACY_PUTCHAR, 0, (uint8_t)c, 0);
}

_Noreturn void sbi_shutdown(bool restart)
{
	(void)sbi_call(EXT_SRST, 0, restart ? SRST_COLD_REBOOT : SRST_SHUTDOWN, 0);
	for (;;)
		__asm__ volatile("wfi");
}
