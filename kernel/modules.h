/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * modules.h - the modules of this image (module.h), and the moments at which they are called.
 * Called by main.c, init.c and leak.c.
 */
#pragma once

#include <stdint.h>

struct group;
struct module;

/* At boot, before there are files and tasks. */
void modules_init(void);
/* G, the process of the first program, was made and is about to run. */
void modules_first(struct group *g);
/* Called on the first program's task, before filters are installed and the program is executed. */
void modules_begin(void);
/* When no program runs any more: frees what programs left behind, before the leak check counts. */
void modules_purge(void);
/* The Nth module, from 0 on; NULL: there are no more. */
const struct module *modules_get(uint32_t n);
