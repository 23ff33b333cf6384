/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * data-cannot-be-executed - writable data is not executable.
 */
#include "guest.h"

#ifdef __riscv
static uint16_t code[] = { 0x8082 }; /* ret */
#else
static uint8_t code[] = { 0xc3 };
#endif

int main(void)
{
	((void (*)(void))(uintptr_t)code)();
	return 0;
}
