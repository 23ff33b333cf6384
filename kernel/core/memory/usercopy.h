/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usercopy.h - the only way to user memory through the program's own addresses; boot/usercopy.S is
 * the only code that runs with sstatus.SUM set.
 *
 * User addresses are uint64_t everywhere else. Every function first refuses addresses outside the
 * user half. Then it brings pages in as an access of the program would, and returns -EFAULT where
 * the program would get a signal.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vm.h"

/*
 * Copy N bytes, and write N zero bytes. 0, or -EFAULT: only some of the bytes were copied, or none.
 */
[[nodiscard]] int copy_from_user(void *to, uint64_t from, size_t n);
[[nodiscard]] int copy_to_user(uint64_t to, const void *from, size_t n);
[[nodiscard]] int clear_user(uint64_t to, size_t n);

/*
 * Copies a string with its NUL to TO, which has SIZE bytes. Returns its length without the NUL,
 * -EFAULT, or -ENAMETOOLONG (there is no NUL among the first SIZE bytes).
 */
[[nodiscard]] long copy_string_from_user(char *to, uint64_t from, size_t size);

/*
 * Copies a structure of which the program has SIZE bytes, at FROM, and the kernel knows KNOWN. Of a
 * shorter structure only its own bytes are copied: the caller has cleared TO. 0, -E2BIG (a byte
 * that the kernel does not know is not zero) or -EFAULT. [copy_struct_from_user]
 */
[[nodiscard]] int copy_struct_from_user(void *to, size_t known, uint64_t from, uint64_t size);

/* Does [ADDR, ADDR + N) lie in the user half? */
[[nodiscard]] static inline int user_range_ok(uint64_t addr, uint64_t n)
{
	return addr <= USER_TOP && n <= USER_TOP - addr;
}

/* Loads one aligned 32-bit word, for futexes: 0 or -EFAULT. */
[[nodiscard]] int load_user_u32(uint32_t *to, uint64_t from);
