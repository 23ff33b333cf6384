/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dispatch.h - what a thread has set by syscall user dispatch: which of its calls become signals.
 * kernel/linux/trace acts on it.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct user_dispatch {
	bool on;
	uint64_t offset, length; /* calls made from this range are let through; the range may wrap around */
	uint64_t selector;	 /* user address of a byte that turns it on and off; 0: none */
};

struct trapframe;

/*
 * Does the call in FRAME become SIGSYS? Then that signal, or one that ends the thread, has been
 * sent. Called by the judge, before anything else, for a thread that has turned dispatch on.
 * Without kernel/linux/trace no thread can.
 */
extern bool (*user_dispatch_takes)(struct trapframe *frame);
