/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-keeps-the-peak-of-mappings - VmPeak is the most that was mapped at once, also after it was
 * unmapped; a child begins with what it has, and a program that is executed anew.
 */
#include "files.h"

#define KB 1024L
#define MUCH (32 * KB * KB)

/* The number, in bytes, in the line of /proc/self/status that begins with NAME. */
static long status(const char *name)
{
	char text[4096];
	const char *at;

	read_text("/proc/self/status", text, sizeof(text));
	at = strstr(text, name);
	CHECK(at != NULL);
	return atol(at + strlen(name)) * KB;
}

static void begins_with_what_it_has(void)
{
	CHECK(status("\nVmPeak:") == status("\nVmSize:"));
}

int main(int argc, char **argv)
{
	const long before = status("\nVmSize:");
	char *p;

	CHECK(status("\nVmPeak:") >= before);
	if (argc > 1) {
		CHECK(status("\nVmPeak:") < MUCH);
		return 0;
	}
	p = mmap(NULL, MUCH, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(p != MAP_FAILED && status("\nVmPeak:") >= before + MUCH);
	CHECK(munmap(p, MUCH) == 0);
	CHECK(status("\nVmPeak:") >= before + MUCH && status("\nVmSize:") < before + MUCH);
	CHECK(status_of(begins_with_what_it_has) == 0);
	syscall(SYS_execve, "/proc/self/exe", (char *const[]){ argv[0], (char *)(uintptr_t) "again", NULL }, NULL);
	return 1;
}
