/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sha256.h - SHA-256, by which the kernel's command line names its filters. Pure: the same code on
 * the host.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define SHA256_HEX 64 /* digits, without the terminator */

struct sha256 {
	uint32_t state[8];
	uint64_t length; /* bytes so far */
	uint8_t part[64];
};

/* Begins a hash of no bytes. */
void sha256_begin(struct sha256 *h);
/* Adds the N bytes at DATA to what is hashed. */
void sha256_add(struct sha256 *h, const void *data, size_t n);

/*
 * Writes the hash of all bytes that were added, in lower-case hexadecimal with a terminator. H must
 * be begun anew after that.
 */
void sha256_end(struct sha256 *h, char hex[SHA256_HEX + 1]);
