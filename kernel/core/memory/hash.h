/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hash.h - hash tables, for look-ups by a key that has no order: names, words of memory.
 *
 * A table has about as many buckets as things in it. It gains or loses one or two buckets at a time
 * (linear hashing), so no call takes long. If there is no memory for another bucket, the buckets
 * become longer. The caller finds a thing by a loop over its bucket; things with equal hashes stand
 * there in the order in which they were added. Nothing here sleeps.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "list.h"

#define HASH_SEGMENT 256U  /* buckets that are allocated together: a page */
#define HASH_SEGMENTS 512U /* the most of these that a table has */

/* A thing in a table embeds this. list_init() of its link marks it as in no table. */
struct hashed {
	struct list link;
	uint32_t hash;
};

/*
 * `round` is a power of two, and round <= buckets < 2 * round. The buckets from `round` on, and
 * those that were split to make them, hold the things whose hashes are b modulo 2 * round, where b
 * is the bucket's number; the others hold those whose hashes are b modulo round.
 */
struct hash {
	struct list *segment[HASH_SEGMENTS];
	struct list first[HASH_SEGMENT]; /* segment[0] */
	uint32_t buckets, round;
	uint32_t count; /* how many things are in the table */
};

/* Makes H an empty table. Called before any other function. */
void hash_init(struct hash *h);
/* Adds ITEM, which is in no table, with HASH. */
void hash_add(struct hash *h, struct hashed *item, uint32_t hash);
/*
 * Removes ITEM, if it is in the table, and then buckets that are not needed any more. So it must
 * not be called in a loop over a bucket: see hash_take().
 */
void hash_remove(struct hash *h, struct hashed *item);
/*
 * Removes ITEM, too, but changes no other bucket, so that a loop over ITEM's bucket can go on.
 * hash_remove() is to be called for ITEM after the loop.
 */
void hash_take(struct hash *h, struct hashed *item);
/* Gives up all buckets that are not needed. */
void hash_trim(struct hash *h);

/*
 * The bucket of things with HASH, linked by struct hashed.link. Things with other hashes may be in
 * it.
 */
static inline struct list *hash_bucket(struct hash *h, uint32_t hash)
{
	uint32_t b = hash & (2 * h->round - 1);

	if (b >= h->buckets)
		b &= h->round - 1;
	return &h->segment[b / HASH_SEGMENT][b % HASH_SEGMENT];
}

/*
 * The hash of the two words A and B; of LEN bytes that belong to WHERE, such as a name in a
 * directory.
 */
uint32_t hash_words(uint64_t a, uint64_t b);
uint32_t hash_bytes(uint64_t where, const char *bytes, size_t len);
