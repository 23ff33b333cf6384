/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * personality.h - bits of personality(2) that this kernel looks at.
 */
#pragma once

#define STICKY_TIMEOUTS 0x4000000
