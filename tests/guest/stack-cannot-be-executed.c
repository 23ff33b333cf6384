/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack-cannot-be-executed - the stack is not executable.
 */
#include "guest.h"

int main(void)
{
#ifdef __riscv
	volatile uint16_t code[] = { 0x8082, 0x8082 };
#else
	volatile uint8_t code[] = { 0xc3, 0xc3 };
#endif

	((void (*)(void))(uintptr_t)code)();
	return 0;
}
