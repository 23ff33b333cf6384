/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.h - a module: a part of Linux that an image may be built without, a folder of
 * kernel/linux/. What it registers with the rest of the kernel stands in its module.c; its system
 * calls are found by their names. kernel/modules.c lists the modules of this image, and calls their
 * functions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "part.h"

/* A kind of thing that a run must not leave behind, for the leak check. */
struct counted {
	const char *name;
	uint32_t (*count)(void);
};

struct module {
	const char *name;
	/*
	 * At boot, before there are files and tasks: registers what the module does for the folders
	 * below it. May be missing.
	 */
	void (*init)(void);
	/* Called when G, the process of the first program, is about to run. May be missing. */
	void (*first)(struct group *g);
	/*
	 * Called on the first program's task, before filters are installed and the program is
	 * executed. May be missing.
	 */
	void (*begin)(void);
	/*
	 * Called when no program is left: frees what they left behind, for the leak check. May be
	 * missing.
	 */
	void (*purge)(void);
	/* The kinds of things that the leak check counts. May be missing; the last has no name. */
	const struct counted *counted;
};

/* Every module that an image may have; each is defined in its folder of kernel/linux/. */
extern const struct module names_module, wait_module, timer_module, ids_module, memory_module, trace_module,
	notify_module, socket_module, tty_module, splice_module, ipc_module, mount_module, proc_module, jit_module,
	coredump_module, report_module, vdso_module, words_module;
extern const struct task_part trace_part, ids_part, nproc_part, timer_part, wait_part, ipc_part, tty_part;

/* What kernel/modules.c gives to core/machine: the names of the module words, and proc's log. */
extern const struct words words_all;
void klog_add(const char *text, size_t n, bool end);
