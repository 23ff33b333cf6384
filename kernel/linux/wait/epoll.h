/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h - files that watch other files.
 */
#pragma once

#include <stdint.h>

struct file;

/* Called when F is released: removes all watches of it. */
void epoll_forget(struct file *f);

/*
 * Waits for up to MAX events of the epoll file EPFD, until DEADLINE, under the mask at SIGMASK, and
 * stores them at user address EVENTS: how many, or -errno. [do_epoll_pwait]
 */
[[nodiscard]] long epoll_wait_until(uint64_t epfd, uint64_t events, uint64_t max, uint64_t deadline, uint64_t sigmask,
				    uint64_t size);
