/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getrandom-flags-and-the-seed - with a seed every flag gives bytes. Without one ("unseeded")
 * who does not wait gets EAGAIN, and who takes what is insecure gets it; once somebody has
 * waited, there is randomness for all.
 */
#include "guest.h"

#include <sys/random.h>

#ifndef GRND_INSECURE
#define GRND_INSECURE 4
#endif

int main(int argc, char **argv)
{
	const int fd = open("/dev/random", O_RDONLY | O_NONBLOCK);
	char a[16];

	(void)argv;
	REFUSED(getrandom(a, sizeof(a), GRND_RANDOM | GRND_INSECURE), EINVAL);
	if (argc > 1) {
		REFUSED(getrandom(a, sizeof(a), GRND_NONBLOCK), EAGAIN);
		REFUSED(getrandom(a, sizeof(a), GRND_NONBLOCK | GRND_RANDOM), EAGAIN);
		REFUSED(read(fd, a, sizeof(a)), EAGAIN);
		CHECK(getrandom(a, sizeof(a), GRND_INSECURE | GRND_NONBLOCK) == sizeof(a));
		REFUSED(getrandom(a, sizeof(a), GRND_NONBLOCK), EAGAIN);
		CHECK(getrandom(a, sizeof(a), GRND_RANDOM) == sizeof(a));
	}
	CHECK(getrandom(a, sizeof(a), 0) == sizeof(a));
	CHECK(getrandom(a, sizeof(a), GRND_RANDOM) == sizeof(a));
	CHECK(getrandom(a, sizeof(a), GRND_NONBLOCK) == sizeof(a));
	CHECK(getrandom(a, sizeof(a), GRND_NONBLOCK | GRND_RANDOM) == sizeof(a));
	CHECK(getrandom(a, sizeof(a), GRND_INSECURE) == sizeof(a));
	CHECK(read(fd, a, sizeof(a)) == sizeof(a));
	return 0;
}
