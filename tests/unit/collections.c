/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * collections.c - the kernel's tree and hash table, compiled here: random operations, each compared
 * with an array that is searched from one end to the other.
 */
#include "rows.h"

#include "../../kernel/core/machine/avl.h"
#include "../../kernel/core/machine/kassert.h"
#include "../../kernel/core/memory/hash.h"
#include "../../kernel/core/memory/page.h"

#define THINGS 1500U
#define STEPS 60000U

static struct thing {
	struct avl_node node;
	struct hashed hashed;
	uint32_t key;
	uint32_t added; /* when; 0: it is in no collection */
	uint64_t sum;	/* of the keys at its node and below */
} things[THINGS];

static uint64_t seed, memory_fails;

void *kmalloc_raw(size_t size)
{
	return memory_fails != 0 ? NULL : malloc(size);
}

void kfree(void *p)
{
	free(p);
}

void kassert_failed(const char *file, unsigned line, const char *what)
{
	fprintf(stderr, "%s:%u: %s\n", file, line, what);
	abort();
}

static uint32_t random_below(uint32_t n)
{
	seed = seed * 6364136223846793005 + 1442695040888963407;
	return (uint32_t)((seed >> 33) % n);
}

static void begin(uint64_t with)
{
	seed = with;
	memset(things, 0, sizeof(things));
	for (uint32_t i = 0; i < THINGS; i++)
		list_init(&things[i].hashed.link);
}

/* More come than go in the first half of the steps, and then the other way. */
static bool comes(uint32_t step)
{
	return random_below(4) < (step < STEPS / 2 ? 3U : 1U);
}

/* ---- the tree ---- */

#define AT(n) container_of(n, struct thing, node)

static void sum_keys(struct avl_node *n)
{
	AT(n)->sum = AT(n)->key;
	for (int side = 0; side < 2; side++)
		AT(n)->sum += n->child[side] != NULL ? AT(n->child[side])->sum : 0;
}

static void tree_insert(struct avl *t, struct thing *x)
{
	struct avl_node **at = &t->root, *parent = NULL;

	while (*at != NULL) {
		parent = *at;
		at = &parent->child[AT(parent)->key <= x->key];
	}
	avl_insert(t, &x->node, parent, at);
}

/* Heights, balance, parents and sums of N and below: its height. */
static uint32_t check_node(const struct avl_node *n, bool sums)
{
	uint32_t h[2] = { 0, 0 };
	uint64_t sum = AT(n)->key;

	for (int side = 0; side < 2; side++) {
		const struct avl_node *c = n->child[side];

		if (c == NULL)
			continue;
		assert_ptr_equal(c->parent, n);
		h[side] = check_node(c, sums);
		sum += AT(c)->sum;
	}
	assert_true(h[0] <= h[1] + 1 && h[1] <= h[0] + 1);
	assert_int_equal(n->height, 1 + (h[0] > h[1] ? h[0] : h[1]));
	if (sums)
		assert_int_equal(AT(n)->sum, sum);
	return n->height;
}

/* The tree's nodes, forwards or backwards, are the things that are in it, in order. */
static void check_order(const struct avl *t, uint32_t count, bool side)
{
	const struct thing *last = NULL;
	uint32_t n = 0;

	for (const struct avl_node *at = avl_end(t->root, !side); at != NULL; at = avl_step(at, side)) {
		assert_int_not_equal(AT(at)->added, 0);
		if (last != NULL)
			assert_true(side ? last->key <= AT(at)->key : last->key >= AT(at)->key);
		last = AT(at);
		n++;
	}
	assert_int_equal(n, count);
}

static struct thing copies[THINGS];
static uint32_t copies_left;

static struct avl_node *copy_node(const struct avl_node *n, void *arg)
{
	struct thing *x = &copies[AT(n) - things];

	(void)arg;
	if (copies_left-- == 0)
		return NULL;
	*x = *AT(n);
	return &x->node;
}

/*
 * A copy of T, of whose COUNT nodes FAIL are made before there is no memory; it is emptied again.
 */
static void check_copy(const struct avl *t, uint32_t count, uint32_t fail)
{
	struct avl copy = { .sum = t->sum };
	struct avl_node *n;
	uint32_t popped = 0;

	copies_left = fail;
	if (avl_copy(&copy, t, copy_node, NULL)) {
		assert_true(fail >= count);
		if (copy.root != NULL)
			(void)check_node(copy.root, t->sum != NULL);
		check_order(&copy, count, true);
	} else {
		assert_true(fail < count);
		count = fail;
	}
	for (; (n = avl_pop(&copy)) != NULL; popped++)
		assert_int_equal(n->height, 0);
	assert_int_equal(popped, count);
}

static void run_tree(bool sums)
{
	struct avl t = { .sum = sums ? sum_keys : NULL };
	uint32_t count = 0;

	begin(1 + sums);
	for (uint32_t step = 1; step <= STEPS; step++) {
		struct thing *x = &things[random_below(THINGS)];

		if (comes(step) && x->added == 0) {
			x->key = random_below(THINGS); /* some twice */
			x->added = step;
			tree_insert(&t, x);
			count++;
		} else if (x->added != 0 && random_below(2) != 0) {
			avl_remove(&t, &x->node);
			x->added = 0;
			count--;
		} else if (x->added != 0 && sums) {
			const struct avl_node *before = avl_step(&x->node, false), *behind = avl_step(&x->node, true);
			const uint32_t low = before != NULL ? AT(before)->key : 0;
			const uint32_t high = behind != NULL ? AT(behind)->key : THINGS;

			x->key = low + random_below(high - low + 1);
			avl_changed(&t, &x->node);
		}
		if (step % 64 != 0 && count > 40)
			continue;
		if (t.root != NULL)
			(void)check_node(t.root, sums);
		check_order(&t, count, step % 128 == 0);
		check_copy(&t, count, random_below(4) != 0 ? THINGS : random_below(count + 1));
	}
}

static void tree_keeps_order_and_balance(void **state)
{
	(void)state;
	run_tree(false);
}

static void tree_keeps_sums(void **state)
{
	(void)state;
	run_tree(true);
}

static void tree_of_keys_in_order_is_flat(void **state)
{
	struct avl t = { 0 };

	(void)state;
	begin(3);
	for (uint32_t i = 0; i < 1023; i++) {
		things[i].key = i;
		tree_insert(&t, &things[i]);
	}
	assert_int_equal(check_node(t.root, false), 10);
}

/* ---- the hash table ---- */

/* All things with X's hash stand in its bucket, in the order in which they were added. */
static void check_bucket(struct hash *h, uint32_t hash)
{
	uint32_t last = 0, found = 0, expected = 0;

	list_for_each(link, hash_bucket(h, hash)) {
		const struct thing *y = container_of(link, struct thing, hashed.link);

		if (y->hashed.hash != hash)
			continue;
		assert_true(y->added > last);
		last = y->added;
		found++;
	}
	for (uint32_t i = 0; i < THINGS; i++)
		expected += things[i].added != 0 && things[i].hashed.hash == hash;
	assert_int_equal(found, expected);
}

static void hash_finds_what_is_in_it(void **state)
{
	static struct hash h;
	uint32_t count = 0, most = 0;

	(void)state;
	begin(5);
	hash_init(&h);
	for (uint32_t step = 1; step <= STEPS; step++) {
		struct thing *x = &things[random_below(THINGS)];

		memory_fails = step % 1000 < 300;
		if (comes(step) && x->added == 0) {
			x->added = step;
			hash_add(&h, &x->hashed, hash_words(random_below(THINGS / 2), 7));
			count++;
		} else if (x->added != 0) {
			if (random_below(2) != 0)
				hash_take(&h, &x->hashed);
			hash_remove(&h, &x->hashed);
			x->added = 0;
			count--;
		}
		if (step % 5000 == 0)
			hash_trim(&h);
		most = h.buckets > most ? h.buckets : most;
		assert_int_equal(h.count, count);
		check_bucket(&h, x->hashed.hash);
		check_bucket(&h, things[random_below(THINGS)].hashed.hash);
	}
	assert_true(most > 2 * HASH_SEGMENT);
	for (uint32_t i = 0; i < THINGS; i++)
		hash_remove(&h, &things[i].hashed);
	hash_trim(&h);
	assert_int_equal(h.buckets, HASH_SEGMENT);
}

static void hashes_spread(void **state)
{
	uint32_t of_names[256] = { 0 }, of_words[256] = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 25600; i++) {
		char name[16];
		const int len = snprintf(name, sizeof(name), "file%u", i);

		of_names[hash_bytes(4096, name, (size_t)len) % 256]++;
		of_words[hash_words(0x80000000, i * 4096) % 256]++;
	}
	/* A hundred on average, by the toss of a coin: five times the standard deviation. */
	for (uint32_t i = 0; i < 256; i++) {
		assert_in_range(of_names[i], 50, 150);
		assert_in_range(of_words[i], 50, 150);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tree_keeps_order_and_balance), cmocka_unit_test(tree_keeps_sums),
		cmocka_unit_test(tree_of_keys_in_order_is_flat),
		cmocka_unit_test(hash_finds_what_is_in_it),	cmocka_unit_test(hashes_spread),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
