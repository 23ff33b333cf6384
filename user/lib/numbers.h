/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * numbers.h - the call numbers that crt0.S needs; start.c asserts that they are abi/syscall.def's.
 */
#pragma once

#define NR_EXIT 93
#define NR_CLONE 220
