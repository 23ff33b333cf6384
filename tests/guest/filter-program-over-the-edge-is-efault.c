/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-program-over-the-edge-is-efault - a program whose last instruction lies in an unmapped
 * page is EFAULT; one that just fits is accepted.
 */
#include "guest.h"

int main(void)
{
	char *const pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const struct sock_filter program[2] = { LOAD_NR, ALLOW };

	CHECK(pages != MAP_FAILED);
	CHECK(munmap(pages + 4096, 4096) == 0);
	set_no_new_privs();
	memcpy(pages + 4096 - sizeof(program), program, sizeof(program));
	REFUSED(install_filter(0, (void *)(pages + 4096 - sizeof(program)), 3), EFAULT);
	CHECK(install_filter(0, (void *)(pages + 4096 - sizeof(program)), 2) == 0);
	return 0;
}
