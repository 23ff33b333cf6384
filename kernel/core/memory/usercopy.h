/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usercopy.h - the only code that touches user memory, and the only code with SUM set.
 *
 * User addresses are uint64_t everywhere else. Every function here first refuses addresses outside
 * the user half. It brings pages in as a user's access would, and answers -EFAULT where a user
 * would get a fault.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vm.h"

/* Returns 0, or -EFAULT when some of the bytes could not be copied. */
[[nodiscard]] int copy_from_user(void *to, uint64_t from, size_t n);
[[nodiscard]] int copy_to_user(uint64_t to, const void *from, size_t n);
[[nodiscard]] int clear_user(uint64_t to, size_t n);

/*
 * Copies a string with its terminator to TO, which has SIZE bytes. Returns its length without the
 * terminator, -EFAULT, or -ENAMETOOLONG.
 */
[[nodiscard]] long copy_string_from_user(char *to, uint64_t from, size_t size);

/*
 * Copies a structure of which the program has SIZE bytes, at FROM, and the kernel knows KNOWN. What
 * the program does not have becomes zero. 0, -EFAULT, or -E2BIG: a byte that the kernel does not
 * know is not zero.
 */
[[nodiscard]] int copy_struct_from_user(void *to, size_t known, uint64_t from, uint64_t size);

/* Does [ADDR, ADDR+N) lie in the user half? */
[[nodiscard]] static inline int user_range_ok(uint64_t addr, uint64_t n)
{
	return addr <= USER_TOP && n <= USER_TOP - addr;
}

/* Loads one aligned 32-bit word, for futexes: 0 or -EFAULT. */
[[nodiscard]] int load_user_u32(uint32_t *to, uint64_t from);
