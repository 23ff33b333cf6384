/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * supervisor-instructions-are-illegal - a user program can neither read nor write supervisor
 * registers, nor return from a trap.
 */
#include "guest.h"

#ifdef __riscv
static void read_status(void)
{
	__asm__ volatile("csrr t0, sstatus" : : : "t0");
}

static void set_sum(void)
{
	__asm__ volatile("csrs sstatus, %0" : : "r"(1 << 18));
}

static void change_root(void)
{
	__asm__ volatile("csrw satp, zero");
}

static void supervisor_return(void)
{
	__asm__ volatile("sret");
}

static void flush(void)
{
	__asm__ volatile("sfence.vma");
}

int main(void)
{
	CHECK(killed_by(status_of(read_status), SIGILL));
	CHECK(killed_by(status_of(set_sum), SIGILL));
	CHECK(killed_by(status_of(change_root), SIGILL));
	CHECK(killed_by(status_of(supervisor_return), SIGILL));
	CHECK(killed_by(status_of(flush), SIGILL));
	return 0;
}
#else
int main(void)
{
	return 0;
}
#endif
