/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork-copies-memory - what parent and child write after fork, the other does not
 * see: data, heap, stack, mappings.
 */
#include "guest.h"

static int data = 1;

int main(void)
{
	int stack = 1, status;
	int *const heap = malloc(sizeof(int));
	int *const mapped = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	volatile int *const there[] = { &data, &stack, heap, mapped };

	CHECK(heap != NULL && mapped != MAP_FAILED);
	*heap = *mapped = 1;
	const pid_t child = fork();
	CHECK(child >= 0);
	for (int i = 0; i < 4; i++)
		*there[i] += child ? 10 : 20;
	for (int i = 0; i < 4; i++)
		CHECK(*there[i] == (child ? 11 : 21));
	if (child == 0)
		_exit(0);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	for (int i = 0; i < 4; i++)
		CHECK(*there[i] == 11);
	return 0;
}
