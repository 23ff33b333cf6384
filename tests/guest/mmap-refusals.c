/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap-refusals - lengths, alignments, types and sizes that no mapping can have.
 */
#include "guest.h"

int main(void)
{
	const int rw = PROT_READ | PROT_WRITE, private = MAP_PRIVATE | MAP_ANONYMOUS;

	REFUSED(mmap(NULL, 0, rw, private, -1, 0), EINVAL);
	REFUSED(mmap(NULL, 4096, rw, MAP_ANONYMOUS, -1, 0), EINVAL);
	REFUSED(mmap((void *)4097, 4096, rw, private | MAP_FIXED, -1, 0), EINVAL);
	REFUSED(mmap(NULL, 4096, rw, MAP_PRIVATE, -1, 0), EBADF);
	REFUSED(mmap(NULL, 1UL << 62, rw, private, -1, 0), ENOMEM);
	REFUSED(mmap((void *)KERNEL_ADDRESS, 4096, rw, private | MAP_FIXED, -1, 0), ENOMEM);
	REFUSED(munmap((void *)4097, 4096), EINVAL);
	REFUSED(munmap((void *)0x100000000, 0), EINVAL);
	REFUSED(munmap((void *)KERNEL_ADDRESS, 4096), EINVAL);
	return 0;
}
