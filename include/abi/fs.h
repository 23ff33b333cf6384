/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.h - lengths of names, lseek's origins, renameat2's flags, statfs, and directory entries.
 * [linux/limits.h, linux/fs.h, linux/magic.h, asm-generic/statfs.h, linux/stat.h]
 */
#pragma once

#include <stdint.h>

#define NAME_MAX	255
#define PATH_MAX	4096
#define PIPE_BUF	4096

#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#define SEEK_DATA	3
#define SEEK_HOLE	4
#define SEEK_MAX	SEEK_HOLE

#define RENAME_NOREPLACE	1
#define RENAME_EXCHANGE		2
#define RENAME_WHITEOUT		4

#define CLOSE_RANGE_UNSHARE	2
#define CLOSE_RANGE_CLOEXEC	4

#define FALLOC_FL_KEEP_SIZE	1
#define FALLOC_FL_PUNCH_HOLE	2

#define UTIME_NOW	0x3fffffffL
#define UTIME_OMIT	0x3ffffffeL

#define ST_RDONLY	1
#define ST_NOSUID	2
#define ST_NODEV	4
#define ST_NOEXEC	8
#define ST_VALID	0x20
#define ST_NOATIME	0x400

#define MQUEUE_MAGIC		0x19800202
#define TMPFS_MAGIC		0x01021994
#define SYSFS_MAGIC		0x62656572
#define PROC_SUPER_MAGIC	0x9fa0
#define DEVPTS_SUPER_MAGIC	0x1cd1
#define NSFS_MAGIC		0x6e736673
#define ANON_INODE_FS_MAGIC	0x09041934
#define PIPEFS_MAGIC		0x50495045
#define RAMFS_MAGIC		0x858458f6

struct __kernel_fsid {
	int32_t val[2];
};

struct statfs64 {
	int64_t	 f_type;
	int64_t	 f_bsize;
	uint64_t f_blocks;
	uint64_t f_bfree;
	uint64_t f_bavail;
	uint64_t f_files;
	uint64_t f_ffree;
	struct __kernel_fsid f_fsid;
	int64_t	 f_namelen;
	int64_t	 f_frsize;
	int64_t	 f_flags;
	int64_t	 f_spare[4];
};

_Static_assert(sizeof(struct statfs64) == 120, "uapi layout");

/*
 * What getdents64 writes; the name, with its terminator, follows, and
 * each entry is padded to 8 bytes.
 */
struct linux_dirent64 {
	uint64_t d_ino;
	int64_t	 d_off;
	uint16_t d_reclen;
	uint8_t	 d_type;
	char	 d_name[];
};
