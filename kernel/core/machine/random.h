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
 * Keys the generator with the N random bytes of SEED, the device tree's rng-seed; N is 0 when there
 * is none. Called once, at boot.
 */
void random_init(const void *seed, size_t n);

/* Mixes NUMBER into the key: several runs of one boot have the same seed, and differ in NUMBER. */
void random_part(uint32_t number);

/*
 * Was the generator keyed with enough randomness? If not, its output is the same in every run of a
 * machine. [crng_ready]
 */
bool random_ready(void);

/*
 * Gathers randomness from the timer's jitter if the generator has too little; takes less than 10
 * ms. [wait_for_random_bytes, try_to_generate_entropy]
 */
void random_wait(void);

/*
 * Writes N random bytes to BUF. The key is replaced after every call, so that earlier output stays
 * secret if the key is read later.
 */
void random_bytes(void *buf, size_t n);
