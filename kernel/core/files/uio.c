/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uio.c - the memory's side of one transfer of bytes to or from an open file: see uio.h. Called by
 * the operations of every kind of file. [lib/iov_iter.c]
 */
#include "uio.h"

#include <string.h>

#include "page.h"
#include "task.h"
#include "vm.h"

enum direction { TO_MEMORY, FROM_MEMORY, ZERO_MEMORY };

void uio_init_kernel(struct uio *u, void *base, uint64_t n)
{
	u->left = n;
	u->base = (uint64_t)base;
	u->len = n;
	u->next = NULL;
	u->kernel = true;
}

int uio_copy_vector(struct uio_vector *v, uint64_t iov, uint64_t n)
{
	v->all = v->few;
	if (n > UIO_MAXIOV)
		return -EINVAL;
	if (n > sizeof(v->few) / sizeof(v->few[0])) {
		v->all = kmalloc(n * sizeof(struct iovec));
		if (v->all == NULL)
			return -ENOMEM;
	}
	if (copy_from_user(v->all, iov, n * sizeof(struct iovec)) != 0)
		return -EFAULT;
	for (uint64_t i = 0; i < n; i++) {
		if ((int64_t)v->all[i].iov_len < 0)
			return -EINVAL;
	}
	return 0;
}

int uio_init_vector(struct uio *u, struct uio_vector *v, uint64_t iov, uint64_t n)
{
	uint64_t total = 0;
	const int err = uio_copy_vector(v, iov, n);

	if (err != 0)
		return err;
	for (uint64_t i = 0; i < n; i++) {
		if (!user_range_ok(v->all[i].iov_base, v->all[i].iov_len))
			return -EFAULT;
		if (v->all[i].iov_len > UIO_MAX - total)
			v->all[i].iov_len = UIO_MAX - total;
		total += v->all[i].iov_len;
	}
	u->left = total;
	u->base = 0;
	u->len = 0;
	u->next = v->all;
	u->kernel = false;
	return 0;
}

void uio_free_vector(struct uio_vector *v)
{
	if (v->all != v->few)
		kfree(v->all);
}

/* Copies N bytes between user address BASE and MEM. False: not all could be copied. */
static bool copy_whole(uint64_t base, uint8_t *mem, uint64_t n, enum direction how)
{
	switch (how) {
	case TO_MEMORY:
		return copy_to_user(base, mem, n) == 0;
	case FROM_MEMORY:
		return copy_from_user(mem, base, n) == 0;
	case ZERO_MEMORY:
		return clear_user(base, n) == 0;
	}
	return false;
}

/*
 * Repeats a copy that has failed page by page. Returns how many bytes were copied, in whole pages.
 */
static uint64_t copy_part(uint64_t base, uint8_t *mem, uint64_t n, enum direction how)
{
	uint64_t done = 0;

	while (done < n) {
		uint64_t part = PAGE_SIZE - ((base + done) & PAGE_MASK);

		if (part > n - done)
			part = n - done;
		if (!copy_whole(base + done, mem != NULL ? mem + done : NULL, part, how))
			break;
		done += part;
	}
	return done;
}

/* Copies N bytes between the current piece of U and MEM. Returns how many were copied. */
static uint64_t copy_piece(const struct uio *u, uint8_t *mem, uint64_t n, enum direction how)
{
	if (!u->kernel)
		return copy_whole(u->base, mem, n, how) ? n : copy_part(u->base, mem, n, how);
	switch (how) {
	case TO_MEMORY:
		memcpy((void *)u->base, mem, n);
		break;
	case FROM_MEMORY:
		memcpy(mem, (const void *)u->base, n);
		break;
	case ZERO_MEMORY:
		memset((void *)u->base, 0, n);
		break;
	}
	return n;
}

static uint64_t uio_transfer(struct uio *u, uint8_t *mem, uint64_t n, enum direction how)
{
	uint64_t done = 0;

	if (n > u->left)
		n = u->left;
	while (done < n) {
		uint64_t part, got;

		while (u->len == 0) {
			u->base = u->next->iov_base;
			u->len = u->next->iov_len;
			u->next++;
		}
		part = n - done < u->len ? n - done : u->len;
		got = copy_piece(u, mem != NULL ? mem + done : NULL, part, how);
		uio_step(u, got);
		done += got;
		if (got != part)
			break;
	}
	return done;
}

uint64_t uio_put_pieces(struct uio *u, const void *from, uint64_t n)
{
	return uio_transfer(u, (uint8_t *)from, n, TO_MEMORY);
}

uint64_t uio_get_pieces(struct uio *u, void *to, uint64_t n)
{
	return uio_transfer(u, to, n, FROM_MEMORY);
}

uint64_t uio_put_zero(struct uio *u, uint64_t n)
{
	return uio_transfer(u, NULL, n, ZERO_MEMORY);
}

uint64_t uio_move(struct mm *mm, uint64_t addr, struct uio *u, uint64_t n, bool write, bool force, int *err)
{
	uint8_t *page = page_alloc(0);
	uint64_t done = 0;
	uint32_t worked = 0;

	*err = page == NULL ? -ENOMEM : 0;
	if (n > u->left)
		n = u->left;
	while (done < n && *err == 0) {
		uint64_t part = PAGE_SIZE - ((addr + done) & PAGE_MASK), got = 0;

		if (part > n - done)
			part = n - done;
		if (write && uio_get(u, page, part) != part)
			*err = -EFAULT;
		else if (!force && vm_fault(mm, addr + done, write ? VM_WRITE : VM_READ) != 0)
			*err = -EFAULT;
		else if (vm_access_remote(mm, addr + done, page, part, write) != 0)
			*err = force ? -EIO : -EFAULT;
		else
			got = write ? part : uio_put(u, page, part);
		done += got;
		if (*err == 0 && got != part)
			*err = -EFAULT;
		if (sched_worked(&worked, part + PAGE_SIZE) && *err == 0)
			*err = -EINTR;
	}
	if (page != NULL)
		page_free(page, 0);
	return done;
}
