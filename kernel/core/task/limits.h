/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits.h - resource limits of a process.
 */
#pragma once

struct group;

/* What Linux gives its first process; fork and execve hand it on. */
void limits_init(struct group *g);
