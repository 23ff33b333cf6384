/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random_device.h - what /dev/random and /dev/urandom do beside giving bytes.
 */
#pragma once

/* At boot: adds writing and ioctl to both devices. */
void random_device_init(void);
