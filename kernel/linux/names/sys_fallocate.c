/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_fallocate.c - fallocate(2): room for a file, its length, and holes in it, as tmpfs has them.
 * [fs/open.c and mm/shmem.c of Linux]
 */
#include <abi/errno.h>
#include <abi/fs.h>

#include <string.h>

#include "absent.h"
#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"

#define HOLE (FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE)

/* Makes zeroes of the bytes of I from FROM to END, which lie in one page: 0 or -ENOMEM. */
static int clear_bytes(struct inode *i, uint64_t from, uint64_t end)
{
	uint8_t *page;

	if (from >= i->data_size && pagemap_find(&i->pages, from >> PAGE_SHIFT) == NULL)
		return 0;
	page = inode_page(i, from);
	if (page == NULL)
		return -ENOMEM;
	memset(page + (from & PAGE_MASK), 0, end - from);
	page_put(page);
	return 0;
}

/* The page INDEX of I, which there is, becomes a hole. Where it is mapped, too, it is cleared. */
static void remove_page(struct inode *i, uint64_t index)
{
	void *page = pagemap_find(&i->pages, index);

	if (page_refs(page) != 1)
		memset(page, 0, PAGE_SIZE);
	else
		pagemap_remove(&i->pages, index);
}

/* Clears or removes the first page that I has from FROM on, up to END. *FROM: how far it came. */
static int punch_first(struct inode *i, uint64_t *from, uint64_t end)
{
	const uint64_t here = *from, next = (here | PAGE_MASK) + 1 < end ? (here | PAGE_MASK) + 1 : end;
	uint64_t page;

	*from = next;
	if (here < i->data_size || (here & PAGE_MASK) != 0 || next - here != PAGE_SIZE)
		return clear_bytes(i, here, next);
	page = pagemap_next(&i->pages, here >> PAGE_SHIFT);
	if (page >= end >> PAGE_SHIFT) {
		*from = end & ~PAGE_MASK;
		return 0;
	}
	remove_page(i, page);
	*from = (page + 1) << PAGE_SHIFT;
	return 0;
}

static int punch_hole(struct inode *i, uint64_t from, uint64_t end)
{
	uint32_t worked = 0;
	int err = 0;

	if ((i->seals & (F_SEAL_WRITE | F_SEAL_FUTURE_WRITE)) != 0)
		return -EPERM;
	if (end > i->size)
		end = i->size;
	if (end >= i->data_size && from < i->data_size)
		i->data_size = from;
	while (err == 0 && from < end) {
		err = punch_first(i, &from, end);
		if (err == 0 && sched_worked(&worked, PAGE_SIZE))
			err = -EINTR;
	}
	inode_touch(i);
	return err;
}

/*
 * Linux's other modes, which move or clear parts of a file, are refused, as Linux's tmpfs refuses
 * them.
 */
static bool is_known_mode(uint32_t mode)
{
	if (mode == 0 || mode == FALLOC_FL_KEEP_SIZE || mode == HOLE)
		return true;
	absent_say_known("fallocate", "mode", mode, "EOPNOTSUPP");
	return false;
}

long sys_fallocate(uint64_t fd, uint64_t umode, uint64_t offset, uint64_t len)
{
	const uint32_t mode = (uint32_t)umode;
	struct file *f;
	int err = 0;

	if ((int64_t)offset < 0 || (int64_t)len <= 0)
		return -EINVAL;
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	if (!is_known_mode(mode))
		err = -EOPNOTSUPP;
	else if (!f->writable)
		err = -EBADF;
	else if (inode_is(f->inode, S_IFIFO))
		err = -ESPIPE;
	else if (inode_is(f->inode, S_IFDIR))
		err = -EISDIR;
	else if (!inode_is(f->inode, S_IFREG) || f->ops != &regular_ops)
		err = -ENODEV;
	else if ((int64_t)(offset + len) < 0)
		err = -EFBIG;
	else if (mode == HOLE)
		err = punch_hole(f->inode, offset, offset + len);
	else if (mode == 0 && offset + len > f->inode->size)
		err = inode_truncate(f->inode, offset + len);
	file_put(f);
	return err;
}
