/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usercopy.c - copies to and from user memory: checks ranges of user addresses, before
 * boot/usercopy.S accesses them.
 */
#include "usercopy.h"

#include <abi/errno.h>
#include <stdbool.h>

#include "vm.h"

/* boot/usercopy.S: of TO and FROM one is a user's address and one the kernel's. */
int usercopy(uint64_t to, uint64_t from, size_t n);
int usercopy_clear(uint64_t to, size_t n);
long usercopy_string(uint64_t to, uint64_t from, size_t n);
long usercopy_load32(uint64_t to, uint64_t from);

int copy_from_user(void *to, uint64_t from, size_t n)
{
	return user_range_ok(from, n) ? usercopy((uint64_t)to, from, n) : -EFAULT;
}

int copy_to_user(uint64_t to, const void *from, size_t n)
{
	return user_range_ok(to, n) ? usercopy(to, (uint64_t)from, n) : -EFAULT;
}

int clear_user(uint64_t to, size_t n)
{
	return user_range_ok(to, n) ? usercopy_clear(to, n) : -EFAULT;
}

long copy_string_from_user(char *to, uint64_t from, size_t size)
{
	size_t n = size;
	long len;

	if (from >= USER_TOP)
		return -EFAULT;
	if (n > USER_TOP - from)
		n = USER_TOP - from;
	len = usercopy_string((uint64_t)to, from, n);
	if (len < 0 || (size_t)len < n)
		return len;
	return n < size ? -EFAULT : -ENAMETOOLONG;
}

int load_user_u32(uint32_t *to, uint64_t from)
{
	return user_range_ok(from, sizeof(*to)) ? (int)usercopy_load32((uint64_t)to, from) : -EFAULT;
}

int copy_struct_from_user(void *to, size_t known, uint64_t from, uint64_t size)
{
	for (uint64_t at = known; at < size; at++) {
		uint8_t byte;

		if (copy_from_user(&byte, from + at, 1) != 0)
			return -EFAULT;
		if (byte != 0)
			return -E2BIG;
	}
	return copy_from_user(to, from, size < known ? size : known);
}
