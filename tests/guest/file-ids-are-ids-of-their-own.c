/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file-ids-are-ids-of-their-own - setfsuid and setfsgid change whose files one may touch, rights
 * over files with it, and answer with what was; who may not is told nothing else.
 */
#include "files.h"

static long setfsuid(unsigned id)
{
	return raw1(SYS_setfsuid, (int)id);
}

static void as_nobody(void)
{
	drop_privileges();
	CHECK(setfsuid(0) == 65534 && setfsuid(65534) == 65534 && setfsuid(65534) == 65534);
}

int main(void)
{
	char text[2000];

	enter_new_folder();
	CHECK(close(open("mine", O_CREAT | O_WRONLY, 0600)) == 0);
	CHECK(setfsuid(-1U) == 0 && setfsuid(-1U) == 0);
	CHECK(raw1(SYS_setfsgid, 78) == 0 && raw1(SYS_setfsgid, 78) == 78);
	CHECK(setfsuid(77) == 0);
	REFUSED(open("mine", O_RDONLY), EACCES);
	CHECK(geteuid() == 0 && getuid() == 0);
	read_text("/proc/self/status", text, sizeof(text));
	CHECK(strstr(text, "\nUid:\t0\t0\t0\t77\n") != NULL && strstr(text, "\nGid:\t0\t0\t0\t78\n") != NULL);
	CHECK(setfsuid(0) == 77 && setfsuid(0) == 0);
	CHECK(close(open("mine", O_RDONLY)) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "mine", 0) == 0);
	CHECK(raw1(SYS_setfsgid, 0) == 78);
	leave_folder();
	CHECK(exited_with(status_of(as_nobody), 0));
	return 0;
}
