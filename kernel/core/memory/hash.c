/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hash.c - hash tables that grow and shrink by one bucket at a time: see hash.h. [W. Litwin, Linear
 * hashing, 1980]
 */
#include "hash.h"

#include "page.h"

void hash_init(struct hash *h)
{
	h->segment[0] = h->first;
	for (uint32_t b = 0; b < HASH_SEGMENT; b++)
		list_init(&h->first[b]);
	h->buckets = h->round = HASH_SEGMENT;
	h->count = 0;
}

static struct list *bucket_at(struct hash *h, uint32_t b)
{
	return &h->segment[b / HASH_SEGMENT][b % HASH_SEGMENT];
}

/*
 * Adds a bucket, if there is memory: splits an existing one, and moves what belongs in the new one.
 */
static void split_bucket(struct hash *h)
{
	const uint32_t b = h->buckets, s = b / HASH_SEGMENT;
	struct list *new;

	if (b == HASH_SEGMENT * HASH_SEGMENTS)
		return;
	if (b % HASH_SEGMENT == 0)
		h->segment[s] = kmalloc_raw(HASH_SEGMENT * sizeof(struct list));
	if (h->segment[s] == NULL)
		return;
	h->buckets++;
	new = bucket_at(h, b);
	list_init(new);
	list_for_each(link, bucket_at(h, b - h->round)) {
		if ((container_of(link, struct hashed, link)->hash & (2 * h->round - 1)) != b)
			continue;
		list_del(link);
		list_add_tail(link, new);
	}
	if (h->buckets == 2 * h->round)
		h->round = h->buckets;
}

/* Removes the last bucket: its things go back to the bucket from which it was split. */
static void join_bucket(struct hash *h)
{
	const uint32_t b = --h->buckets;
	struct list *old = bucket_at(h, b), *to;

	KASSERT(b >= HASH_SEGMENT);
	if (b < h->round)
		h->round /= 2;
	to = bucket_at(h, b - h->round);
	list_for_each(link, old) {
		list_del(link);
		list_add_tail(link, to);
	}
	if (b % HASH_SEGMENT == 0) {
		kfree(h->segment[b / HASH_SEGMENT]);
		h->segment[b / HASH_SEGMENT] = NULL;
	}
}

void hash_add(struct hash *h, struct hashed *item, uint32_t hash)
{
	KASSERT(h->round <= h->buckets && h->buckets < 2 * h->round);
	item->hash = hash;
	list_add_tail(&item->link, hash_bucket(h, hash));
	if (++h->count > h->buckets)
		split_bucket(h);
}

void hash_take(struct hash *h, struct hashed *item)
{
	if (list_empty(&item->link))
		return;
	KASSERT(h->count != 0);
	list_del(&item->link);
	h->count--;
}

void hash_remove(struct hash *h, struct hashed *item)
{
	hash_take(h, item);
	/* Up to two buckets go with a thing, so that the table shrinks as fast as it empties. */
	for (int i = 0; i < 2 && h->count < h->buckets / 2 && h->buckets > HASH_SEGMENT; i++)
		join_bucket(h);
}

void hash_trim(struct hash *h)
{
	while (h->buckets > HASH_SEGMENT && h->buckets > h->count)
		join_bucket(h);
}

/*
 * A mix of X: each bit of X changes about half of the bits of the result. [splitmix64's last step]
 */
static uint32_t mix_bits(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (uint32_t)(x >> 32);
}

uint32_t hash_words(uint64_t a, uint64_t b)
{
	return mix_bits(a * 0x9e3779b97f4a7c15 ^ b);
}

/* [FNV-1a] */
uint32_t hash_bytes(uint64_t where, const char *bytes, size_t len)
{
	uint64_t h = where ^ 0xcbf29ce484222325;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (uint8_t)bytes[i]) * 0x100000001b3;
	return mix_bits(h);
}
