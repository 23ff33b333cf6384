/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.h - the names of the kernel's functions, for backtraces. The build
 * appends the table to the image.
 */
#pragma once

#include <stdint.h>

/*
 * The name of the function that holds ADDR, and ADDR's offset in it; "?" when there is none. The
 * name is valid until the next call.
 */
const char *symbol_name(uint64_t addr, uint64_t *offset);
