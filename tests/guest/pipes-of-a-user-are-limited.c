/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipes-of-a-user-are-limited - a user whose pipes have more pages than
 * /proc/sys/fs/pipe-user-pages-soft gets pipes of two pages, which cannot grow; one with more than
 * pipe-user-pages-hard gets none. Who may do more is not limited, but counted.
 */
#include "files.h"

#define PAGE 4096

/* The size of a new pipe, which stays open. */
static long more(int ends[2])
{
	return pipe(ends) == 0 ? fcntl(ends[1], 1032) : -errno; /* F_GETPIPE_SZ */
}

static void somebody(void)
{
	int ends[2], small[2];

	drop_privileges();
	CHECK(more(ends) == 16 * PAGE && more(ends) == 16 * PAGE); /* 32 pages: not more than 40 */
	CHECK(more(small) == 2 * PAGE && more(small) == 2 * PAGE);
	CHECK(fcntl(small[1], 1031, PAGE) == PAGE); /* F_SETPIPE_SZ: less is allowed */
	REFUSED(fcntl(small[1], 1031, 16 * PAGE), EPERM);
	CHECK(fcntl(small[1], 1032) == PAGE);
	for (int n = 0; n < 12; n++) /* up to 59 pages of 60 */
		CHECK(more(small) == 2 * PAGE);
	CHECK(more(small) == -ENFILE);
	CHECK(close(ends[0]) == 0 && close(ends[1]) == 0);
	CHECK(more(small) == 2 * PAGE);
}

int main(void)
{
	char soft[32], hard[32];
	int ends[2];

	read_text("/proc/sys/fs/pipe-user-pages-soft", soft, sizeof(soft));
	read_text("/proc/sys/fs/pipe-user-pages-hard", hard, sizeof(hard));
	CHECK(strcmp(soft, "16384\n") == 0 && strcmp(hard, "0\n") == 0);
	write_setting("/proc/sys/fs/pipe-user-pages-soft", "40", 0);
	write_setting("/proc/sys/fs/pipe-user-pages-hard", "60\n", 0);
	CHECK(status_of(somebody) == 0);
	CHECK(status_of(somebody) == 0); /* all is given back */
	for (int n = 0; n < 8; n++)
		CHECK(more(ends) == 16 * PAGE);
	write_setting("/proc/sys/fs/pipe-user-pages-soft", soft, 0);
	write_setting("/proc/sys/fs/pipe-user-pages-hard", hard, 0);
	return 0;
}
