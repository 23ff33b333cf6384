/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.h - the kernel's random numbers: ChaCha20 [rfc8439], keyed once from what the boot loader gives.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Keys the generator with SEED (the device tree's rng-seed; any length). Boot, once; more calls mix more in. */
void random_init(const void *seed, size_t n);

/* N bytes into BUF. The key is replaced after every call, so that what was given out stays secret if the key is read later. */
void random_bytes(void *buf, size_t n);
