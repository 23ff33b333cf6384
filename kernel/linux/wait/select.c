/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * select.c - pselect6(2): waits as ppoll does; the descriptors are given as three bit sets.
 * [fs/select.c]
 */
#include <string.h>

#include <abi/errno.h>

#include "file.h"
#include "page.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define BITS_LOOKED_AT 256U /* at least so many bits are read, however small the descriptor table */

enum set { READ, WRITE, EXCEPT, SETS };

static const uint32_t events_of[SETS] = { POLLRDNORM | POLLRDBAND | POLLIN, POLLWRBAND | POLLWRNORM | POLLOUT,
					  POLLPRI };
/*
 * The events that count as ready for each set; a file that is closed meanwhile is ready for all.
 * [POLLIN_SET ...]
 */
static const uint32_t ready_for[SETS] = {
	POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR | POLLNVAL,
	POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR | POLLNVAL,
	POLLPRI | POLLNVAL,
};

struct sets {
	uint64_t uset[SETS]; /* user addresses; 0: not given */
	uint64_t *bits[SETS];
	uint64_t words;
};

static bool select_has(const uint64_t *bits, uint64_t fd)
{
	return bits[fd / 64] >> (fd % 64) & 1;
}

/*
 * Stores the descriptors below N that are in any set in FDS, which has room for N: how many, or
 * -EBADF.
 */
static long select_collect(const struct sets *s, uint64_t n, struct pollfd *fds)
{
	long count = 0;

	for (uint64_t fd = 0; fd < n; fd++) {
		uint32_t events = 0;
		const struct file *f;

		for (int k = 0; k < SETS; k++)
			events |= select_has(s->bits[k], fd) ? events_of[k] : 0;
		if (events == 0)
			continue;
		f = files_lookup(current->files, (uint32_t)fd);
		if (f == NULL || (f->flags & O_PATH) != 0)
			return -EBADF;
		fds[count++] = (struct pollfd){ .fd = (int32_t)fd, .events = (int16_t)events };
	}
	return count;
}

/* Clears the bits of descriptors that are not ready. Returns how many bits stay, in all sets. */
static long spread_results(struct sets *s, const struct pollfd *fds, long count)
{
	long ready = 0;

	for (long i = 0; i < count; i++) {
		for (int k = 0; k < SETS; k++) {
			uint64_t bit = 1UL << (fds[i].fd % 64), *word = &s->bits[k][fds[i].fd / 64];

			if ((*word & bit) == 0)
				continue;
			if ((uint16_t)fds[i].revents & ready_for[k])
				ready++;
			else
				*word &= ~bit;
		}
	}
	return ready;
}

static long run_select(struct sets *s, uint64_t n, uint64_t deadline)
{
	struct pollfd *fds = kmalloc((n + 1) * sizeof(*fds));
	long count, result;

	if (fds == NULL)
		return -ENOMEM;
	count = select_collect(s, n, fds);
	result = count < 0 ? count : poll_run(fds, (uint64_t)count, deadline);
	if (result >= 0)
		result = spread_results(s, fds, count);
	kfree(fds);
	return result;
}

static long select_user(uint64_t n, struct sets *s, uint64_t deadline)
{
	long result;

	if ((int32_t)n < 0)
		return -EINVAL;
	/* No file is open beyond the table. */
	if (n > current->files->size && n > BITS_LOOKED_AT)
		n = current->files->size > BITS_LOOKED_AT ? current->files->size : BITS_LOOKED_AT;
	s->words = (n + 63) / 64;
	s->bits[READ] = kmalloc((s->words + 1) * SETS * sizeof(uint64_t));
	if (s->bits[READ] == NULL)
		return -ENOMEM;
	result = 0;
	for (int k = 0; k < SETS; k++) {
		s->bits[k] = s->bits[READ] + k * s->words;
		if (s->uset[k] != 0 && copy_from_user(s->bits[k], s->uset[k], s->words * sizeof(uint64_t)) != 0)
			result = -EFAULT;
	}
	if (result == 0)
		result = run_select(s, n, deadline);
	for (int k = 0; k < SETS && result >= 0; k++) {
		if (s->uset[k] != 0 && copy_to_user(s->uset[k], s->bits[k], s->words * sizeof(uint64_t)) != 0)
			result = -EFAULT;
	}
	kfree(s->bits[READ]);
	return result;
}

long sys_pselect6(uint64_t n, uint64_t in, uint64_t out, uint64_t ex, uint64_t timeout, uint64_t usigmask)
{
	struct {
		uint64_t set, size;
	} sigmask = { 0, 0 };
	struct sets s = { .uset = { in, out, ex } };
	uint64_t deadline;
	int err;

	if (usigmask != 0 && copy_from_user(&sigmask, usigmask, sizeof(sigmask)) != 0)
		return -EFAULT;
	err = poll_deadline(timeout, &deadline);
	if (err == 0)
		err = poll_set_mask(sigmask.set, sigmask.size);
	if (err != 0)
		return err;
	return poll_finish(select_user((uint32_t)n, &s, deadline), timeout, deadline, sigmask.set != 0);
}
