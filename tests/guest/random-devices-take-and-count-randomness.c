/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random-devices-take-and-count-randomness - what /dev/random and /dev/urandom know is told by an
 * ioctl and by /proc alike; root may add to it, others may only write; bad memory is EFAULT.
 */
#include "files.h"

#define GET 0x80045200UL   /* RNDGETENTCNT */
#define COUNT 0x40045201UL /* RNDADDTOENTCNT */
#define ADD 0x40085203UL   /* RNDADDENTROPY */
#define ZAP 0x5204UL	   /* RNDZAPENTCNT */
#define CLEAR 0x5206UL	   /* RNDCLEARPOOL */
#define RESEED 0x5207UL	   /* RNDRESEEDCRNG */

struct pool {
	int32_t bits, size;
	char bytes[64];
};

static long ask(int fd, unsigned long what, const void *argument)
{
	return syscall(SYS_ioctl, fd, what, argument);
}

static void look(const char *path)
{
	const int fd = open(path, O_RDWR);
	int32_t bits = -1;
	char text[32];

	CHECK(fd >= 0 && ask(fd, GET, &bits) == 0 && bits == 256);
	read_text("/proc/sys/kernel/random/entropy_avail", text, sizeof(text));
	CHECK(strcmp(text, "256\n") == 0);
	REFUSED(ask(fd, GET, (void *)8), EFAULT);
	REFUSED(ask(fd, 0x5205, NULL), EINVAL);
	REFUSED(ask(fd, 0x5401, NULL), EINVAL);
	CHECK(write(fd, "a seed", 6) == 6);
	REFUSED(syscall(SYS_write, fd, 8L, 6L), EFAULT);
	CHECK(close(fd) == 0);
}

static void add(int fd)
{
	struct pool p = { 0, 64, "bytes of somebody" };
	const int32_t negative = -1, none = 0;

	CHECK(ask(fd, ADD, &p) == 0 && ask(fd, COUNT, &none) == 0);
	p.size = 0;
	CHECK(ask(fd, ADD, &p) == 0);
	p.bits = -1;
	REFUSED(ask(fd, ADD, &p), EINVAL);
	REFUSED(ask(fd, COUNT, &negative), EINVAL);
	REFUSED(ask(fd, ADD, (void *)8), EFAULT);
	REFUSED(ask(fd, COUNT, (void *)8), EFAULT);
	p.bits = 0;
	p.size = -1;
	REFUSED(ask(fd, ADD, &p), EFAULT);
	CHECK(ask(fd, ZAP, NULL) == 0 && ask(fd, CLEAR, NULL) == 0 && ask(fd, RESEED, NULL) == 0);
}

static int device;

static void nobody(void)
{
	drop_privileges();
	look("/dev/urandom");
	REFUSED(ask(device, ADD, (void *)8), EPERM);
	REFUSED(ask(device, COUNT, (void *)8), EPERM);
	REFUSED(ask(device, ZAP, NULL), EPERM);
	REFUSED(ask(device, CLEAR, NULL), EPERM);
	REFUSED(ask(device, RESEED, NULL), EPERM);
}

int main(void)
{
	look("/dev/random");
	look("/dev/urandom");
	device = open("/dev/random", O_RDONLY);
	CHECK(device >= 0);
	add(device);
	CHECK(status_of(nobody) == 0);
	return 0;
}
