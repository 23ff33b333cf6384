/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * regular.c - the bytes of regular files: reading, writing, truncating. Called through regular_ops,
 * by the ELF loader, and for page faults.
 *
 * The bytes lie in the initrd until somebody writes to them, then in pages. What is mapped of a
 * file in the initrd is copied to pages, too, because files there do not begin at page boundaries.
 */
#include "inode.h"

#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>

#include "file.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "tell.h"
#include "userns.h"

#define SIZE_MAX_FILE ((uint64_t)INT64_MAX)

/*
 * Where the bytes of I from POS on lie (NULL: they are a hole), and in *LEN how many of them lie
 * there together, at most N.
 */
static const uint8_t *find_stretch(const struct inode *i, uint64_t pos, uint64_t n, uint64_t *len)
{
	const uint8_t *page;

	if (i->pages.root == NULL && pos < i->data_size) { /* the file is still as it was in the archive */
		*len = i->data_size - pos < n ? i->data_size - pos : n;
		return i->data + pos;
	}
	*len = PAGE_SIZE - (pos & PAGE_MASK);
	if (*len > n)
		*len = n;
	page = pagemap_find(&i->pages, pos >> PAGE_SHIFT);
	if (page != NULL)
		return page + (pos & PAGE_MASK);
	if (pos >= i->data_size)
		return NULL;
	if (*len > i->data_size - pos)
		*len = i->data_size - pos;
	return i->data + pos;
}

uint64_t inode_read(const struct inode *i, void *buf, uint64_t n, uint64_t off)
{
	uint64_t len;

	if (off >= i->size)
		return 0;
	if (n > i->size - off)
		n = i->size - off;
	for (uint64_t done = 0; done < n; done += len) {
		const uint8_t *from = find_stretch(i, off + done, n - done, &len);

		if (from != NULL)
			memcpy((uint8_t *)buf + done, from, len);
		else
			memset((uint8_t *)buf + done, 0, len);
	}
	return n;
}

/*
 * Page INDEX of I. A new one is filled with the file's bytes in the initrd. NULL: no memory, or the
 * pages of all files together would be more than half of the memory.
 */
static void *make_page(struct inode *i, uint64_t index)
{
	void *page = pagemap_find(&i->pages, index);
	const uint64_t pos = index << PAGE_SHIFT;

	if (page != NULL)
		return page;
	while (pagemap_total() >= page_count_total() / 2)
		if (!inode_free_piece())
			return NULL;
	page = pagemap_make(&i->pages, index);
	if (page != NULL && pos < i->data_size)
		memcpy(page, i->data + pos, i->data_size - pos < PAGE_SIZE ? i->data_size - pos : PAGE_SIZE);
	return page;
}

uint64_t inode_copy(struct inode *i, void *buf, uint64_t n, uint64_t off)
{
	if (off >= i->data_size && off < i->size)
		(void)make_page(i, off >> PAGE_SHIFT);
	return inode_read(i, buf, n, off);
}

void *inode_page(struct inode *i, uint64_t off)
{
	void *page = make_page(i, off >> PAGE_SHIFT);

	if (page != NULL)
		page_get(page);
	return page;
}

/*
 * I is written to: it loses its set-id bits, unless the writer has CAP_FSETID. [file_remove_privs]
 */
static void drop_set_ids(struct inode *i)
{
	const uint32_t set_ids = S_ISUID | ((i->mode & S_IXGRP) != 0 ? S_ISGID : 0);

	if ((i->mode & set_ids) != 0 && !userns_capable_file(i->uid, i->gid, CAP_FSETID))
		i->mode &= ~set_ids;
}

#define CUT_PAGES 256U

/*
 * Removes pages from the end of I, some at a time, until at most CUT_PAGES are left from page FROM
 * on; other tasks run meanwhile, and see a file that becomes shorter.
 */
static void cut_slowly(struct inode *i, uint64_t from)
{
	bool die = false;
	uint64_t end;

	while (!die && (end = pagemap_end(&i->pages)) > from + CUT_PAGES) {
		const uint64_t left = end - CUT_PAGES;

		pagemap_cut(&i->pages, left);
		if (i->size > left << PAGE_SHIFT)
			i->size = left << PAGE_SHIFT;
		die = sched_give_way();
	}
}

int inode_truncate(struct inode *i, uint64_t size)
{
	void *page;

	if (size > SIZE_MAX_FILE)
		return -EFBIG;
	if (size > i->size && size > current->group->limits[RLIMIT_FSIZE].rlim_cur) {
		signal_send_kernel(current, SIGXFSZ);
		return -EFBIG;
	}
	if ((size < i->size && (i->seals & F_SEAL_SHRINK) != 0) || (size > i->size && (i->seals & F_SEAL_GROW) != 0))
		return -EPERM;
	if (size < i->size)
		cut_slowly(i, PAGE_UP(size) >> PAGE_SHIFT);
	if (size < i->data_size)
		i->data_size = size;
	if (size < i->size) {
		page = pagemap_find(&i->pages, size >> PAGE_SHIFT);
		if (page != NULL)
			memset((uint8_t *)page + (size & PAGE_MASK), 0, PAGE_SIZE - (size & PAGE_MASK));
		pagemap_cut(&i->pages, PAGE_UP(size) >> PAGE_SHIFT);
	}
	i->size = size;
	drop_set_ids(i);
	inode_touch(i);
	inode_say(i, IN_MODIFY);
	return 0;
}

static long regular_read(struct file *f, struct uio *to, uint64_t *pos)
{
	const struct inode *i = f->inode;
	uint64_t done = 0, len, got, n;
	uint32_t worked = 0;

	if (*pos >= i->size)
		return 0;
	n = i->size - *pos < to->left ? i->size - *pos : to->left;
	while (done < n) {
		const uint8_t *from = find_stretch(i, *pos, n - done < SCHED_STINT ? n - done : SCHED_STINT, &len);

		got = from != NULL ? uio_put(to, from, len) : uio_put_zero(to, len);
		*pos += got;
		done += got;
		if (got != len)
			return done != 0 ? (long)done : -EFAULT;
		if (sched_worked(&worked, len))
			break;
	}
	inode_say(f->inode, IN_ACCESS);
	return (long)done;
}

/*
 * How many of N bytes may be written at POS, or -EFBIG, -EPERM. Under F_SEAL_GROW these are the
 * whole pages before the file's end, because Linux refuses a write page by page.
 * [generic_write_checks, shmem_write_begin]
 */
static long writable_at(const struct inode *i, uint64_t pos, uint64_t n)
{
	uint64_t limit = current->group->limits[RLIMIT_FSIZE].rlim_cur;

	if (pos >= limit) {
		signal_send_kernel(current, SIGXFSZ);
		return -EFBIG;
	}
	if (pos >= SIZE_MAX_FILE)
		return -EFBIG;
	if (n > limit - pos)
		n = limit - pos;
	if (n > SIZE_MAX_FILE - pos)
		n = SIZE_MAX_FILE - pos;
	if ((i->seals & F_SEAL_GROW) != 0 && pos + n > i->size)
		n = pos < PAGE_DOWN(i->size) ? PAGE_DOWN(i->size) - pos : 0;
	return n == 0 || (i->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) != 0 ? -EPERM : (long)n;
}

static long regular_write(struct file *f, struct uio *from, uint64_t *pos)
{
	struct inode *i = f->inode;
	uint64_t done = 0;
	uint32_t worked = 0;
	long n, err = 0;

	if (f->flags & O_APPEND)
		*pos = i->size;
	n = writable_at(i, *pos, from->left);
	if (n < 0)
		return n;
	while (err == 0 && done < (uint64_t)n) {
		uint64_t at = *pos & PAGE_MASK, len = PAGE_SIZE - at, got;
		uint8_t *page = make_page(i, *pos >> PAGE_SHIFT);

		if (page == NULL) {
			err = -ENOSPC;
			break;
		}
		if (len > (uint64_t)n - done)
			len = (uint64_t)n - done;
		got = uio_get(from, page + at, len);
		*pos += got;
		done += got;
		if (got != len)
			err = -EFAULT;
		if (*pos > i->size && got != 0)
			i->size = *pos;
		if (err == 0 && sched_worked(&worked, len))
			err = -EINTR;
	}
	if (done == 0)
		return err;
	drop_set_ids(i);
	inode_touch(i);
	inode_say(i, IN_MODIFY);
	return (long)done;
}

const struct file_ops regular_ops = {
	.read = regular_read,
	.write = regular_write,
	.seekable = true,
	.empty_is_nothing = true,
};

uint64_t inode_blocks(const struct inode *i)
{
	const uint64_t pages = PAGE_UP(i->data_size) / PAGE_SIZE;

	if (!inode_is(i, S_IFREG))
		return 0;
	return (pages > i->pages.count ? pages : i->pages.count) * (PAGE_SIZE / 512);
}
