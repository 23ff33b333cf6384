/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-mapping-is-the-files-until-it-is-written - what nobody has written in a private mapping
 * is the file's; what one has, by a store or through /proc/PID/mem, is its own: neither the file
 * nor another mapping or process sees it.
 */
#include "files.h"

#define PAGE 4096
#define SIZE (2 * PAGE + 100)

static int fd;

static char *map(int prot)
{
	char *at = mmap(NULL, SIZE, prot, MAP_PRIVATE, fd, 0);

	CHECK(at != MAP_FAILED);
	return at;
}

static char in_file(long at)
{
	char byte;

	CHECK(raw(SYS_pread64, fd, (long)&byte, 1, at, 0, 0) == 1);
	return byte;
}

static void put_in_file(long at, char byte)
{
	CHECK(raw(SYS_pwrite64, fd, (long)&byte, 1, at, 0, 0) == 1);
}

static char *one;

static void writes(void)
{
	CHECK(mprotect(one, SIZE, PROT_READ | PROT_WRITE) == 0);
	one[PAGE] = 'c';
}

int main(void)
{
	char *two;
	int mem;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && unlink("file") == 0 && syscall(SYS_ftruncate, fd, SIZE) == 0);
	leave_folder();
	put_in_file(0, 'a');
	put_in_file(PAGE, 'b');
	one = map(PROT_READ);
	two = map(PROT_READ);
	CHECK(one[0] == 'a' && two[0] == 'a' && one[PAGE] == 'b' && two[PAGE] == 'b');
	CHECK(one[SIZE] == 0 && one[3 * PAGE - 1] == 0); /* behind its end */
	put_in_file(0, 'A');
	CHECK(one[0] == 'A' && two[0] == 'A');

	CHECK(mprotect(one, SIZE, PROT_READ | PROT_WRITE) == 0);
	one[0] = 'x';
	CHECK(one[0] == 'x' && two[0] == 'A' && in_file(0) == 'A');
	put_in_file(0, 'B');
	CHECK(one[0] == 'x' && two[0] == 'B');
	CHECK(exited_with(status_of(writes), 0));
	CHECK(one[PAGE] == 'b' && two[PAGE] == 'b' && in_file(PAGE) == 'b');

	/* As a debugger writes a breakpoint. */
	mem = open("/proc/self/mem", O_RDWR);
	CHECK(mem >= 0 && raw(SYS_pwrite64, mem, (long)"y", 1, (long)two + PAGE, 0, 0) == 1);
	CHECK(two[PAGE] == 'y' && one[PAGE] == 'b' && in_file(PAGE) == 'b');
	CHECK(mprotect(one, SIZE, PROT_READ) == 0 && one[0] == 'x');
	return 0;
}
