/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unknown-actions-kill-the-process - a result that is none of the eight
 * actions is RET_KILL_PROCESS.
 */
#include "guest.h"

static uint32_t action;

static void call(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, action)) == 0);
	getppid();
}

int main(void)
{
	static const uint32_t unknown[] = { 0x00010000, 0x00040000, 0x7ffe0000, 0xaaaaaaaa, 0xffff0000 };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		action = unknown[i];
		CHECK(killed_by(status_of(call), SIGSYS));
	}
	return 0;
}
