/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify.h - events of files, for this folder's module.c. */
#pragma once

/* At boot: inotify is told of the events of files from now on. */
void inotify_init(void);
