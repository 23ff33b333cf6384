/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module socket: its kind of namespaces, what it does when descriptors are closed,
 * and what it counts for the leak check.
 */
#include "file.h"
#include "module.h"
#include "netlink.h"
#include "netlink_tell.h"
#include "netns.h"
#include "socket.h"

static void socket_module_init(void)
{
	static struct file_watcher watcher = { .closing = rights_closing, .closed = rights_closed };

	file_watch(&watcher);
	netlink_tell = netlink_tell_file;
	ns_register(NS_NET, &netns_kind);
}

static uint32_t count_sockets(void)
{
	return list_length(&socket_all);
}

static uint32_t count_in_flight(void)
{
	rights_collect();
	return rights_in_flight;
}

static const struct counted socket_counted[] = {
	{ "sockets", count_sockets },
	{ "sockets in flight", count_in_flight },
	{ NULL, NULL },
};

const struct module socket_module = { .name = "socket", .init = socket_module_init, .counted = socket_counted };
