/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagemap.c - the pages of a file by index, in a radix tree: see pagemap.h. A node is a page of 512
 * pointers to nodes or, on the lowest level, to the file's pages. No node is empty.
 */
#include "pagemap.h"

#include <stdbool.h>
#include <stddef.h>

#include "page.h"

#define FANOUT_SHIFT 9
#define FANOUT (1UL << FANOUT_SHIFT)
#define HEIGHT_MAX 6 /* 2^54 pages: more than any file size */

_Static_assert(FANOUT * sizeof(void *) == PAGE_SIZE, "a node is a page");

static uint64_t total; /* pages in all pagemaps */

uint64_t pagemap_total(void)
{
	return total;
}

/* Has the tree too few levels for INDEX? */
static bool too_low(const struct pagemap *m, uint64_t index)
{
	return m->root == NULL || (m->height < HEIGHT_MAX && index >> (m->height * FANOUT_SHIFT) != 0);
}

/* The slot of INDEX in NODE, which stands LEVEL levels above the pages. */
static inline void **slot_of(void **node, unsigned level, uint64_t index)
{
	return &node[index >> ((level - 1) * FANOUT_SHIFT) & (FANOUT - 1)];
}

/* The node at LEVEL on the way to INDEX or, at level 0, the page; NULL: there is none. */
static void **find_at(const struct pagemap *m, uint64_t index, unsigned level)
{
	void **node = m->root;

	if (too_low(m, index))
		return NULL;
	for (unsigned at = m->height; node != NULL && at > level; at--)
		node = *slot_of(node, at, index);
	return node;
}

void *pagemap_find(const struct pagemap *m, uint64_t index)
{
	return find_at(m, index, 0);
}

void *const *pagemap_row(const struct pagemap *m, uint64_t index, uint64_t *n)
{
	void **node = m->height != 0 ? find_at(m, index, 1) : NULL;

	*n = FANOUT - (index & (FANOUT - 1));
	return node != NULL ? &node[index & (FANOUT - 1)] : NULL;
}

void *pagemap_make(struct pagemap *m, uint64_t index)
{
	void **slot;

	while (too_low(m, index)) {
		void **node = page_alloc_zero();

		if (node == NULL)
			return NULL;
		node[0] = m->root;
		m->root = node;
		m->height++;
	}
	slot = (void **)&m->root;
	for (unsigned level = m->height; level > 0; level--) {
		slot = slot_of(*slot, level, index);
		if (*slot != NULL)
			continue;
		*slot = page_alloc_zero();
		if (*slot == NULL)
			return NULL;
		if (level == 1) {
			m->count++;
			total++;
		}
	}
	return *slot;
}

/*
 * Frees the pages below NODE, which stands LEVEL levels above the pages, from INDEX on (relative to
 * NODE). True: nothing is left below it.
 */
static bool cut_node(struct pagemap *m, void **node, unsigned level, uint64_t index)
{
	unsigned shift;
	bool empty = true;

	if (level == 0) {
		m->count--;
		total--;
		page_put(node);
		return true;
	}
	shift = (level - 1) * FANOUT_SHIFT;
	for (uint64_t i = 0; i < FANOUT; i++) {
		uint64_t first = i << shift;

		if (node[i] == NULL)
			continue;
		if (first + (1UL << shift) > index &&
		    cut_node(m, node[i], level - 1, index > first ? index - first : 0))
			node[i] = NULL;
		empty = empty && node[i] == NULL;
	}
	if (empty)
		page_put(node);
	return empty;
}

void pagemap_cut(struct pagemap *m, uint64_t index)
{
	if (m->root == NULL || !cut_node(m, m->root, m->height, index))
		return;
	m->root = NULL;
	m->height = 0;
}

static bool is_empty(void *const *node)
{
	for (unsigned n = 0; n < FANOUT; n++)
		if (node[n] != NULL)
			return false;
	return true;
}

void pagemap_remove(struct pagemap *m, uint64_t index)
{
	void **node = find_at(m, index, 0);

	m->count--;
	total--;
	for (unsigned level = 1; level <= m->height; level++) {
		page_put(node);
		node = find_at(m, index, level);
		*slot_of(node, level, index) = NULL;
		if (!is_empty(node))
			return;
	}
	page_put(node);
	m->root = NULL;
	m->height = 0;
}

/*
 * Does what pagemap_next() does below NODE, which stands LEVEL levels above the pages; indices are
 * relative to NODE. No node is empty, so only the first node on each level can be searched in vain.
 */
static uint64_t next_below(void **node, unsigned level, uint64_t index)
{
	const unsigned shift = (level - 1) * FANOUT_SHIFT;

	if (level == 0)
		return 0;
	for (uint64_t i = index >> shift; i < FANOUT; i++) {
		const uint64_t at = i << shift;
		const uint64_t found =
			node[i] != NULL ? next_below(node[i], level - 1, index > at ? index - at : 0) : UINT64_MAX;

		if (found != UINT64_MAX)
			return at + found;
	}
	return UINT64_MAX;
}

uint64_t pagemap_next(const struct pagemap *m, uint64_t index)
{
	return m->root == NULL || too_low(m, index) ? UINT64_MAX : next_below(m->root, m->height, index);
}

uint64_t pagemap_end(const struct pagemap *m)
{
	void **node = m->root;
	uint64_t index = 0;

	if (node == NULL)
		return 0;
	for (unsigned level = m->height; level > 0; level--) {
		uint64_t i = FANOUT - 1;

		while (node[i] == NULL) /* ends, because no node is empty */
			i--;
		index = index << FANOUT_SHIFT | i;
		node = node[i];
	}
	return index + 1;
}
