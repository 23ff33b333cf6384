/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random_device.c - what is written to /dev/random and /dev/urandom is mixed into the generator's
 * key, and their ioctl tells and sets how much randomness that has. [drivers/char/random.c]
 */
#include "random_device.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/random.h>

#include "dev.h"
#include "file.h"
#include "random.h"
#include "task.h"
#include "usercopy.h"

/* A signal ends a long write after a page, as on Linux. [write_pool_user] */
static long mix_in(struct uio *from)
{
	uint8_t block[64];
	const uint64_t want = from->left;
	uint64_t done = 0;

	while (done < want) {
		const uint64_t n = want - done < sizeof(block) ? want - done : sizeof(block);
		const uint64_t got = uio_get(from, block, n);

		random_add(block, got, 0);
		done += got;
		if (got != n)
			return done != 0 ? (long)done : -EFAULT;
		if (done % PAGE_SIZE != 0)
			continue;
		(void)sched_give_way();
		if (signal_pending())
			break;
	}
	return (long)done;
}

static long random_device_write(struct file *f, struct uio *from, uint64_t *pos)
{
	(void)f, (void)pos;
	return mix_in(from);
}

/* RNDADDENTROPY: at ARG lie how many bits of randomness the bytes have, their number, and they. */
static long add_entropy(uint64_t arg)
{
	int32_t head[2];
	struct uio from;
	long n;

	if (copy_from_user(head, arg, sizeof(head[0])) != 0)
		return -EFAULT;
	if (head[0] < 0)
		return -EINVAL;
	if (copy_from_user(head, arg, sizeof(head)) != 0 ||
	    uio_init_user(&from, arg + sizeof(head), (uint64_t)(int64_t)head[1]) != 0)
		return -EFAULT;
	n = mix_in(&from);
	if (n < 0)
		return n;
	if (n != head[1])
		return -EFAULT;
	random_add(NULL, 0, (size_t)head[0]);
	return 0;
}

static long random_control(uint32_t cmd, uint64_t arg)
{
	int32_t bits = 0;

	switch (cmd) {
	case RNDADDENTROPY:
		return add_entropy(arg);
	case RNDADDTOENTCNT:
		if (copy_from_user(&bits, arg, sizeof(bits)) != 0)
			return -EFAULT;
		if (bits < 0)
			return -EINVAL;
		random_add(NULL, 0, (size_t)bits);
		return 0;
	case RNDRESEEDCRNG:
		if (!random_ready())
			return -ENODATA;
		random_reseed();
		return 0;
	default: /* RNDZAPENTCNT, RNDCLEARPOOL: no effect, as on Linux */
		return 0;
	}
}

static long random_device_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const int32_t bits = (int32_t)random_bits();

	(void)f;
	switch ((uint32_t)cmd) {
	case RNDGETENTCNT:
		return copy_to_user(arg, &bits, sizeof(bits));
	case RNDADDENTROPY:
	case RNDADDTOENTCNT:
	case RNDZAPENTCNT:
	case RNDCLEARPOOL:
	case RNDRESEEDCRNG:
		return task_capable(CAP_SYS_ADMIN) ? random_control((uint32_t)cmd, arg) : -EPERM;
	default:
		return -EINVAL;
	}
}

void random_device_init(void)
{
	device_random_ops.write = random_device_write;
	device_random_ops.ioctl = random_device_ioctl;
}
