/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_write.h - strings as JSON has them.
 */
#pragma once

#include <stddef.h>
#include <stdio.h>

/*
 * N bytes of TEXT in quotes. A byte 0xNN that is no UTF-8 is written as \udcNN, as Python does;
 * json_parse() makes it that byte again.
 */
void json_put_string(FILE *to, const void *text, size_t n);
