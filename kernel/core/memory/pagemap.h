/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagemap.h - the pages of a file in memory, by index. They are in a radix tree, so that a sparse
 * file takes only the memory that it uses.
 */
#pragma once

#include <stdint.h>

struct pagemap {
	void **root;	 /* NULL: nothing */
	unsigned height; /* levels of nodes above the pages; a node holds 512 */
	uint64_t count;	 /* pages */
};

/* The page at INDEX; NULL where the file has a hole. */
void *pagemap_find(const struct pagemap *m, uint64_t index);
/*
 * The pages from INDEX on that are in one node, NULL where the file has a hole, and in *N how many
 * these are; NULL: there is no node.
 */
void *const *pagemap_row(const struct pagemap *m, uint64_t index, uint64_t *n);
/* The page at INDEX; a hole is filled with a zeroed page. NULL: no memory. */
[[nodiscard]] void *pagemap_make(struct pagemap *m, uint64_t index);
/* Frees every page from INDEX on. */
void pagemap_cut(struct pagemap *m, uint64_t index);
/* Frees the page at INDEX, which there is. */
void pagemap_remove(struct pagemap *m, uint64_t index);
/* The index of the first page from INDEX on; UINT64_MAX: there is none. */
uint64_t pagemap_next(const struct pagemap *m, uint64_t index);
/* The index of the last page plus 1; 0 when there is none. */
uint64_t pagemap_end(const struct pagemap *m);
/* How many pages all pagemaps hold together. */
uint64_t pagemap_total(void);
