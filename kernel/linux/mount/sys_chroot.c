/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_chroot.c - chroot: another directory becomes the root of the calling process's paths.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "fs.h"
#include "inode.h"
#include "sys.h"
#include "task.h"
#include "userns.h"

long sys_chroot(uint64_t path)
{
	struct path p;
	int err = path_resolve_user(AT_FDCWD, path, 0, &p);

	if (err != 0)
		return err;
	/* fs_enter() has the errors that Linux looks for before the capability. [chroot] */
	if (inode_is(p.inode, S_IFDIR) && inode_permission(p.inode, MAY_EXEC) == 0 && !userns_capable(CAP_SYS_CHROOT)) {
		path_put(p);
		return -EPERM;
	}
	return fs_enter(&current->fs->root, p);
}
