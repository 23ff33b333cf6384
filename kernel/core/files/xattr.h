/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xattr.h - the extended attributes of an inode, in memory. sys_xattr.c says what they are good
 * for.
 */
#pragma once

#include <stdint.h>

struct inode;

struct xattr {
	struct xattr *next;
	uint64_t size; /* of the value, which follows the name and its terminator */
	char name[];
};

/* In inode.c: frees all attributes of I, which is about to be freed. */
void xattr_drop(struct inode *i);
