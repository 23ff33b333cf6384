/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - sockets of this machine: what the rest of the kernel is given of it.
 */
#include "file.h"
#include "module.h"
#include "socket.h"

static void descriptor_closed(void)
{
	if (rights_in_flight != 0)
		rights_collect();
}

static void socket_module_init(void)
{
	static struct file_watcher watcher = { .closed = descriptor_closed };

	file_watch(&watcher);
}

const struct module socket_module = { .name = "socket", .init = socket_module_init };
