/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hwprobe.h - what the hart can do, in the keys and values of riscv_hwprobe(2).
 */
#pragma once

#include <stdint.h>

struct vvar;

/* At boot: stores the values of all keys in V, the page that the vDSO reads. */
void hwprobe_publish(struct vvar *v);
/* The value of KEY, which must be at least 0 and at most RISCV_HWPROBE_MAX_KEY. */
uint64_t hwprobe_value(int64_t key);
