/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso-is-mapped-by-name - [vdso] and [vvar] in /proc/PID/maps; the data can be read by the program
 * and neither written, executed nor read by another; the code moves as a whole, does not grow, and
 * what a debugger writes into it stays with one process.
 */
#include "tracing.h"
#include "vdso.h"

#include <sys/uio.h>

typedef long (*clock_function)(int clock, struct timespec *ts);

static struct mapping vdso, vvar;
static volatile int handled;

static void count(int sig)
{
	(void)sig;
	handled++;
}

static long remap(uint64_t old, size_t from, size_t to, int flags, uint64_t where)
{
	const long result = syscall(SYS_mremap, old, from, to, flags, where);

	return result == -1 ? -errno : result;
}

static void tells_time(uint64_t base)
{
	const uint64_t offset = (uint64_t)vdso_find("__vdso_clock_gettime") - getauxval(AT_SYSINFO_EHDR);
	const clock_function gettime = (clock_function)(base + offset);
	struct timespec ts;

	CHECK(gettime(CLOCK_MONOTONIC, &ts) == 0);
}

/* A new place for data and code, one beside the other as before: signals still return. */
static void move(void)
{
	const size_t between = vdso.start - vvar.start, size = vdso.end - vvar.start;
	const uint64_t to = (uint64_t)mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct mapping moved;

	CHECK(to != (uint64_t)MAP_FAILED);
	CHECK(remap(vvar.start, vvar.end - vvar.start, vvar.end - vvar.start, MREMAP_MAYMOVE | MREMAP_FIXED, to) ==
	      (long)to);
	CHECK(remap(vdso.start, vdso.end - vdso.start, vdso.end - vdso.start, MREMAP_MAYMOVE | MREMAP_FIXED,
		    to + between) == (long)(to + between));
	CHECK(find_mapping("[vdso]", &moved) && moved.start == to + between);
	CHECK(find_mapping("[vvar]", &moved) && moved.start == to);
	handled = 0;
	CHECK(raise(SIGUSR1) == 0 && handled == 1);
}

static void change_the_vdso(void)
{
	CHECK(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
	raise(SIGSTOP);
	/* The tracer has put a breakpoint where the clock begins. */
	tells_time(vdso.start);
	_exit(3);
}

static void check_breakpoint(void)
{
	const char *at = vdso_find("__vdso_clock_gettime");
	unsigned char before[4];
	long word;
	int status;
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0)
		change_the_vdso();
	CHECK(waitpid(child, &status, 0) == child && WIFSTOPPED(status));
	memcpy(before, at, sizeof(before));
	errno = 0;
	word = ptrace(PTRACE_PEEKTEXT, child, (void *)((uint64_t)at & ~7UL), NULL);
	CHECK(errno == 0 && memcmp(&word, (void *)((uint64_t)at & ~7UL), 8) == 0);
#ifdef __riscv
	memcpy((char *)&word + ((uint64_t)at & 7), "\x02\x90", 2); /* c.ebreak */
#else
	((unsigned char *)&word)[(uint64_t)at & 7] = 0xcc; /* int3 */
#endif
	CHECK(ptrace(PTRACE_POKETEXT, child, (void *)((uint64_t)at & ~7UL), (void *)word) == 0);
	CHECK(memcmp(before, at, sizeof(before)) == 0);
	/* The kernel's data is not for others. */
	REFUSED(ptrace(PTRACE_PEEKDATA, child, (void *)vvar.start, &word), EIO);
	CHECK(ptrace(PTRACE_CONT, child, NULL, NULL) == 0);
	CHECK(waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
	tells_time(vdso.start);
}

static void write_to_the_vdso(void)
{
	CHECK(mprotect((void *)vdso.start, vdso.end - vdso.start, PROT_READ | PROT_WRITE) == 0);
	memset((void *)vdso.start, 0, 64);
	CHECK(*(volatile char *)vdso.start == 0);
	/* Given up, it is the kernel's again. */
	CHECK(madvise((void *)vdso.start, vdso.end - vdso.start, MADV_DONTNEED) == 0);
	CHECK(memcmp((void *)vdso.start, ELFMAG, SELFMAG) == 0);
}

static void unmap_the_vdso(void)
{
	CHECK(munmap((void *)vdso.start, vdso.end - vdso.start) == 0);
	CHECK(!find_mapping("[vdso]", &vdso));
	tells_time(vdso.start);
}

static void no_way_back(void)
{
	CHECK(munmap((void *)vdso.start, vdso.end - vdso.start) == 0);
	raise(SIGUSR1);
}

static void return_nowhere(void)
{
	CHECK(killed_by(status_of(no_way_back), SIGSEGV));
}

int main(void)
{
	char byte;
	struct iovec to = { &byte, 1 }, from;

	CHECK(find_mapping("[vdso]", &vdso) && find_mapping("[vvar]", &vvar));
	CHECK(vdso.start == getauxval(AT_SYSINFO_EHDR) && vvar.end <= vdso.start);
	CHECK(strcmp(vdso.rights, "r-xp") == 0 && strcmp(vvar.rights, "r--p") == 0);
	CHECK(vdso.offset == 0 && vdso.inode == 0 && vvar.offset == 0 && vvar.inode == 0);
	CHECK(strcmp(vdso.device, "00:00") == 0 && strcmp(vvar.device, "00:00") == 0);
	CHECK(signal(SIGUSR1, count) != SIG_ERR && raise(SIGUSR1) == 0 && handled == 1);
	/* The data. */
	REFUSED(mprotect((void *)vvar.start, 4096, PROT_READ | PROT_WRITE), EACCES);
	REFUSED(mprotect((void *)vvar.start, 4096, PROT_READ | PROT_EXEC), EACCES);
	REFUSED(madvise((void *)vvar.start, 4096, MADV_DONTNEED), EINVAL);
	from = (struct iovec){ (void *)vvar.start, 1 };
	REFUSED(syscall(SYS_process_vm_readv, getpid(), &to, 1, &from, 1, 0), EFAULT);
	from = (struct iovec){ (void *)vdso.start, 1 };
	CHECK(syscall(SYS_process_vm_readv, getpid(), &to, 1, &from, 1, 0) == 1 && byte == '\177');
	/* The code. */
	CHECK(remap(vdso.start, vdso.end - vdso.start, 16 * 4096, MREMAP_MAYMOVE, 0) == -EFAULT);
	CHECK(remap(vdso.start, vdso.end - vdso.start, vdso.end - vdso.start, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, 0) ==
	      -EINVAL);
	check_breakpoint();
	CHECK(exited_with(status_of(write_to_the_vdso), 0));
	CHECK(killed_by(status_of(unmap_the_vdso), SIGSEGV));
#ifdef __riscv
	return_nowhere();
#else
	(void)return_nowhere;				   /* the handler's way back is the program's own there */
#endif
	CHECK(exited_with(status_of(move), 0));
	tells_time(vdso.start);
	return 0;
}
