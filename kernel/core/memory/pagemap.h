/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagemap.h - the pages of a file in memory, by index. They are in a radix tree, so that a sparse
 * file takes only the memory that it uses.
 */
#pragma once

#include <stdint.h>

struct pagemap {
	void **root;	 /* NULL: there are no pages */
	unsigned height; /* levels of nodes above the pages; a node has 512 pointers */
	uint64_t count;	 /* how many pages there are */
};

/* The page at INDEX; NULL where the file has a hole. */
void *pagemap_find(const struct pagemap *m, uint64_t index);
/*
 * The part of a node from INDEX on: *N pointers to pages, NULL where the file has a hole. NULL: the
 * node is missing, so all of it is a hole.
 */
void *const *pagemap_row(const struct pagemap *m, uint64_t index, uint64_t *n);
/* The page at INDEX; a hole is filled with a zeroed page. NULL: no memory. */
[[nodiscard]] void *pagemap_make(struct pagemap *m, uint64_t index);
/* Frees every page from INDEX on. */
void pagemap_cut(struct pagemap *m, uint64_t index);
/* Frees the page at INDEX, where there must be one. */
void pagemap_remove(struct pagemap *m, uint64_t index);
/* The index of the first page at INDEX or after it; UINT64_MAX: there is none. */
uint64_t pagemap_next(const struct pagemap *m, uint64_t index);
/* The index of the last page plus 1; 0 when there is none. */
uint64_t pagemap_end(const struct pagemap *m);
/* How many pages all pagemaps hold together. */
uint64_t pagemap_total(void);
