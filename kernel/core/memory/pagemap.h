/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagemap.h - the pages of a file in memory, by index: a radix tree, so that a
 * sparse file costs what it holds.
 */
#pragma once

#include <stdint.h>

struct pagemap {
	void **root;	 /* NULL: nothing */
	unsigned height; /* levels of nodes above the pages; a node holds 512 */
	uint64_t count;	 /* pages */
};

/* The page at INDEX, or NULL: a hole. */
void *pagemap_find(const struct pagemap *m, uint64_t index);
/* The same; a hole becomes a zeroed page. NULL: no memory. */
[[nodiscard]] void *pagemap_make(struct pagemap *m, uint64_t index);
/* Gives up every page from INDEX on. */
void pagemap_cut(struct pagemap *m, uint64_t index);
/* The index behind the last page; 0: there is none. */
uint64_t pagemap_end(const struct pagemap *m);
/* Pages that all maps hold together. */
uint64_t pagemap_total(void);
