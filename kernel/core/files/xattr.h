/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xattr.h - the extended attributes of an inode, as a list in memory.
 * kernel/linux/names/sys_xattr.c has the system calls.
 */
#pragma once

#include <stdint.h>

struct inode;

struct xattr {
	struct xattr *next;
	uint64_t size; /* of the value, which follows the name and its terminator */
	char name[];
};

/* In inode.c: frees all attributes of I. */
void xattr_drop(struct inode *i);
