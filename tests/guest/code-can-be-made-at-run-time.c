/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * code-can-be-made-at-run-time - written while writable, run while executable: mmap, then mprotect.
 */
#include "guest.h"

int main(void)
{
#ifdef __riscv
	static const uint16_t code[] = { 0x4515, 0x8082 }; /* li a0, 5; ret */
#else
	static const uint8_t code[] = { 0xb8, 5, 0, 0, 0, 0xc3 };
#endif
	void *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	memcpy(page, code, sizeof(code));
	CHECK(mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0);
	__builtin___clear_cache((char *)page, (char *)page + sizeof(code));
#ifdef __riscv
	syscall(SYS_riscv_flush_icache, page, (char *)page + sizeof(code), 0);
#endif
	CHECK(((int (*)(void))(uintptr_t)page)() == 5);
	return 0;
}
