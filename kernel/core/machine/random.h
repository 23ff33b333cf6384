/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.h - the kernel's random numbers: ChaCha20 [rfc8439], keyed once
 * from what the boot loader gives.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Keys the generator with SEED, the device tree's rng-seed: N random bytes, none
 * if there is no seed. Boot, once.
 */
void random_init(const void *seed, size_t n);

/*
 * What follows depends on NUMBER, too: the boots that one machine makes of one seed differ in it.
 */
void random_part(uint32_t number);

/*
 * Was there enough to key it with? Without, what it gives is the same in every
 * run of a machine. [crng_ready]
 */
bool random_ready(void);

/*
 * Makes randomness of the timer's jitter, when there is none, in less than 10 ms.
 * [wait_for_random_bytes, try_to_generate_entropy]
 */
void random_wait(void);

/*
 * N bytes into BUF. The key is replaced after every call, so that what was given out stays
 * secret if the key is read later.
 */
void random_bytes(void *buf, size_t n);
