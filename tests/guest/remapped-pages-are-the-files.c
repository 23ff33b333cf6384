/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * remapped-pages-are-the-files - remap_file_pages makes pages of a shared mapping show other pages
 * of its file; what is written there is the file's. Private mappings, holes and rights are refused.
 */
#include "files.h"

#include <sys/mman.h>

#define PAGE 4096L

static long remap(const char *at, long size, int prot, long page)
{
	return syscall(SYS_remap_file_pages, at, size, prot, page, 0);
}

/* A segment that is removed goes with its last mapping, and the call fails; EINVAL: newer Linux. */
static void of_shared_memory(void)
{
	const long id = syscall(SYS_shmget, 0, 2 * PAGE, 0600);
	char *at = (char *)syscall(SYS_shmat, id, NULL, 0), gone;

	CHECK(id >= 0 && at != (char *)-1);
	at[0] = 'a';
	at[PAGE] = 'b';
	CHECK(remap(at, PAGE, 0, 1) == 0 && at[0] == 'b' && at[PAGE] == 'b');
	CHECK(munmap(at, PAGE) == 0 && syscall(SYS_shmctl, id, 0, NULL) == 0); /* IPC_RMID */
	CHECK(remap(at + PAGE, PAGE, 0, 0) == -1 && (errno == EIDRM || errno == EINVAL));
	CHECK(syscall(SYS_mincore, at + PAGE, PAGE, &gone) == -1 && errno == ENOMEM);
	REFUSED(syscall(SYS_shmat, id, NULL, 0), EINVAL);
}

int main(void)
{
	char *shared, *private, byte = '\0';
	int fd;

	of_shared_memory();
	enter_new_folder();
	fd = open("f", O_RDWR | O_CREAT, 0600);
	CHECK(fd >= 0 && syscall(SYS_ftruncate, fd, 4 * PAGE) == 0);
	for (int n = 0; n < 4; n++)
		CHECK(syscall(SYS_pwrite64, fd, &"abcd"[n], 1, n * PAGE) == 1);
	shared = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	private = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && private != MAP_FAILED && close(fd) == 0);
	CHECK(remap(shared, PAGE, 0, 3) == 0 && remap(shared + 3 * PAGE + 5, PAGE + 7, 0, 0) == 0);
	CHECK(shared[0] == 'd' && shared[PAGE] == 'b' && shared[2 * PAGE] == 'c' && shared[3 * PAGE] == 'a');
	shared[0] = 'z';
	fd = open("f", O_RDONLY);
	CHECK(pread(fd, &byte, 1, 3 * PAGE) == 1 && byte == 'z');
	CHECK(remap(shared + PAGE, 2 * PAGE, 0, 2) == 0 && shared[PAGE] == 'c' && shared[2 * PAGE] == 'z');
	REFUSED(remap(shared, PAGE, PROT_READ, 0), EINVAL);
	REFUSED(remap(shared, PAGE - 1, 0, 0), EINVAL);
	REFUSED(remap(shared, PAGE, 0, -1), EINVAL);
	REFUSED(remap(private, PAGE, 0, 0), EINVAL);
	CHECK(munmap(shared + PAGE, PAGE) == 0);
	REFUSED(remap(shared, 4 * PAGE, 0, 0), EINVAL);
	REFUSED(remap(shared + PAGE, PAGE, 0, 0), EINVAL);
	CHECK(munmap(shared, 4 * PAGE) == 0 && munmap(private, PAGE) == 0 && close(fd) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "f", 0) == 0);
	leave_folder();
	return 0;
}
