/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locked-memory-is-limited - RLIMIT_MEMLOCK bounds what mlock, mlockall, MAP_LOCKED, brk, mremap
 * and a stack that grows lock, each with its own refusal; root is not bound; VmLck says how much it
 * is. Children and new programs begin without.
 */
#include "files.h"

#include <sys/resource.h>

#define PAGE 4096L
#define LIMIT (8 * PAGE)
#define ALL 1 /* MCL_CURRENT */
#define FUTURE 2
#define ON_FAULT 4
#define LOCKED 0x2000 /* MAP_LOCKED */
#define DROP 4	      /* MADV_DONTNEED */

static long locked(void)
{
	char text[4096], *at;

	read_text("/proc/self/status", text, sizeof(text));
	at = strstr(text, "VmLck:");
	CHECK(at != NULL);
	return atol(at + 6) * 1024;
}

static long map(long length, int flags)
{
	return raw(SYS_mmap, 0, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

static long lock(long nr, long at, long length)
{
	return raw(nr, at, length, 0, 0, 0, 0);
}

static void limit(long bytes)
{
	const struct rlimit l = { (rlim_t)bytes, (rlim_t)bytes };

	CHECK(syscall(SYS_prlimit64, 0, RLIMIT_MEMLOCK, &l, NULL) == 0);
}

static int is_there(long at)
{
	unsigned char there = 0;

	CHECK(raw(SYS_mincore, at, PAGE, (long)&there, 0, 0, 0) == 0);
	return there & 1;
}

static void ranges(void)
{
	const long at = map(16 * PAGE, 0);

	CHECK(at > 0 && locked() == 0);
	CHECK(lock(SYS_mlock, at, LIMIT + 1) == -ENOMEM && locked() == 0);
	CHECK(lock(SYS_mlock, at, LIMIT) == 0 && locked() == LIMIT);
	CHECK(lock(SYS_mlock, at + LIMIT, 1) == -ENOMEM);
	CHECK(lock(SYS_mlock, at, LIMIT) == 0); /* no more than before */
	CHECK(raw(SYS_msync, at, PAGE, MS_INVALIDATE, 0, 0, 0) == -EBUSY);
	CHECK(lock(SYS_munlock, at, PAGE) == 0 && locked() == LIMIT - PAGE);
	CHECK(raw(SYS_msync, at, PAGE, MS_INVALIDATE, 0, 0, 0) == 0);
	CHECK(lock(SYS_mlock, at + LIMIT, 1) == 0 && locked() == LIMIT);
	CHECK(raw(SYS_madvise, at + PAGE, PAGE, DROP, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_madvise, at, PAGE, DROP, 0, 0, 0) == 0);
	CHECK(lock(SYS_munmap, at, 16 * PAGE) == 0 && locked() == 0);
}

static void mappings(void)
{
	const long at = map(LIMIT, LOCKED);

	CHECK(at > 0 && locked() == LIMIT && is_there(at));
	CHECK(map(PAGE, LOCKED) == -EAGAIN);
	CHECK(raw(SYS_mremap, at, LIMIT, LIMIT + PAGE, 1, 0, 0) == -EAGAIN);
	CHECK(raw(SYS_mremap, at, LIMIT, PAGE, 0, 0, 0) == at && locked() == PAGE);
	CHECK(raw(SYS_mremap, at, PAGE, 2 * PAGE, 0, 0, 0) == at && locked() == 2 * PAGE && is_there(at + PAGE));
	CHECK(lock(SYS_munmap, at, 2 * PAGE) == 0);
}

static void all(void)
{
	const long before = raw1(SYS_brk, 0);
	long at;

	CHECK(raw1(SYS_mlockall, ALL) == -ENOMEM);
	CHECK(raw1(SYS_mlockall, FUTURE) == 0 && locked() == 0);
	at = map(PAGE, 0);
	CHECK(at > 0 && locked() == PAGE && is_there(at));
	CHECK(map(LIMIT, 0) == -EAGAIN);
	CHECK(raw1(SYS_brk, before + 2 * LIMIT) == before);
	CHECK(raw1(SYS_brk, before + PAGE) == before + PAGE && locked() == 2 * PAGE);
	CHECK(raw1(SYS_brk, before) == before);
	CHECK(raw1(SYS_mlockall, FUTURE | ON_FAULT) == 0);
	CHECK(lock(SYS_munmap, at, PAGE) == 0);
	at = map(PAGE, 0);
	CHECK(at > 0 && locked() == PAGE && !is_there(at));
	CHECK(raw0(SYS_munlockall) == 0 && locked() == 0);
	CHECK(map(LIMIT, 0) > 0);
}

static void child_of_it(void)
{
	CHECK(locked() == 0 && map(16 * PAGE, 0) > 0 && locked() == 0);
}

static void inherited(void)
{
	CHECK(map(PAGE, LOCKED) > 0 && raw1(SYS_mlockall, FUTURE) == 0);
	CHECK(status_of(child_of_it) == 0 && locked() == PAGE);
}

static __attribute__((noinline)) void use_stack(volatile char *above)
{
	volatile char room[64 * PAGE];

	room[0] = 1;
	*above = room[0];
}

/* All is locked, and then the limit is less: a stack that grows finds no memory. */
static void stack(void)
{
	char here;

	drop_privileges();
	CHECK(raw1(SYS_mlockall, ALL) == 0);
	limit(LIMIT);
	use_stack(&here);
}

static void none_at_all(void)
{
	const long at = map(PAGE, 0);

	limit(0);
	CHECK(lock(SYS_mlock, at, PAGE) == -EPERM && raw1(SYS_mlockall, FUTURE) == -EPERM);
	CHECK(map(PAGE, LOCKED) == -EPERM);
	CHECK(lock(SYS_munlock, at, PAGE) == 0);
}

static void roots(void)
{
	limit(0);
	CHECK(map(LIMIT, LOCKED) > 0 && raw1(SYS_mlockall, ALL | FUTURE) == 0 && locked() > LIMIT);
}

int main(void)
{
	CHECK(status_of(roots) == 0);
	CHECK(killed_by(status_of(stack), SIGSEGV));
	limit(LIMIT);
	drop_privileges();
	CHECK(status_of(ranges) == 0);
	CHECK(status_of(mappings) == 0);
	CHECK(status_of(all) == 0);
	CHECK(status_of(inherited) == 0);
	CHECK(status_of(none_at_all) == 0);
	return 0;
}
