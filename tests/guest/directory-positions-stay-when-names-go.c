/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * directory-positions-stay-when-names-go - from a position that getdents64 gave, each name that was
 * behind it and is there still is shown once, and none that was before it, after names before and
 * behind it were removed.
 */
#include "listing.h"

int main(void)
{
	static char before[NAMES], behind[NAMES], again[NAMES];
	long position;
	int fd;

	enter_new_folder();
	make_names();
	fd = open(".", O_RDONLY | O_DIRECTORY);
	position = list_parts(fd, before, behind);
	for (int i = 0; i < NAMES; i += 5) {
		CHECK(unlink(name(i, there[i])) == 0);
		there[i] = 0;
	}
	CHECK(syscall(SYS_lseek, fd, position, SEEK_SET) == position);
	while (list_some(fd, again) >= 0)
		;
	for (int i = 0; i < NAMES; i++)
		CHECK(again[i] == (behind[i] && there[i] != 0));
	CHECK(close(fd) == 0);
	remove_names();
	leave_folder();
	return 0;
}
