/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/ioctl.h - how request numbers are made. */
#pragma once

#include <abi/ioctl.h>
