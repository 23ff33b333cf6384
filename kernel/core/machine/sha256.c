/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sha256.c - SHA-256 [fips180-4 6.2]: see sha256.h. Called by bootfilter.c and, on the host, by
 * tests.
 */
#include "sha256.h"

#include <string.h>

#define BLOCK 64U

/*
 * The first 32 bits of the fractional parts of the cube roots of the
 * first 64 primes [fips180-4 4.2.2].
 */
static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t sha256_rotate(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static uint32_t big_endian(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void take_block(struct sha256 *h)
{
	uint32_t w[64], s[8];

	for (unsigned i = 0; i < 16; i++)
		w[i] = big_endian(h->part + 4 * i);
	for (unsigned i = 16; i < 64; i++) {
		const uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + (sha256_rotate(a, 7) ^ sha256_rotate(a, 18) ^ a >> 3) + w[i - 7] +
		       (sha256_rotate(b, 17) ^ sha256_rotate(b, 19) ^ b >> 10);
	}
	memcpy(s, h->state, sizeof(s));
	for (unsigned i = 0; i < 64; i++) {
		const uint32_t a = s[0], e = s[4];
		const uint32_t first = s[7] + (sha256_rotate(e, 6) ^ sha256_rotate(e, 11) ^ sha256_rotate(e, 25)) +
				       ((e & s[5]) ^ (~e & s[6])) + constants[i] + w[i];
		const uint32_t second = (sha256_rotate(a, 2) ^ sha256_rotate(a, 13) ^ sha256_rotate(a, 22)) +
					((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));

		memmove(s + 1, s, 7 * sizeof(*s));
		s[4] += first;
		s[0] = first + second;
	}
	for (unsigned i = 0; i < 8; i++)
		h->state[i] += s[i];
}

void sha256_begin(struct sha256 *h)
{
	static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

	memcpy(h->state, start, sizeof(start));
	h->length = 0;
}

void sha256_add(struct sha256 *h, const void *data, size_t n)
{
	const uint8_t *from = data;

	while (n > 0) {
		const size_t at = h->length % BLOCK;
		const size_t part = n < BLOCK - at ? n : BLOCK - at;

		memcpy(h->part + at, from, part);
		h->length += part;
		if (at + part == BLOCK)
			take_block(h);
		from += part;
		n -= part;
	}
}

void sha256_end(struct sha256 *h, char hex[SHA256_HEX + 1])
{
	const uint64_t bits = h->length * 8;
	uint8_t size[8];

	sha256_add(h, "\x80", 1);
	while (h->length % BLOCK != BLOCK - sizeof(size))
		sha256_add(h, "", 1);
	for (unsigned i = 0; i < sizeof(size); i++)
		size[i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_add(h, size, sizeof(size));
	for (unsigned i = 0; i < SHA256_HEX; i++)
		hex[i] = "0123456789abcdef"[h->state[i / 8] >> (28 - 4 * (i % 8)) & 15];
	hex[SHA256_HEX] = '\0';
}
