/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usercopy.h - the only code that touches user memory, and the only code with SUM set.
 *
 * User addresses are uint64_t everywhere else. Every function refuses addresses outside the user
 * half before it looks, brings pages in as a user access would, and answers -EFAULT, never a fault.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "vm.h"

/* 0, or -EFAULT: then some of the bytes may have been copied. */
[[nodiscard]] int copy_from_user(void *to, uint64_t from, size_t n);
[[nodiscard]] int copy_to_user(uint64_t to, const void *from, size_t n);
[[nodiscard]] int clear_user(uint64_t to, size_t n);

/*
 * A string with its terminator into TO, of SIZE bytes. Returns its length without the
 * terminator, -EFAULT, or -ENAMETOOLONG.
 */
[[nodiscard]] long copy_string_from_user(char *to, uint64_t from, size_t size);

/*
 * The structure of SIZE bytes at FROM into TO, of which KNOWN bytes are known here, and which is
 * zero: 0, -EFAULT, or -E2BIG: it says something that is not known.
 */
[[nodiscard]] int copy_struct_from_user(void *to, size_t known, uint64_t from, uint64_t size);

/* Does [ADDR, ADDR+N) lie in the user half? */
[[nodiscard]] static inline int user_range_ok(uint64_t addr, uint64_t n)
{
	return addr <= USER_TOP && n <= USER_TOP - addr;
}

/* One aligned 32-bit word, for futexes: 0 or -EFAULT. */
[[nodiscard]] int load_user_u32(uint32_t *to, uint64_t from);
