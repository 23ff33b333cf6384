/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * xattr.h - extended attributes. [linux/xattr.h, linux/limits.h]
 */
#pragma once

#define XATTR_CREATE	1
#define XATTR_REPLACE	2

#define XATTR_NAME_MAX	255
#define XATTR_SIZE_MAX	65536
#define XATTR_LIST_MAX	65536
