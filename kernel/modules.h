/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.h - the modules of this image.
 */
#pragma once

#include <stdint.h>

struct group;
struct module;

/* At boot, before there are files and tasks. */
void modules_init(void);
/* Called when G, the process of the first program, is about to run. */
void modules_first(const struct group *g);
/* Called on its task, before filters are installed and the program is executed. */
void modules_begin(void);
/*
 * Called when no program runs any more: frees what programs left, so that the leak check can count.
 */
void modules_purge(void);
/* The module of number N, from 0 up; NULL: there are no more. */
const struct module *modules_get(uint32_t n);
