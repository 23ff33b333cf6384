/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shared-mappings-are-shared - an anonymous MAP_SHARED page is one page for parent and child.
 */
#include "guest.h"

int main(void)
{
	volatile int *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		*page = 42;
		_exit(0);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(*page == 42);
	return 0;
}
