/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dnotify.h - directory notices (fcntl's F_NOTIFY), for this folder's module.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct file;
struct files;

/* For a struct file_controls: serves F_NOTIFY. */
bool dnotify_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result);
/* For a struct file_watcher: FILES closes a descriptor of F, and its notices of F end. */
void dnotify_closing(struct files *files, struct file *f);
