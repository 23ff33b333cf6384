/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h - files that watch other files.
 */
#pragma once

#include <stdint.h>

struct file;

/* F is being closed for good: whoever watches it forgets it. */
void epoll_forget(struct file *f);

/*
 * Up to MAX events at user address EVENTS from the epoll file EPFD, until DEADLINE, under the mask
 * at SIGMASK: how many, or -errno. [do_epoll_pwait]
 */
[[nodiscard]] long epoll_wait_until(uint64_t epfd, uint64_t events, uint64_t max, uint64_t deadline, uint64_t sigmask,
				    uint64_t size);
