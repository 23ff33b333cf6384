/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory.c - mappings and the program break. malloc is picolibc's, on sbrk.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset)
{
	return (void *)syscall(SYS_mmap, address, size, protection, flags, fd, offset);
}

int munmap(void *address, size_t size)
{
	return (int)syscall(SYS_munmap, address, size);
}

int mprotect(void *address, size_t size, int protection)
{
	return (int)syscall(SYS_mprotect, address, size, protection);
}

int madvise(void *address, size_t size, int advice)
{
	return (int)syscall(SYS_madvise, address, size, advice);
}

static uintptr_t current; /* 0 until the kernel was asked */

int brk(void *address)
{
	current = (uintptr_t)syscall(SYS_brk, address);
	if (current == (uintptr_t)address)
		return 0;
	errno = ENOMEM;
	return -1;
}

void *sbrk(ptrdiff_t increment)
{
	if (current == 0)
		current = (uintptr_t)syscall(SYS_brk, 0);

	const uintptr_t old = current;
	if (increment != 0 && brk((void *)(old + (uintptr_t)increment)) < 0)
		return (void *)-1;
	return (void *)old;
}
