/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hash.h - tables for what is looked up by a key that has no order: names, words of memory.
 *
 * A table has about as many buckets as things in it, and it gains or loses one bucket at a time, so
 * that no call takes long. Where there is no memory for more, buckets become longer. Who looks
 * for a thing goes through its bucket; things with equal hashes stand there in the order
 * in which they were added. Nothing here sleeps.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "list.h"

#define HASH_SEGMENT 256U  /* buckets: a page of them */
#define HASH_SEGMENTS 512U /* at most */

/* What a thing in a table embeds; list_init(&x.link) makes it one that is in none. */
struct hashed {
	struct list link;
	uint32_t hash;
};

/*
 * Bucket b holds the things whose hashes are b modulo `round`, a power of two, or, where that
 * bucket was split already, modulo twice that; `buckets` lies between the two.
 */
struct hash {
	struct list *segment[HASH_SEGMENTS];
	struct list first[HASH_SEGMENT]; /* segment[0] */
	uint32_t buckets, round;
	uint32_t count; /* of things */
};

/* Before anything else; the table is empty. */
void hash_init(struct hash *h);
void hash_add(struct hash *h, struct hashed *item, uint32_t hash);
/*
 * ITEM, if it is in the table, is in it no more; and the table gives up buckets that it does not
 * need any more, so this is not for who goes through one.
 */
void hash_remove(struct hash *h, struct hashed *item);
/* The same, for who does: no bucket changes. ITEM is given to hash_remove() later. */
void hash_take(struct hash *h, struct hashed *item);
/* Gives up all buckets that are not needed. */
void hash_trim(struct hash *h);

/* The bucket where things with that hash are, by struct hashed.link, others among them. */
static inline struct list *hash_bucket(struct hash *h, uint32_t hash)
{
	uint32_t b = hash & (2 * h->round - 1);

	if (b >= h->buckets)
		b &= h->round - 1;
	return &h->segment[b / HASH_SEGMENT][b % HASH_SEGMENT];
}

/* Hashes: of two words, and of LEN bytes in the place that WHERE says. */
uint32_t hash_words(uint64_t a, uint64_t b);
uint32_t hash_bytes(uint64_t where, const char *bytes, size_t len);
