/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hart.c - the hart page, which boot/kernel.lds places and entry.S clears.
 */
#include "hart.h"

struct hart hart __attribute__((section(".hart")));
uint64_t hart_work_of_all;
