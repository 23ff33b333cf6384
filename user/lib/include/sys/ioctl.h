/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/ioctl.h - device requests. */
#pragma once

#include <abi/ioctl.h>

int ioctl(int fd, unsigned long request, ...);
