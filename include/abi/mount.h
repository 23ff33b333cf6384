/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.h - flags of mount(2) and umount2(2), and what a file of a namespace says.
 * [linux/mount.h, linux/nsfs.h]
 */
#pragma once

#define MS_RDONLY     1
#define MS_NOSUID     2
#define MS_NODEV      4
#define MS_NOEXEC     8
#define MS_REMOUNT    32
#define MS_NOATIME    1024
#define MS_BIND	      4096
#define MS_MOVE	      8192
#define MS_REC	      16384
#define MS_SILENT     32768
#define MS_UNBINDABLE (1 << 17)
#define MS_PRIVATE    (1 << 18)
#define MS_SLAVE      (1 << 19)
#define MS_SHARED     (1 << 20)
#define MS_MGC_VAL    0xC0ED0000
#define MS_MGC_MSK    0xffff0000

#define MNT_FORCE	1
#define MNT_DETACH	2
#define MNT_EXPIRE	4
#define UMOUNT_NOFOLLOW 8

#define NS_GET_USERNS 0xb701
#define NS_GET_PARENT 0xb702
#define NS_GET_NSTYPE 0xb703
#define NS_GET_OWNER_UID 0xb704
