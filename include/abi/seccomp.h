/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seccomp.h - what user programs and the kernel agree on (uapi linux/seccomp.h).
 *
 * Linux's names and values. Bit 24 of the install flags is Portcullis's own and exists only when
 * the kernel was booted with private=on; its name says so.
 */
#pragma once

#include <stdint.h>

#define SECCOMP_MODE_DISABLED 0
#define SECCOMP_MODE_STRICT 1
#define SECCOMP_MODE_FILTER 2

#define SECCOMP_SET_MODE_STRICT 0
#define SECCOMP_SET_MODE_FILTER 1
#define SECCOMP_GET_ACTION_AVAIL 2
#define SECCOMP_GET_NOTIF_SIZES 3

#define SECCOMP_FILTER_FLAG_TSYNC (1UL << 0)
#define SECCOMP_FILTER_FLAG_LOG (1UL << 1)
#define SECCOMP_FILTER_FLAG_SPEC_ALLOW (1UL << 2)
#define SECCOMP_FILTER_FLAG_NEW_LISTENER (1UL << 3)
#define SECCOMP_FILTER_FLAG_TSYNC_ESRCH (1UL << 4)
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#define SECCOMP_FILTER_FLAG_PRIVATE_SELF (1UL << 24)

/* Actions, strictest first: the order is that of the signed 32-bit value. */
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#define SECCOMP_RET_KILL_THREAD 0x00000000U
#define SECCOMP_RET_KILL SECCOMP_RET_KILL_THREAD
#define SECCOMP_RET_TRAP 0x00030000U
#define SECCOMP_RET_ERRNO 0x00050000U
#define SECCOMP_RET_USER_NOTIF 0x7fc00000U
#define SECCOMP_RET_TRACE 0x7ff00000U
#define SECCOMP_RET_LOG 0x7ffc0000U
#define SECCOMP_RET_ALLOW 0x7fff0000U

#define SECCOMP_RET_ACTION_FULL 0xffff0000U
#define SECCOMP_RET_ACTION 0x7fff0000U
#define SECCOMP_RET_DATA 0x0000ffffU

struct seccomp_data {
	int nr;
	uint32_t arch;
	uint64_t instruction_pointer;
	uint64_t args[6];
};

_Static_assert(sizeof(struct seccomp_data) == 64, "uapi layout: LD W LEN answers 64");

struct seccomp_notif_sizes {
	uint16_t seccomp_notif;
	uint16_t seccomp_notif_resp;
	uint16_t seccomp_data;
};

struct seccomp_notif {
	uint64_t id;
	uint32_t pid;
	uint32_t flags;
	struct seccomp_data data;
};

#define SECCOMP_USER_NOTIF_FLAG_CONTINUE (1UL << 0)

struct seccomp_notif_resp {
	uint64_t id;
	int64_t val;
	int32_t error;
	uint32_t flags;
};

#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)

#define SECCOMP_ADDFD_FLAG_SETFD (1UL << 0)
#define SECCOMP_ADDFD_FLAG_SEND (1UL << 1)

struct seccomp_notif_addfd {
	uint64_t id;
	uint32_t flags;
	uint32_t srcfd;
	uint32_t newfd;
	uint32_t newfd_flags;
};

_Static_assert(sizeof(struct seccomp_notif) == 80, "uapi layout: RECV's ioctl number holds it");
_Static_assert(sizeof(struct seccomp_notif_resp) == 24, "uapi layout: SEND's ioctl number holds it");
_Static_assert(sizeof(struct seccomp_notif_addfd) == 24, "uapi layout: ADDFD's ioctl number holds it");

#define SECCOMP_IOCTL_NOTIF_RECV 0xc0502100U
#define SECCOMP_IOCTL_NOTIF_SEND 0xc0182101U
#define SECCOMP_IOCTL_NOTIF_ID_VALID 0x40082102U
#define SECCOMP_IOCTL_NOTIF_ID_VALID_WRONG_DIR 0x80082102U
#define SECCOMP_IOCTL_NOTIF_ADDFD 0x40182103U
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS 0x40082104U
