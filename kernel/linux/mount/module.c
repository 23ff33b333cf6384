/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for mounts that programs make, and for mount namespaces.
 */
#include "module.h"
#include "tree.h"

static void mount_module_init(void)
{
	ns_register(NS_MNT, &mntns_kind);
}

const struct module mount_module = { .name = "mount", .init = mount_module_init, .purge = mntns_purge };
