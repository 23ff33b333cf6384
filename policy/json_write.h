/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_write.h - strings as JSON has them.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

/*
 * N bytes of TEXT in quotes. A byte that is no UTF-8 is written as the character of its
 * value, so that nothing is lost.
 */
void json_put_string(FILE *to, const void *text, size_t n);
