/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xattr.h - the extended attributes that an inode has, in memory. What they
 * are good for is sys_xattr.c's.
 */
#pragma once

#include <stdint.h>

struct inode;

struct xattr {
	struct xattr *next;
	uint64_t size; /* of the value, which follows the name and its terminator */
	char name[];
};

/* In inode.c: gives up all attributes of I, which is about to be freed. */
void xattr_drop(struct inode *i);
