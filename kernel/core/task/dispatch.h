/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dispatch.h - which calls a thread takes itself, as signals: what it has set.
 * kernel/gate/user_dispatch.c acts on it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct user_dispatch {
	bool on;
	uint64_t offset, length; /* calls from there pass; the range may wrap around */
	uint64_t selector;	 /* user address of a byte that switches it; 0: none */
};
