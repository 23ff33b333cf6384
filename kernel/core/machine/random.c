/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.c - the random-number generator: ChaCha20 [rfc8439 2.3], keyed from the boot loader's
 * seed. Each request ends by replacing the key with output that was not given out (fast key
 * erasure), so who reads the key later cannot compute earlier output.
 */
#include "random.h"

#include <string.h>

#include "riscv.h"

#define KEY_WORDS 8
#define BLOCK_WORDS 16

static uint32_t key[KEY_WORDS];
static size_t seeded; /* bytes of randomness in the key */

static uint32_t random_rotate(uint32_t x, unsigned n)
{
	return x << n | x >> (32 - n);
}

/* Inlined where compiled for speed, so that the words of a block stay in registers. */
static inline void quarter_round(uint32_t *x, unsigned a, unsigned b, unsigned c, unsigned d)
{
	x[a] += x[b];
	x[d] = random_rotate(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = random_rotate(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = random_rotate(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = random_rotate(x[b] ^ x[c], 7);
}

/*
 * Computes block NUMBER of the key's output. The nonce is 0, because a key serves one request only.
 */
static void make_block(uint32_t out[BLOCK_WORDS], uint64_t number)
{
	const uint32_t start[BLOCK_WORDS] = {
		0x61707865, 0x3320646e, 0x79622d32, 0x6b206574, /* "expand 32-byte k" */
		key[0],	    key[1],	key[2],	    key[3],	      key[4],
		key[5],	    key[6],	key[7],	    (uint32_t)number, (uint32_t)(number >> 32),
		0,	    0,
	};

	uint32_t x[BLOCK_WORDS];

	for (unsigned i = 0; i < BLOCK_WORDS; i++)
		x[i] = start[i];
	for (unsigned i = 0; i < 10; i++) {
		quarter_round(x, 0, 4, 8, 12);
		quarter_round(x, 1, 5, 9, 13);
		quarter_round(x, 2, 6, 10, 14);
		quarter_round(x, 3, 7, 11, 15);
		quarter_round(x, 0, 5, 10, 15);
		quarter_round(x, 1, 6, 11, 12);
		quarter_round(x, 2, 7, 8, 13);
		quarter_round(x, 3, 4, 9, 14);
	}
	for (unsigned i = 0; i < BLOCK_WORDS; i++)
		out[i] = x[i] + start[i];
}

/* Replaces the key with the first half of block 0, which is never given out. */
static void replace_key(void)
{
	uint32_t fresh[BLOCK_WORDS];

	make_block(fresh, 0);
	memcpy(key, fresh, sizeof(key));
}

/* Mixes the N bytes at SEED into the key. */
static void mix_seed(const void *seed, size_t n)
{
	const uint8_t *bytes = seed;

	for (size_t done = 0; done < n; done += sizeof(key)) {
		uint32_t part[KEY_WORDS] = { 0 };
		const size_t left = n - done;

		memcpy(part, bytes + done, left < sizeof(part) ? left : sizeof(part));
		for (unsigned i = 0; i < KEY_WORDS; i++)
			key[i] ^= part[i];
		replace_key();
	}
}

void random_init(const void *seed, size_t n)
{
	seeded += n;
	mix_seed(seed, n);
}

void random_add(const void *seed, size_t n, size_t bits)
{
	seeded += bits < 8 * sizeof(key) ? bits / 8 : sizeof(key);
	mix_seed(seed, n);
}

size_t random_bits(void)
{
	return seeded < sizeof(key) ? 8 * seeded : 8 * sizeof(key);
}

void random_reseed(void)
{
	replace_key();
}

void random_part(uint32_t number)
{
	mix_seed(&number, sizeof(number));
}

bool random_ready(void)
{
	return seeded >= sizeof(key);
}

/*
 * Mixes in, for each of 256 ticks of the timer, the time, the cycle counter, and how many turns of
 * a loop the tick took. Each tick counts as one bit of randomness, as on Linux.
 */
void random_wait(void)
{
	if (random_ready())
		return;
	for (unsigned bit = 0; bit < 8 * sizeof(key); bit++) {
		const uint64_t start = csr_read(time);
		uint64_t sample[3] = { 0 };

		while ((sample[0] = csr_read(time)) == start)
			sample[1]++;
		sample[2] = csr_read(cycle);
		mix_seed(sample, sizeof(sample));
	}
	seeded = sizeof(key);
}

/*
 * The first half of block 0 becomes the next key. The second half, and the blocks after it, are
 * given out. [crng_fast_key_erasure]
 */
void random_bytes(void *buf, size_t n)
{
	uint8_t *to = buf;
	uint32_t out[BLOCK_WORDS], next[KEY_WORDS];
	size_t from = sizeof(next);

	make_block(out, 0);
	memcpy(next, out, sizeof(next));
	for (uint64_t number = 1; n > 0; number++) {
		const size_t part = n < sizeof(out) - from ? n : sizeof(out) - from;

		memcpy(to, (uint8_t *)out + from, part);
		to += part;
		n -= part;
		from = 0;
		if (n > 0)
			make_block(out, number);
	}
	memcpy(key, next, sizeof(key));
}
