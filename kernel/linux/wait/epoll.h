/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h - for this folder's module.c: files that watch other files.
 */
#pragma once

struct file;

/* F is being closed for good: whoever watches it forgets it. */
void epoll_forget(struct file *f);
