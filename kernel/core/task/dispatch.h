/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dispatch.h - what a thread has set by syscall user dispatch: which of its calls become signals.
 * kernel/gate/user_dispatch.c acts on it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct user_dispatch {
	bool on;
	uint64_t offset, length; /* calls made from this range are let through; the range may wrap around */
	uint64_t selector;	 /* user address of a byte that turns it on and off; 0: none */
};
