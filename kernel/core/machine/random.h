/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.h - the kernel's random numbers: ChaCha20 [rfc8439], keyed from the seed of the boot
 * loader or, where there is none, from the timer's jitter.
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

/*
 * Mixes NUMBER into the key. The runs of one boot (rows.h) have the same seed, and differ in
 * NUMBER.
 */
void random_part(uint32_t number);

/*
 * Mixes the N bytes at SEED into the key, and counts BITS bits of randomness.
 * [write_pool_user, credit_init_bits]
 */
void random_add(const void *seed, size_t n, size_t bits);
/* How many bits of randomness the key has, at most 256. [init_bits] */
size_t random_bits(void);
/* Replaces the key. [crng_reseed] */
void random_reseed(void);

/*
 * Was the generator keyed with 32 bytes of randomness? Without any, its output is the same in every
 * run of a machine. [crng_ready]
 */
bool random_ready(void);

/*
 * If the generator has too little randomness, gathers some from the timer's jitter, without
 * sleeping: 256 ticks, less than 10 ms. [wait_for_random_bytes, try_to_generate_entropy]
 */
void random_wait(void);

/*
 * Writes N random bytes to BUF. The key is replaced after every call, so that earlier output stays
 * secret if the key is read later.
 */
void random_bytes(void *buf, size_t n);
