/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * robust-list-can-be-asked-for - get_robust_list tells what set_robust_list was told, one's own or
 * that of a process one could trace. execve forgets it.
 */
#include "guest.h"

#define OLD_LIST 0x20000000L

static long ask(long pid, void **head, size_t *size)
{
	return raw(SYS_get_robust_list, pid, (long)head, (long)size, 0, 0, 0);
}

static void as_nobody(void)
{
	void *head;
	size_t size;

	drop_privileges();
	CHECK(ask(getppid(), &head, &size) == -EPERM);
}

static char *self;

static void execs(void)
{
	char *const args[] = { self, (char *)"again", NULL };

	CHECK(raw(SYS_set_robust_list, OLD_LIST, 24, 0, 0, 0, 0) == 0);
	execv(self, args);
	_exit(2);
}

int main(int argc, char **argv)
{
	static char list[24];
	void *head = NULL;
	size_t size = 0;

	if (argc > 1)
		return ask(0, &head, &size) == 0 && head != (void *)OLD_LIST ? 0 : 1;
	self = argv[0];
	CHECK(raw(SYS_set_robust_list, (long)list, 23, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_set_robust_list, (long)list, 24, 0, 0, 0, 0) == 0);
	CHECK(ask(0, &head, &size) == 0 && head == list && size == 24);
	CHECK(ask(getpid(), &head, &size) == 0 && head == list);
	CHECK(ask(32767, &head, &size) == -ESRCH);
	CHECK(ask(0, (void *)8, &size) == -EFAULT && ask(0, &head, (void *)8) == -EFAULT);
	CHECK(exited_with(status_of(as_nobody), 0) && exited_with(status_of(execs), 0));
	CHECK(raw(SYS_set_robust_list, 0, 24, 0, 0, 0, 0) == 0);
	return 0;
}
