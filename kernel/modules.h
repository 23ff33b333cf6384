/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.h - the modules of this image.
 */
#pragma once

struct group;

/* At boot, before there are files and tasks. */
void modules_init(void);
/* Called when G, the process of the first program, is about to run. */
void modules_first(const struct group *g);
/*
 * Called when no program runs any more: frees what programs left, so that the leak check can count.
 */
void modules_purge(void);
