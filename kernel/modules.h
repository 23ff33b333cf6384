/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.h - the modules of this image.
 */
#pragma once

struct group;

/* Boot, before there are files and tasks. */
void modules_init(void);
/* G is the process of the first program, and about to run. */
void modules_first(const struct group *g);
/* There are no programs any more: what they left goes, for the leak check. */
void modules_purge(void);
