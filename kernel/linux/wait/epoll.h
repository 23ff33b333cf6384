/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h - epoll files, for this folder's module.c.
 */
#pragma once

struct file;

/* F, the open file description, is being freed: all watches of it end. [eventpoll_release_file] */
void epoll_forget(struct file *f);
