/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-sees-both-halves-of-the-address - two calls whose instructions differ in the upper half of
 * their address only are two to a filter; to one whose answers are logged, too.
 */
#include "guest.h"

#define LOW 0x100000000UL
#define HIGH 0x300000000UL

#ifdef __riscv
/* li a7, 173; ecall; ret */
static const uint32_t code[] = { 0x0ad00893, 0x00000073, 0x00008067 };
#define BEHIND_CALL 8
#else
/* mov $110, %eax; syscall; ret */
static const uint8_t code[] = { 0xb8, 110, 0, 0, 0, 0x0f, 0x05, 0xc3 };
#define BEHIND_CALL 7
#endif

static void put_code(unsigned long at)
{
	void *const page =
		mmap((void *)at, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	CHECK((unsigned long)page == at);
	memcpy(page, code, sizeof(code));
	CHECK(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
#ifdef __riscv
	syscall(SYS_riscv_flush_icache, page, (char *)page + sizeof(code), 0);
#endif
}

static long call_at(unsigned long at)
{
	return ((long (*)(void))at)();
}

static void refuse_at(unsigned long at, unsigned flags, unsigned number)
{
	const unsigned long ip = at + BEHIND_CALL;

	CHECK(INSTALL(flags, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(8), SKIP_UNLESS((uint32_t)ip, 3), LOAD(12),
		      SKIP_UNLESS((uint32_t)(ip >> 32), 1), RETURN(ERRNO(number)), ALLOW) == 0);
}

int main(void)
{
	put_code(LOW);
	put_code(HIGH);
	refuse_at(HIGH, 0, 33);
	CHECK(call_at(LOW) > 0 && call_at(HIGH) == -33 && raw0(SYS_getppid) > 0);
	refuse_at(HIGH, SECCOMP_FILTER_FLAG_LOG, 34);
	CHECK(call_at(LOW) > 0 && call_at(HIGH) == -34 && raw0(SYS_getppid) > 0);
	return 0;
}
