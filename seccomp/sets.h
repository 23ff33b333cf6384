/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sets.h - sets of system-call numbers, 64 to a word, for answers.c and gate.c: one word of a set.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "model.h"

/*@ requires bit < 64;
    assigns \nothing;
    ensures \result <==> has(word, bit);
*/
static inline bool has_bit(uint64_t word, uint32_t bit)
{
	return (word >> bit & 1) == 1;
}

/*@ requires bit < 64;
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> has(word, e) || e == bit);
*/
static inline uint64_t with_bit(uint64_t word, uint32_t bit)
{
	return word | 1ULL << bit;
}

/*@ requires bit < 64;
    assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> has(word, e) && e != bit);
*/
static inline uint64_t without_bit(uint64_t word, uint32_t bit)
{
	return word & ~(1ULL << bit);
}

/*@ assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> has(a, e) || has(b, e));
    ensures \result == 0 ==> a == 0 && b == 0;
*/
static inline uint64_t either_bits(uint64_t a, uint64_t b)
{
	return a | b;
}

/*@ assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> has(a, e) && has(b, e));
*/
static inline uint64_t common_bits(uint64_t a, uint64_t b)
{
	return a & b;
}

/*@ assigns \nothing;
    ensures \forall integer e; 0 <= e < 64 ==> (has(\result, e) <==> !has(word, e));
*/
static inline uint64_t other_bits(uint64_t word)
{
	return ~word;
}
