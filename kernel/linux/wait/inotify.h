/* SPDX-License-Identifier: BSD-2-Clause */
/* inotify.h - for this folder's module.c. */
#pragma once

/* Boot: inotify hears what happens to files. */
void inotify_init(void);
