/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for /proc.
 */
#include "module.h"
#include "proc.h"

static void proc_module_init(void)
{
	static struct mounted mount = {
		.name = "proc", .volume = &volume_proc, .mode = 0555, .open = proc_init, .instance = proc_instance
	};

	volume_register(&mount);
}

const struct module proc_module = { .name = "proc", .init = proc_module_init };
