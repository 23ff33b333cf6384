/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for supervisors that answer other programs' calls.
 */
#include "module.h"
#include "notify.h"
#include "sys_seccomp.h"

static void notify_module_init(void)
{
	seccomp_on_listener(listener_create);
}

const struct module notify_module = { .name = "notify", .init = notify_module_init };
