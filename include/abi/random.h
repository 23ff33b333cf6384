/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.h - requests of /dev/random. [linux/random.h]
 */
#pragma once

#include <abi/ioctl.h>

#define RNDGETENTCNT	_IOR('R', 0x00, int32_t)
#define RNDADDTOENTCNT	_IOW('R', 0x01, int32_t)
#define RNDADDENTROPY	_IOW('R', 0x03, int32_t[2])
#define RNDZAPENTCNT	_IO('R', 0x04)
#define RNDCLEARPOOL	_IO('R', 0x06)
#define RNDRESEEDCRNG	_IO('R', 0x07)
