/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap-beyond-the-end-of-a-file-is-sigbus - pages behind a file's last one are mapped, but there is
 * nothing: SIGBUS, and EFAULT of calls; also when the file became shorter before the page was
 * touched, until it grows again.
 */
#include "files.h"

#define PAGE 4096
#define PAGES 4

static volatile char *at; /* what is touched */
static int writes;

static void handler(int number, siginfo_t *info, void *unused)
{
	(void)unused;
	_exit(number == SIGBUS && info->si_code == BUS_ADRERR && info->si_addr == (const volatile void *)at ? 9 : 1);
}

static void touch(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO;
	CHECK(sigaction(SIGBUS, &action, NULL) == 0 && sigaction(SIGSEGV, &action, NULL) == 0);
	if (writes)
		*at = 1;
	else
		(void)*at;
}

/* In a child: does a touch end in SIGBUS, where it was? */
static int is_sigbus(const char *where, int how)
{
	int status;

	at = (volatile char *)(uintptr_t)where;
	writes = how;
	status = status_of(touch);
	CHECK(exited_with(status, 9) || exited_with(status, 0));
	return exited_with(status, 9);
}

static void try(int flags)
{
	const int fd = open("file", O_CREAT | O_RDWR | O_TRUNC, 0600);
	const int zero = open("/dev/zero", O_RDONLY);
	char *map;

	CHECK(fd >= 0 && zero >= 0 && write(fd, "text", 4) == 4 && syscall(SYS_ftruncate, fd, PAGE + 100) == 0);
	map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, flags, fd, 0);
	CHECK(map != MAP_FAILED);
	CHECK(map[3] == 't' && !is_sigbus(map + PAGE, 0) && !is_sigbus(map + 2 * PAGE - 1, 1));
	for (int how = 0; how < 2; how++)
		CHECK(is_sigbus(map + 2 * PAGE, how) && is_sigbus(map + PAGES * PAGE - 1, how));
	REFUSED(read(zero, map + 2 * PAGE, 8), EFAULT);
	CHECK(read(zero, map + 2 * PAGE - 8, 16) == 8);
	CHECK(syscall(SYS_ftruncate, fd, 3 * PAGE) == 0);
	CHECK(!is_sigbus(map + 2 * PAGE, 1) && is_sigbus(map + 3 * PAGE, 0));
	CHECK(syscall(SYS_ftruncate, fd, 2 * PAGE) == 0);
	CHECK(munmap(map, PAGES * PAGE) == 0);
	map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, flags, fd, 0);
	CHECK(map != MAP_FAILED && is_sigbus(map + 2 * PAGE, 1) && !is_sigbus(map + PAGE, 1));
	CHECK(syscall(SYS_ftruncate, fd, 1) == 0);
	CHECK(is_sigbus(map + PAGE, 0) && map[0] == 't' && map[1] == 0);
	CHECK(munmap(map, PAGES * PAGE) == 0 && close(fd) == 0 && close(zero) == 0);
}

int main(void)
{
	enter_new_folder();
	try(MAP_SHARED);
	try(MAP_PRIVATE);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0);
	leave_folder();
	return 0;
}
