/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone-refusals - threads need shared signal handlers, and those shared memory.
 */
#include "guest.h"

int main(void)
{
	CHECK(raw(SYS_clone, CLONE_THREAD, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_THREAD | CLONE_VM, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_FS | CLONE_NEWNS, 0, 0, 0, 0, 0) == -EINVAL);
	return 0;
}
