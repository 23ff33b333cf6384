/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memfd.h - memfd_create's and eventfd2's flags. [linux/memfd.h, linux/eventfd.h]
 */
#pragma once

#define MFD_CLOEXEC		0x0001U
#define MFD_ALLOW_SEALING	0x0002U
#define MFD_HUGETLB		0x0004U

#define EFD_SEMAPHORE	1
#define EFD_CLOEXEC	02000000
#define EFD_NONBLOCK	00004000
