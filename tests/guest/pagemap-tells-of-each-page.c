/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pagemap-tells-of-each-page - /proc/PID/pagemap has eight bytes for each page: whether it is in
 * memory, whether it is a file's, whether somebody else has it mapped, too; which page it is for
 * those with CAP_SYS_ADMIN.
 */
#include "files.h"

#define PAGE 4096L
#define PRESENT (1UL << 63)
#define OF_FILE (1UL << 61)
#define EXCLUSIVE (1UL << 56)
#define WHICH ((1UL << 55) - 1)

static int pagemap;

static uint64_t look(const char *at)
{
	uint64_t entry = 77;

	CHECK(syscall(SYS_pread64, pagemap, &entry, sizeof(entry), (long)at / PAGE * 8) == sizeof(entry));
	return entry;
}

static int is(const char *at, uint64_t flags)
{
	return (look(at) & (PRESENT | OF_FILE | EXCLUSIVE)) == flags;
}

static char *own, *file;

static void a_child(void)
{
	const int parents = pagemap;
	uint64_t entries[4];

	CHECK(is(own, PRESENT) && (look(own) & WHICH) != 0); /* the parent's file shows the parent's pages */
	pagemap = open("/proc/self/pagemap", O_RDONLY);
	CHECK(pagemap >= 0 && is(own, PRESENT) && is(own + PAGE, 0));
	own[0] = 2;
	CHECK(is(own, PRESENT | EXCLUSIVE));
	CHECK(close(pagemap) == 0);
	drop_privileges();
	REFUSED(open("/proc/self/pagemap", O_RDONLY), EACCES); /* what gave up root belongs to root */
	CHECK(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
	pagemap = open("/proc/self/pagemap", O_RDONLY);
	CHECK(pagemap >= 0 && is(own, PRESENT | EXCLUSIVE) && (look(own) & WHICH) == 0);
	CHECK(syscall(SYS_pread64, parents, entries, 32L, (long)own / PAGE * 8) == 32 && (entries[0] & WHICH) != 0);
}

/* What was only read is the page of zeroes. Some builds of Linux for x86 have none. */
static void check_zeroes(void)
{
	volatile const char *third = own + 3 * PAGE, *fourth = own + 4 * PAGE;
	int shared;

	CHECK(*third == 0 && *fourth == 0);
	shared = (look(own + 3 * PAGE) & WHICH) == (look(own + 4 * PAGE) & WHICH);
#ifdef __riscv
	CHECK(shared);
#endif
	CHECK(is(own + 3 * PAGE, shared ? PRESENT : PRESENT | EXCLUSIVE));
}

int main(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "file", 0);
	uint64_t entries[8] = { 0 };

	pagemap = open("/proc/self/pagemap", O_RDONLY);
	own = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(pagemap >= 0 && own != MAP_FAILED && fd >= 0 && syscall(SYS_ftruncate, fd, 4 * PAGE) == 0);
	madvise(own, 8 * PAGE, 15); /* MADV_NOHUGEPAGE */
	CHECK(look(own) == 0 && look((char *)8) == 0);
	own[0] = own[2 * PAGE] = 1;
	CHECK(is(own, PRESENT | EXCLUSIVE) && look(own + PAGE) == 0 && is(own + 2 * PAGE, PRESENT | EXCLUSIVE));
	CHECK((look(own) & WHICH) != 0 && (look(own) & WHICH) != (look(own + 2 * PAGE) & WHICH));
	check_zeroes();

	file = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(file != MAP_FAILED && look(file) == 0);
	file[PAGE] = 1;
	CHECK(is(file + PAGE, PRESENT | OF_FILE | EXCLUSIVE) && look(file + 2 * PAGE) == 0);
	CHECK(end_of(child_of(a_child)) == 0);

	/* Many at a time; eight bytes each, at a multiple of eight; none above the user's half. */
	CHECK(syscall(SYS_pread64, pagemap, entries, 64L, (long)own / PAGE * 8) == 64 && entries[0] >> 63 == 1 &&
	      entries[1] == 0 && entries[2] >> 63 == 1);
	REFUSED(syscall(SYS_pread64, pagemap, entries, 7L, 0L), EINVAL);
	REFUSED(syscall(SYS_pread64, pagemap, entries, 8L, 4L), EINVAL);
	REFUSED(syscall(SYS_pread64, pagemap, 8, 8L, 0L), EFAULT);
	CHECK(syscall(SYS_pread64, pagemap, entries, 0L, 0L) == 0);
	CHECK(syscall(SYS_pread64, pagemap, entries, 8L, 1L << 60) == 0);
	return 0;
}
