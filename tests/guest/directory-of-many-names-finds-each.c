/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * directory-of-many-names-finds-each - a name is found, by its folder, however many there are,
 * after others were renamed, exchanged and removed; and from a position that getdents64 gave, each
 * name that was behind it is shown once, and none that was before it.
 */
#include "listing.h"

static int is_there(const char *path)
{
	return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

static void check_all(void)
{
	for (int i = 0; i < NAMES; i++) {
		CHECK(is_there(name(i, 1)) == (there[i] == 1));
		CHECK(is_there(name(i, 2)) == (there[i] == 2));
	}
	CHECK(!is_there("a") && !is_there("a15000") && !is_there("other/a1"));
}

static void change_some(void)
{
	char first[16];

	for (int i = 0; i < NAMES; i++) {
		snprintf(first, sizeof(first), "%s", name(i, 1));
		if (i % 3 == 0) {
			CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, name(i, 2), 0) == 0);
			there[i] = 2;
		} else if (i % 7 == 0) {
			CHECK(unlink(first) == 0);
			there[i] = 0;
		}
	}
	snprintf(first, sizeof(first), "%s", name(1, 1));
	CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, name(3, 2), RENAME_EXCHANGE) == 0);
	CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, "other/a1", 0) == 0);
	CHECK(!is_there(first) && is_there("other/a1"));
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "other/a1", AT_FDCWD, first, 0) == 0);
}

static void check_positions(void)
{
	static char before[NAMES], behind[NAMES], again[NAMES];
	const int fd = open(".", O_RDONLY | O_DIRECTORY);
	const long position = list_parts(fd, before, behind);

	CHECK(syscall(SYS_lseek, fd, position, SEEK_SET) == position);
	while (list_some(fd, again) >= 0)
		;
	CHECK(memcmp(again, behind, sizeof(again)) == 0 && close(fd) == 0);
}

int main(void)
{
	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "other", 0755) == 0);
	make_names();
	check_all();
	change_some();
	check_all();
	check_positions();
	remove_names();
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "other", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
