/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-sees-the-address-after-the-call - instruction_pointer is the address of the
 * instruction that follows the call.
 */
#include "guest.h"

#ifdef __riscv
#define TRAP_INSTRUCTION "ecall"
#define CLOBBERED "a0", "a7"
#define SET_GETPPID "li a7, 173\n"
#define RESULT "mv %0, a0"
#else
#define TRAP_INSTRUCTION "syscall"
#define CLOBBERED "rax", "rcx", "r11"
#define SET_GETPPID "mov $110, %%eax\n"
#define RESULT "mov %%rax, %0"
#endif

extern const char after_the_call[];

__attribute__((noinline)) static long call(void)
{
	long result;

	__asm__ volatile(SET_GETPPID TRAP_INSTRUCTION "\n"
						      ".globl after_the_call\nafter_the_call:\n" RESULT
			 : "=r"(result)
			 :
			 : CLOBBERED, "memory");
	return result;
}

int main(void)
{
	const unsigned long address = (unsigned long)after_the_call;

	CHECK(call() > 0);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(8), SKIP_UNLESS((uint32_t)address, 3), LOAD(12),
		      SKIP_UNLESS((uint32_t)(address >> 32), 1), RETURN(ERRNO(33)), ALLOW) == 0);
	CHECK(call() == -33);
	CHECK(raw0(SYS_getppid) > 0);
	return 0;
}
