/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seek_hole.c - where the holes of a file are, for lseek(2)'s SEEK_DATA and SEEK_HOLE.
 * [mapping_seek_hole_data]
 *
 * A page is a hole while nobody has written to it or touched it in a mapping. What a file has in
 * the initrd is data.
 */
#include "seek_hole.h"

#include "file.h"
#include "page.h"
#include "task.h"

static int64_t seek_data(const struct inode *i, uint64_t at)
{
	const uint64_t page = pagemap_next(&i->pages, at >> PAGE_SHIFT);

	if (at < PAGE_UP(i->data_size))
		return (int64_t)at;
	if (page > (i->size - 1) >> PAGE_SHIFT)
		return -ENXIO;
	return (int64_t)(page > at >> PAGE_SHIFT ? page << PAGE_SHIFT : at);
}

static int64_t seek_hole(const struct inode *i, uint64_t at)
{
	void *const *row;
	uint64_t n, full;

	if (at < i->data_size)
		at = PAGE_UP(i->data_size);
	while (at < i->size) {
		row = pagemap_row(&i->pages, at >> PAGE_SHIFT, &n);
		for (full = 0; row != NULL && full < n && row[full] != NULL; full++)
			;
		if (full != 0)
			at = PAGE_DOWN(at) + (full << PAGE_SHIFT);
		if (row == NULL || full < n)
			break;
		if (sched_give_way())
			return -EINTR;
	}
	return (int64_t)(at < i->size ? at : i->size);
}

int64_t seek_hole_or_data(struct file *f, uint64_t at, bool hole)
{
	int64_t pos = -ENXIO;

	if (f->ops != &regular_ops) /* directories of /proc and /sys are empty files here */
		return inode_is(f->inode, S_IFDIR) && f->inode->volume->fixed ? -ENXIO : -EINVAL;
	if (at < f->inode->size)
		pos = hole ? seek_hole(f->inode, at) : seek_data(f->inode, at);
	if (pos >= 0)
		f->pos = (uint64_t)pos;
	return pos;
}
