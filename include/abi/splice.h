/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * splice.h - flags of splice, tee and vmsplice. [linux/splice.h]
 */
#pragma once

#define SPLICE_F_MOVE		1
#define SPLICE_F_NONBLOCK	2
#define SPLICE_F_MORE		4
#define SPLICE_F_GIFT		8
